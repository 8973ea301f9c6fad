import { MintlifyPersonalizationError } from '../../errors.js';

export { describeError } from '../../errors.js';

/**
 * One failed call of a key service.
 *
 * It has no cause: an SDK's error may quote the request, and with it the token, a session's credentials or a
 * PIN. What helps is in the message, taken from what is known to be harmless: names, numbers, statuses.
 *
 * @internal
 */
export class ServiceFailure extends MintlifyPersonalizationError {
  constructor(
    message: string,
    /** Whether the same call may go well in a moment, so that a second try is worth its time. */
    readonly isTransient: boolean,
    code: 'signer_failed' | 'signer_timeout' = 'signer_failed',
  ) {
    super(code, message);
  }
}
