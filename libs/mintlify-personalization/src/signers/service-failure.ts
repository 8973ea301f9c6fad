import { MintlifyPersonalizationError } from '../errors.js';

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
    readonly mayPass: boolean,
    code: 'signer_failed' | 'signer_timeout' = 'signer_failed',
  ) {
    super(code, message);
  }
}

/**
 * What of an unknown error may be shown: its name and its code, where they look like one.
 *
 * @internal
 */
export function describeError(error: unknown): string {
  const { name, code } = Object(error) as { name?: unknown; code?: unknown };
  const words = [name, code].filter(
    (word): word is string => typeof word === 'string' && /^[A-Z]\w{0,63}$/i.test(word),
  );
  return words.join(' ') || 'an unknown error';
}
