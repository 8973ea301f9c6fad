import { looksLikeCredential } from './credentials.js';

/** @internal Says what is wrong with a text or a property name, or nothing. */
export type TextRule = (text: string) => string | undefined;

/** @internal For `content`: every script on the docs can read it. */
export const refuseCredentials: TextRule = (text) =>
  looksLikeCredential(text)
    ? 'holds what looks like a private key or a credential, and every script on the docs can read it. Leave it out.'
    : undefined;

/**
 * For every text and every name of a user: a lone surrogate is half of a character, which UTF-8 cannot hold (RFC 3629,
 * section 3; RFC 8259, section 8.2). Each reader of the token would make something else of it.
 *
 * @internal
 */
export const refuseLoneSurrogates: TextRule = (text) =>
  text.isWellFormed()
    ? undefined
    : 'holds a lone surrogate, which is half of a character. Cut texts between characters, or call toWellFormed().';

/** @internal For headers (RFC 9110, section 5.5) and for cookies, which travel in one (RFC 6265, section 4.2.1). */
export const refuseHeaderBreaks: TextRule = (text) =>
  /[\r\n\0]/.test(text) ? 'holds CR, LF or NUL, which no HTTP header can carry. Remove it.' : undefined;
