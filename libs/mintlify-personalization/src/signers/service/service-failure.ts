import { MintlifyPersonalizationError } from '../../errors.js';

export { describeError } from '../../errors.js';

/**
 * A failed call of a key service.
 *
 * It has no cause, since the error of an SDK may quote the token, credentials or a PIN. The message only contains what is
 * known to be safe: names, numbers and statuses.
 *
 * @internal
 */
export class ServiceFailure extends MintlifyPersonalizationError {
  constructor(
    message: string,
    /** Whether the same call may succeed if it is retried. */
    readonly isTransient: boolean,
    code: 'signer_failed' | 'signer_timeout' = 'signer_failed',
  ) {
    super(code, message);
  }
}
