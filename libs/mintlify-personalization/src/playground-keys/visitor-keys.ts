import type { ResolvedPlaygroundKeys } from '../options/playground-keys.js';
import type { PlaygroundKey } from '../ports/playground-key.js';
import type { Clock } from '../time/clock.js';
import { readIssuedKeys } from './issued-keys.js';
import { NO_KEYS, renewRecord, type KeyRecord } from './key-record.js';
import { playgroundKeyFailed } from './playground-key-errors.js';
import type { SealedKeyStore } from './sealed-key-store.js';

/** How long it is remembered that keys were revoked: longer than any issue takes. Seconds. */
const REVOCATION_MEMORY_SECONDS = 300;

/** @internal How the keys of one visitor are issued. */
export interface KeyIssue {
  /** Whether the deadline is over, so that no one waits for the keys. */
  readonly isLate: () => boolean;
  readonly issue: () => Promise<unknown>;
  readonly revoke: (keys: readonly PlaygroundKey[]) => Promise<void>;
}

/** @internal What an issue gave. */
export interface IssuedKeys {
  readonly keys: readonly PlaygroundKey[];
  /** Whether they were issued just now. */
  readonly isNew: boolean;
}

/**
 * The keys of each visitor: kept until shortly before they expire, replaced, revoked. A key that cannot be kept is revoked
 * at once: otherwise no logout would reach it.
 *
 * @internal
 */
export class VisitorKeys {
  readonly #store: SealedKeyStore;
  readonly #renewBeforeSeconds: number;
  readonly #clock: Clock;

  constructor(store: SealedKeyStore, { renewBeforeSeconds }: ResolvedPlaygroundKeys, clock: Clock) {
    this.#store = store;
    this.#renewBeforeSeconds = renewBeforeSeconds;
    this.#clock = clock;
  }

  /**
   * The keys to use: those that are kept, or new ones.
   *
   * @param find finds the issuer, if it is needed
   * @throws MintlifyPersonalizationError `playground_key_failed`; and what issuer and store throw
   */
  async use(id: string, find: () => Promise<KeyIssue>): Promise<IssuedKeys> {
    const startedAt = this.#clock.now();
    const record = await this.#store.read(id);
    if (record.renewAt > startedAt / 1_000) return { keys: record.keys, isNew: false };
    const issue = await find();
    const keys = readIssuedKeys(await issue.issue(), Math.floor(this.#clock.now() / 1_000));
    if (keys.length > 0) await this.#keep(id, keys, issue, startedAt);
    return { keys, isNew: keys.length > 0 };
  }

  /** Forgets the keys of a visitor, and returns those that still work. */
  async take(id: string): Promise<readonly PlaygroundKey[]> {
    const { keys, retired } = await this.#store.read(id);
    const now = this.#clock.now();
    const until = Math.ceil(now / 1_000) + REVOCATION_MEMORY_SECONDS;
    await this.#store.write(id, { ...NO_KEYS, revokedAt: now }, until);
    return [...keys, ...retired].filter(({ expiresAt }) => expiresAt > now / 1_000);
  }

  async #keep(
    id: string,
    keys: readonly PlaygroundKey[],
    { isLate, revoke }: KeyIssue,
    startedAt: number,
  ): Promise<void> {
    try {
      // Again: another process may have revoked or issued keys in the meantime.
      const current = await this.#store.read(id);
      if (isLate()) throw playgroundKeyFailed('The keys came after the deadline.');
      if (current.revokedAt >= startedAt)
        throw playgroundKeyFailed('The keys were revoked while they were issued.');
      await this.#write(id, current, keys);
    } catch (error) {
      await revoke(keys);
      throw error;
    }
  }

  async #write(id: string, current: KeyRecord, keys: readonly PlaygroundKey[]): Promise<void> {
    const nowSeconds = Math.floor(this.#clock.now() / 1_000);
    await this.#store.write(id, renewRecord(current, keys, nowSeconds, this.#renewBeforeSeconds));
  }
}
