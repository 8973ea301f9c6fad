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
  /** Whose limits it passed. Cannot be forged, copied or read from outside. */
  readonly #validator: object;

  /** @internal */
  constructor(user: MintlifyUser & { expiresAt: number }, validator: object) {
    this.#validator = validator;
    this.expiresAt = user.expiresAt;
    if (user.groups !== undefined) this.groups = user.groups;
    if (user.content !== undefined) this.content = user.content;
    if (user.apiPlaygroundInputs !== undefined) this.apiPlaygroundInputs = user.apiPlaygroundInputs;
    Object.freeze(this);
  }

  /** @internal Whether a value is a user that this very validator passed. */
  static isFrom(validator: object, value: unknown): value is ValidMintlifyUser {
    return ValidMintlifyUser.validatorOf(value) === validator;
  }

  /** @internal The validator that passed a user; `undefined` for what none has passed. */
  static validatorOf(value: unknown): object | undefined {
    return typeof value === 'object' && value !== null && #validator in value ? value.#validator : undefined;
  }
}
