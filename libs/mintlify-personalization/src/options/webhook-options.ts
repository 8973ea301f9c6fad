import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Type } from '@nestjs/common';
import { DECORATORS_OPTION } from './handshake-decorators.js';
import type { HandshakeOptions } from './handshake-options.js';
import { checkHandshakePath } from './handshake-paths.js';
import type { ReadPrincipal } from './handshake-principal.js';
import { invalidOptionError } from './invalid-option-error.js';
import { integerInRange } from './option-checks.js';
import { readList } from './option-reader.js';
import type { OptionTable } from './option-table.js';
import { checkVersion, type ResolvedHandshake } from './resolved-handshake.js';

/** Reaches the providers of your app, from a function in the options. */
export interface WebhookApp {
  /**
   * Finds a provider of any module of your app by its class or its injection token.
   *
   * @throws if there is none, or if it is request-scoped
   */
  readonly get: <T>(token: Type<T> | string | symbol) => T;
}

/** What a `findPrincipal` function gets beside whom it looks for. */
export interface WebhookContext extends WebhookApp {
  /** The request of Express or Fastify. Its signature is valid. */
  readonly request: unknown;
  /** Aborted when it is too late to answer: after `timeoutMs`. */
  readonly signal: AbortSignal;
}

/** The secrets with which the sender signs, or a function that returns them. */
export type WebhookSecretsOption =
  (string | undefined)[] | ((app: WebhookApp) => string[] | Promise<string[]>);

/** The options of all signed webhooks. */
export interface WebhookHandshakeOptions extends Pick<HandshakeOptions, 'version' | 'decorators'> {
  /**
   * The secrets that the sender may sign with: one, or both while you rotate it; at most 5. Or a function that returns
   * them, which is called once, at start. Required.
   *
   * @example
   * ```ts
   * secrets: (app) => [app.get(ConfigService).getOrThrow('WEBHOOK_SECRET')],
   * ```
   */
  secrets: WebhookSecretsOption;
  /** Milliseconds after which the sender gets 503, 1 to 4,900. Default 4,500. */
  timeoutMs?: number;
}

/** @internal Checks one secret; `where` is its place in the option. */
export type SecretCheck = (where: string, secret: unknown) => KeyObject;

/** @internal Reads the secrets at start, when the providers of the app exist. */
export type ReadSecrets = (app: WebhookApp) => Promise<readonly KeyObject[]>;

/** @internal The mounted route of a webhook. */
export interface ResolvedWebhook extends ResolvedHandshake {
  readonly secrets: ReadSecrets;
  readonly timeoutMs: number;
  readonly findPrincipal: (lookup: never, context: never) => unknown;
}

const MAX_SECRETS = 5;

/**
 * The options of a webhook. It has no guards: the signature is what lets a request in.
 *
 * @internal
 * @param path the default path
 * @param checkSecret what its sender's secrets look like
 * @param example a `findPrincipal` function, for the message
 */
export function createWebhookTable(path: string, checkSecret: SecretCheck, example: string) {
  return {
    path: {
      defaultValue: path,
      check: (option: string, value: unknown) => checkHandshakePath(option, value, path, false),
    },
    secrets: { check: (option: string, value: unknown) => checkSecrets(option, value, checkSecret) },
    findPrincipal: {
      check: (option: string, value: unknown): ResolvedWebhook['findPrincipal'] => {
        if (typeof value === 'function') return value as ResolvedWebhook['findPrincipal'];
        const problem = value === undefined ? 'is missing' : 'must be a function';
        throw invalidOptionError(option, problem, `Set it to a function such as ${example}.`);
      },
    },
    timeoutMs: integerInRange({ min: 1, max: 4_900, defaultValue: 4_500 }),
    version: { check: checkVersion },
    decorators: DECORATORS_OPTION,
  } as const satisfies OptionTable<keyof WebhookHandshakeOptions | 'path' | 'findPrincipal', unknown>;
}

/**
 * What a webhook has of the other handshakes: no guards, and no principal on the request.
 *
 * @internal
 */
export const WEBHOOK_ROUTE: { readonly guards: never[]; readonly principal: ReadPrincipal } = Object.freeze({
  guards: [],
  principal: () => undefined,
});

/**
 * A secret of a minimum length, after its prefix.
 *
 * @internal
 * @param prefix what it starts with, which is a part of the key
 * @param fix where it is found
 */
export function createSecretCheck(prefix: string, minLength: number, fix: string): SecretCheck {
  return (where, secret) => {
    if (
      typeof secret === 'string' &&
      secret.startsWith(prefix) &&
      secret.length >= prefix.length + minLength
    ) {
      return createSecretKey(Buffer.from(secret));
    }
    const start = prefix === '' ? '' : ` that starts with ${prefix}`;
    throw invalidOptionError(
      where,
      secret === undefined
        ? 'is missing'
        : `must be a string of at least ${prefix.length + minLength} characters${start}`,
      fix,
    );
  };
}

function checkSecrets(option: string, value: unknown, check: SecretCheck): ReadSecrets {
  if (typeof value === 'function') {
    return async (app) => readSecrets(option, await (value as (app: WebhookApp) => unknown)(app), check);
  }
  const secrets = readSecrets(option, value, check);
  return () => Promise.resolve(secrets);
}

function readSecrets(option: string, value: unknown, check: SecretCheck): readonly KeyObject[] {
  const secrets = readList(option, value) ?? [];
  if (secrets.length > 0 && secrets.length <= MAX_SECRETS) {
    return secrets.map((secret, index) => check(`${option}[${index}]`, secret));
  }
  throw invalidOptionError(
    option,
    value === undefined
      ? 'is missing'
      : `must be a list of 1 to ${MAX_SECRETS} secrets, or a function that returns one`,
    'Set it to the secret that the sender signs with.',
  );
}
