import { Inject, Injectable } from '@nestjs/common';
import { MintlifyPersonalizationError } from '../errors.js';
import { assertPrincipal } from '../tenancy/principal.js';
import { readUser, type ReadPrincipal } from '../options/handshake-principal.js';
import { RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../options/handshakes.js';
import type { HandshakeExchange } from './handshake-exchange.js';

/**
 * Reads who the host's guards say the visitor is, with the option `principal` of the handshake.
 *
 * @internal
 */
@Injectable()
export class PrincipalReader {
  constructor(@Inject(RESOLVED_HANDSHAKES) private readonly handshakes: ResolvedHandshakes) {}

  /**
   * The principal of a request; `undefined`, `null` or `false` if no one is logged in.
   *
   * @throws MintlifyPersonalizationError `principal_failed` if the option throws or returns a promise
   */
  read(exchange: HandshakeExchange): unknown {
    const option = optionOf(exchange);
    let principal: unknown;
    try {
      principal = this.#readerOf(exchange)(exchange.request);
      if (!isThenable(principal)) return principal;
    } catch (cause) {
      throw failure(
        `${option} threw an error. See the cause. Return undefined if no visitor is logged in.`,
        cause,
      );
    }
    // A rejection would end the process if no one handled it.
    Promise.resolve(principal).catch(() => undefined);
    throw failure(
      `${option} returned a promise. Load the account in a guard, and return it from where the guard put it.`,
    );
  }

  /** @throws MintlifyPersonalizationError `unauthenticated` if what {@link read} returned is no principal */
  assert(exchange: HandshakeExchange, principal: unknown): void {
    const option = optionOf(exchange);
    assertPrincipal(
      principal,
      this.#readerOf(exchange) === readUser
        ? `no guard set request.user. Add a guard that does, or set ${option} to where your guard puts the account.`
        : `${option} returned none. Let it read where your guard puts the account.`,
    );
  }

  /** The principal that was read, for the audit. Before it was, like {@link read}, but `undefined` if that fails. */
  peek(exchange: HandshakeExchange): unknown {
    if (exchange.hasPrincipal) return exchange.principal;
    try {
      return this.read(exchange);
    } catch {
      return undefined;
    }
  }

  #readerOf({ definition }: HandshakeExchange): ReadPrincipal {
    const handshake = this.handshakes[definition.option];
    return handshake === false ? readUser : handshake.principal;
  }
}

function optionOf({ definition }: HandshakeExchange): string {
  return `handshakes.${definition.option}.principal`;
}

function isThenable(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

function failure(message: string, cause?: unknown): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('principal_failed', message, cause === undefined ? {} : { cause });
}
