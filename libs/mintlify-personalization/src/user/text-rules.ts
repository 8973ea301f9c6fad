import { looksLikeCredential } from './credentials.js';

/** @internal Returns what is wrong with a string or a property name. */
export type TextRule = (text: string) => string | undefined;

/** @internal For `content`: every script on the docs can read it. */
export const refuseCredentials: TextRule = (text) =>
  looksLikeCredential(text)
    ? 'contains what looks like a private key or a credential, which every script on the docs could read. Leave it out.'
    : undefined;

/**
 * For all strings and names of a user: a lone surrogate is half of a character, which UTF-8 cannot encode (RFC 3629,
 * section 3; RFC 8259, section 8.2). Readers of the token would decode it differently.
 *
 * @internal
 */
export const refuseLoneSurrogates: TextRule = (text) =>
  text.isWellFormed()
    ? undefined
    : 'contains a lone surrogate, which is half of a character. Cut strings between characters, or call toWellFormed().';

/** @internal For headers (RFC 9110, section 5.5) and for cookies, which are sent in one (RFC 6265, section 4.2.1). */
export const refuseHeaderBreaks: TextRule = (text) =>
  /[\r\n\0]/.test(text) ? 'contains CR, LF or NUL, which HTTP headers cannot contain. Remove it.' : undefined;
