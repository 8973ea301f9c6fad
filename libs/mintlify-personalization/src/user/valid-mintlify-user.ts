import type { ApiPlaygroundInputs, MintlifyUser } from '../ports/mintlify-user.js';

/**
 * A user that passed the `MintlifyUserValidator`: plain frozen data throughout. Only the validator makes one,
 * and it knows its own again, so that no user is checked twice on its way.
 */
export class ValidMintlifyUser implements MintlifyUser {
  /** Seconds since the epoch; filled in where the mapper left it out. */
  readonly expiresAt: number;
  readonly groups?: string[];
  readonly content?: Record<string, unknown>;
  readonly apiPlaygroundInputs?: ApiPlaygroundInputs;
  /** Whose limits it passed. Cannot be forged, copied or read from outside; nor can the next one. */
  readonly #validator: object;
  /** Whose user it is. */
  readonly #owner: object | undefined;

  /** @internal */
  constructor(user: MintlifyUser & { expiresAt: number }, validator: object, owner: object | undefined) {
    this.#validator = validator;
    this.#owner = owner;
    this.expiresAt = user.expiresAt;
    if (user.groups !== undefined) this.groups = user.groups;
    if (user.content !== undefined) this.content = user.content;
    if (user.apiPlaygroundInputs !== undefined) this.apiPlaygroundInputs = user.apiPlaygroundInputs;
    Object.freeze(this);
  }

  /** @internal Whether a value is a user that this very validator passed. */
  static isFrom(validator: object, value: unknown): value is ValidMintlifyUser {
    return (
      typeof value === 'object' && value !== null && #validator in value && value.#validator === validator
    );
  }

  /** @internal Whose user it is, as the validator was told; `undefined` for nobody's, and for any other value. */
  static ownerOf(value: unknown): object | undefined {
    return typeof value === 'object' && value !== null && #owner in value ? value.#owner : undefined;
  }
}
