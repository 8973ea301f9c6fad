import type { ApiPlaygroundInputs, MintlifyUser } from '../ports/mintlify-user.js';

/** A user that passed the `MintlifyUserValidator`: plain frozen data throughout. Only the validator makes one. */
export class ValidMintlifyUser implements MintlifyUser {
  /** Seconds since the epoch; filled in where the mapper left it out. */
  readonly expiresAt: number;
  readonly groups?: string[];
  readonly content?: Record<string, unknown>;
  readonly apiPlaygroundInputs?: ApiPlaygroundInputs;
  /** For the compiler alone: a user of the host app's own making is not one. */
  declare protected readonly isValidated: true;

  /** @internal */
  constructor(user: MintlifyUser & { expiresAt: number }) {
    this.expiresAt = user.expiresAt;
    if (user.groups !== undefined) this.groups = user.groups;
    if (user.content !== undefined) this.content = user.content;
    if (user.apiPlaygroundInputs !== undefined) this.apiPlaygroundInputs = user.apiPlaygroundInputs;
    Object.freeze(this);
  }
}
