import type { DocsSite } from './docs-site.js';

/** A short-lived credential of one visitor, for one field of the API playground. */
export interface PlaygroundKey {
  /** Where the API expects it. */
  readonly in: 'header' | 'query' | 'cookie';
  /** The name of the header, the query parameter or the cookie. */
  readonly name: string;
  /** What the playground sends: 1 to 4,096 characters. The visitor's browser can read it. */
  readonly value: string;
  /** When your API stops to accept it: whole **seconds** since the epoch, in the future. */
  readonly expiresAt: number;
}

/** The second argument of a {@link PlaygroundKeyIssuer}. */
export interface PlaygroundKeyContext {
  /** Absent for the default docs site. */
  readonly tenantId?: string;
  /** The docs site that the visitor goes to. */
  readonly site: DocsSite;
  /** The visitor's request. `undefined` when keys are revoked without one. */
  readonly request: unknown;
  /** Aborted at the deadline, `playgroundKeys.timeoutMs`. Pass it to `fetch` or to your database. */
  readonly signal: AbortSignal;
}

/**
 * Issues short-lived keys for the API playground, so that a visitor can try your API without a key that lasts.
 *
 * @example
 * ```ts
 * @Injectable()
 * @PlaygroundKeysFor()
 * export class ApiKeyIssuer implements PlaygroundKeyIssuer<Account> {
 *   constructor(@Inject(ApiKeys) private readonly keys: ApiKeys) {}
 *
 *   async issue({ id }: Account): Promise<PlaygroundKey> {
 *     const { value, expiresAt } = await this.keys.create(id, { lifetimeSeconds: 3_600 });
 *     return { in: 'header', name: 'X-Api-Key', value, expiresAt };
 *   }
 *
 *   async revoke({ value }: PlaygroundKey): Promise<void> {
 *     await this.keys.delete(value);
 *   }
 * }
 * ```
 */
export interface PlaygroundKeyIssuer<Principal = unknown> {
  /**
   * Issues the keys of a visitor: one, up to ten, or none.
   *
   * @throws whatever it likes: then the visitor gets no key, and the docs all the same
   */
  issue(
    principal: Principal,
    context: PlaygroundKeyContext,
  ):
    | Promise<PlaygroundKey | readonly PlaygroundKey[] | undefined>
    | PlaygroundKey
    | readonly PlaygroundKey[]
    | undefined;
  /** Makes a key worthless at once. Without it, a key works until `expiresAt`, after a logout too. */
  revoke?(key: PlaygroundKey, context: PlaygroundKeyContext): Promise<void> | void;
}
