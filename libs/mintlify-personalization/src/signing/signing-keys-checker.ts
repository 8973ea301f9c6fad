import { verify } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { isOwnError, type MintlifyErrorCode } from '../errors.js';
import type { SigningKeyHandle } from '../keys/signing-key-handle.js';
import type { BreakerState } from '../keys/key-fingerprint.js';
import type { Tenant } from '../tenancy/tenant.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { MONOTONIC_CLOCK, type MonotonicClock } from '../time/monotonic-clock.js';

/** Whether the key of a docs site can currently sign. */
export interface SigningKeyCheck {
  /** Absent for the default docs site. */
  readonly tenantId?: string;
  readonly outcome: 'ok' | MintlifyErrorCode;
  /** The `kid` of its tokens. */
  readonly keyId?: string;
  /** The circuit breaker, if the key is in a key service. */
  readonly breaker?: BreakerState;
}

/** How long a result is kept: key services cost money, and health checks may be public. */
const MAX_AGE_MS = 5_000;
/** Cannot be mistaken for a token: no JWS begins like this. */
const PROBE = Buffer.from('nestjs-mintlify-personalization: does this key sign?');

/**
 * Tests the keys of the default docs site and of each tenant in the options: signs a test message, and verifies it if
 * the public key is known. For health checks: see `nestjs-mintlify-personalization/terminus`.
 *
 * @example
 * ```ts
 * constructor(@Inject(SigningKeysChecker) private readonly keys: SigningKeysChecker) {}
 *
 * const failing = (await this.keys.check()).filter(({ outcome }) => outcome !== 'ok');
 * ```
 */
@Injectable()
export class SigningKeysChecker {
  readonly #tenants: TenantRegistry;
  readonly #clock: MonotonicClock;
  #last: { readonly checks: Promise<readonly SigningKeyCheck[]>; readonly startedAt: number } | undefined;

  /** @internal Created by the module. */
  constructor(
    @Inject(TenantRegistry) tenants: TenantRegistry,
    @Inject(MONOTONIC_CLOCK) clock: MonotonicClock,
  ) {
    this.#tenants = tenants;
    this.#clock = clock;
  }

  /**
   * Checks all keys. A key that tenants share is checked once. The result is kept for five seconds. Never rejects.
   *
   * @returns one check for each docs site with a key; empty if there is none
   */
  check(): Promise<readonly SigningKeyCheck[]> {
    const now = this.#clock.now();
    if (this.#last === undefined || now - this.#last.startedAt >= MAX_AGE_MS) {
      this.#last = { checks: this.#checkAll(), startedAt: now };
    }
    return this.#last.checks;
  }

  async #checkAll(): Promise<readonly SigningKeyCheck[]> {
    const outcomes = new Map<SigningKeyHandle, Promise<SigningKeyCheck['outcome']>>();
    return Promise.all(
      this.#tenants.configured.map(async ({ id, key }: Tenant) => {
        if (key === undefined) return [];
        const { current } = key;
        const outcome = outcomes.get(current) ?? probe(current);
        outcomes.set(current, outcome);
        return [describe(id, current, await outcome)];
      }),
    ).then((checks) => checks.flat());
  }
}

function describe(
  tenantId: string | undefined,
  { keyId, signer: { breaker } }: SigningKeyHandle,
  outcome: SigningKeyCheck['outcome'],
): SigningKeyCheck {
  return {
    ...(tenantId !== undefined && { tenantId }),
    outcome,
    ...(keyId !== undefined && { keyId }),
    ...(breaker !== undefined && { breaker }),
  };
}

async function probe({ signer }: SigningKeyHandle): Promise<SigningKeyCheck['outcome']> {
  try {
    const signature = await signer.sign(PROBE, new AbortController().signal);
    const { publicKey, algorithm } = signer;
    if (publicKey === undefined) return signature.length === 64 ? 'ok' : 'signer_failed';
    const digest = algorithm === 'ES256' ? 'sha256' : null;
    return verify(digest, PROBE, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
      ? 'ok'
      : 'signer_failed';
  } catch (error) {
    return isOwnError(error) ? error.code : 'signer_failed';
  }
}
