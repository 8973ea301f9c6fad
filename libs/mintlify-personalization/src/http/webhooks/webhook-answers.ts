import type { KeyObject } from 'node:crypto';
import { HttpStatus, type OnModuleInit, type Type } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import { InvalidMintlifyUserError, MintlifyPersonalizationError, nameTenant } from '../../errors.js';
import type { IdentityService } from '../../identity/identity.service.js';
import { listHandshakes, type ResolvedHandshakes } from '../../options/handshakes.js';
import type { ResolvedWebhook, WebhookApp } from '../../options/webhook-options.js';
import { isVisitorRefusal } from '../../ports/visitor-refusal.js';
import { isPrincipal } from '../../tenancy/principal.js';
import type { Tenant } from '../../tenancy/tenant.js';
import type { Clock } from '../../time/clock.js';
import { withDeadline, type Deadline } from '../../time/deadline.js';
import type { ValidMintlifyUser } from '../../user/valid-mintlify-user.js';
import { UsedSignatures } from '../../webhooks/used-signatures.js';
import { readSignature, verifySignature } from '../../webhooks/verify-signature.js';
import type { WebhookFormat, WebhookLookup, WebhookRules } from '../../webhooks/webhook-format.js';
import { RequestRefusedException } from '../handshake.definition.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import { readHeader, type HandshakeRequest } from '../handshake-request.js';
import type { WebhookAnswerer } from './webhook-answerer.js';

/** One webhook, from its signature to its answer. */
interface Call {
  readonly exchange: HandshakeExchange;
  readonly request: HandshakeRequest;
  readonly option: keyof ResolvedHandshakes;
  readonly settings: ResolvedWebhook;
  readonly format: WebhookFormat;
  readonly deadline: Deadline;
  readonly findTenant: (principal: unknown) => Tenant | Promise<Tenant>;
}

/**
 * Answers signed webhooks: checks the signature over the raw body, finds the principal of whom the sender asks about, and
 * maps it with the same claim mapper as every handshake.
 *
 * @internal
 */
export class WebhookAnswers implements WebhookAnswerer, OnModuleInit {
  readonly #handshakes: ResolvedHandshakes;
  readonly #identity: IdentityService;
  readonly #clock: Clock;
  readonly #app: WebhookApp;
  readonly #used = new UsedSignatures();
  readonly #secrets = new Map<string, Promise<readonly KeyObject[]>>();
  /** The same tenants, each with the limits of the sender. */
  readonly #narrowed = new WeakMap<WebhookRules, WeakMap<Tenant, Tenant>>();

