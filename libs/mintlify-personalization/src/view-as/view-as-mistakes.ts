import { refuseCredentials, refuseLoneSurrogates } from '../user/text-rules.js';

/** @internal In UTF-16 code units. */
export const MAX_REASON_LENGTH = 500;
const MAX_SUBJECT_LENGTH = 256;

/** Line breaks and other control characters, and those that turn the direction of a text in a log. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * Finds what is wrong with the reason of a visit: it stands in the audit log, where it must be one readable line.
 *
 * @internal
 * @returns a sentence for the log and for a response, which does not quote the reason
 */
export function findReasonMistake(reason: unknown): string | undefined {
  if (typeof reason !== 'string')
    return 'reason must be a string. Say why the docs are viewed as someone else.';
  if (reason.length > MAX_REASON_LENGTH) {
    return `reason is longer than ${MAX_REASON_LENGTH} characters. Shorten it.`;
  }
  if (!/[\p{L}\p{N}]/u.test(reason)) return 'reason is empty. Say why the docs are viewed as someone else.';
  const wrong = findTextMistake(reason) ?? refuseCredentials(reason)?.replace(/,.*/, '. Leave it out.');
  return wrong === undefined ? undefined : `reason ${wrong}`;
}

/**
 * Finds what is wrong with the id of the account that is viewed.
 *
 * @internal
 * @returns a sentence that does not quote the id
 */
export function findSubjectMistake(subject: unknown): string | undefined {
  if (typeof subject !== 'string' || subject === '' || subject.length > MAX_SUBJECT_LENGTH) {
    return `subject must be a string of 1 to ${MAX_SUBJECT_LENGTH} characters: the id of an account.`;
  }
  const wrong = findTextMistake(subject);
  return wrong === undefined ? undefined : `subject ${wrong}`;
}

function findTextMistake(text: string): string | undefined {
  if (CONTROLS.test(text)) return 'has a line break or another control character. Remove it.';
  return refuseLoneSurrogates(text);
}
