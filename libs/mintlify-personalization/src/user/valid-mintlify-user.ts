import type { ApiPlaygroundInputs, MintlifyUser } from '../ports/mintlify-user.js';

/** A user that passed the `MintlifyUserValidator`: plain frozen data. Only the validator creates one. */
export class ValidMintlifyUser implements MintlifyUser {
  /** Seconds since the epoch; filled in if the mapper did not set it. */
  readonly expiresAt: number;
  readonly groups?: string[];
  readonly content?: Record<string, unknown>;
  readonly apiPlaygroundInputs?: ApiPlaygroundInputs;
  /** Only for the compiler: a user that the host app created itself is not assignable. */
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