  constructor(handshakes: ResolvedHandshakes, identity: IdentityService, clock: Clock, moduleRef: ModuleRef) {
    this.#handshakes = handshakes;
    this.#identity = identity;
    this.#clock = clock;
    this.#app = {
      get: <T>(token: Type<T> | string | symbol): T => moduleRef.get<T>(token, { strict: false }),
    };
  }

  /**
   * Reads the secrets, so that a wrong one stops the app at start.
   *
   * @throws MintlifyPersonalizationError `invalid_option`
   */
  async onModuleInit(): Promise<void> {
    const webhooks = listHandshakes(this.#handshakes).filter(([, handshake]) => 'secrets' in handshake);
    for (const [option, handshake] of webhooks) await this.#secretsOf(option, handshake as ResolvedWebhook);
  }

  async answer(
    exchange: HandshakeExchange,
    request: HandshakeRequest,
    findTenant: Call['findTenant'],
  ): Promise<object | undefined> {
    const { option, webhook: format } = exchange.definition as {
      option: Call['option'];
      webhook: WebhookFormat;
    };
    const settings = this.#handshakes[option] as ResolvedWebhook;
    return withDeadline(
      (deadline) => this.#answer({ exchange, request, option, settings, format, deadline, findTenant }),
      settings.timeoutMs,
      (timeoutMs) => webhookTimeout(option, timeoutMs),
    );
  }

  async #answer(call: Call): Promise<object | undefined> {
    const rules = await call.format.loadRules();
    const lookup = await this.#verify(call, rules);
    const principal = await this.#findPrincipal(call, lookup);
    if (!isPrincipal(principal)) return undefined;
    call.exchange.principal = principal;
    const tenant = await call.findTenant(principal);
    const narrowed = this.#narrow(tenant, rules);
    const { toAnswer } = rules;
    const user = await (toAnswer === undefined
      ? this.#identity.identifyFor(narrowed, principal, call.request)
      : this.#identity.identifyWithoutKeys(narrowed, principal, call.request));
    this.#assertFits(tenant, user, rules);
    const answer = toAnswer?.(user, call.settings) ?? user;
    call.exchange.succeed(user);
    return answer;
  }

  /** @throws MintlifyPersonalizationError `invalid_signature` */
  async #verify({ exchange, request, option, settings, format, deadline }: Call, rules: WebhookRules) {
    const { signatureHeader } = format;
    const signature = readSignature(signatureHeader, readHeader(request, signatureHeader), this.#clock.now());
    const body = await exchange.rawBody?.read(request, `handshakes.${option}`, deadline.signal);
    const secrets = await this.#secretsOf(option, settings);
    const used = verifySignature(signatureHeader, signature, body ?? Buffer.of(), secrets);
    const timestamp = Number(signature.timestamp);
    if (rules.isOnce === true) this.#used.use(used, timestamp, Math.floor(this.#clock.now() / 1_000));
    const lookup = rules.readBody(parseJson(body ?? Buffer.of()), timestamp);
    if (typeof lookup === 'string') throw badRequest(lookup);
    return lookup;
  }

  async #findPrincipal(call: Call, { subject, details }: WebhookLookup): Promise<unknown> {
    const { option, settings, request, deadline } = call;
    const context = { ...details, ...this.#app, request, signal: deadline.signal };
    try {
      return await (settings.findPrincipal as (subject: string, context: object) => unknown)(
        subject,
        context,
      );
    } catch (cause) {
      if (isVisitorRefusal(cause)) throw cause;
      throw new MintlifyPersonalizationError(
        'principal_failed',
        `handshakes.${option}.findPrincipal threw an error. See the cause. Return undefined if there is no such account.`,
        { cause },
      );
    }
  }

  #narrow(tenant: Tenant, rules: WebhookRules): Tenant {
    const known = this.#narrowed.get(rules) ?? new WeakMap<Tenant, Tenant>();
    this.#narrowed.set(rules, known);
    const narrowed =
      known.get(tenant) ??
      Object.freeze({ ...tenant, users: tenant.users.narrow(rules.limits, rules.maxSessionSeconds) });
    known.set(tenant, narrowed);
    return narrowed;
  }

  /** @throws InvalidMintlifyUserError with the path of all that the sender would not take: nothing is cut */
  #assertFits({ id }: Tenant, user: ValidMintlifyUser, rules: WebhookRules): void {
    const violations = rules.findViolations(user, Math.floor(this.#clock.now() / 1_000));
    if (violations.length > 0) throw nameTenant(id, new InvalidMintlifyUserError(violations));
  }

  /** Once, also for a module that is loaded later, whose lifecycle methods Nest does not call. */
  #secretsOf(option: string, { secrets }: ResolvedWebhook): Promise<readonly KeyObject[]> {
    const known = this.#secrets.get(option) ?? secrets(this.#app);
    this.#secrets.set(option, known);
    return known;
  }
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw badRequest('The body must be JSON in UTF-8.');
  }
}

function badRequest(message: string): RequestRefusedException {
  return new RequestRefusedException(message, HttpStatus.BAD_REQUEST);
}

function webhookTimeout(option: string, timeoutMs: number): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'webhook_timeout',
    `The webhook of handshakes.${option} was not answered within its timeoutMs (${timeoutMs} ms). Make findPrincipal ` +
      'and the claim mapper faster.',
  );
}
