import { looksLikeCredential } from './credentials.js';
import type { TextRule } from './json-snapshot.js';

/** @internal For `content`: every script on the docs can read it. */
export const refuseCredentials: TextRule = (text) =>
  looksLikeCredential(text)
    ? 'holds what looks like a private key or a credential, and every script on the docs can read it. Leave it out.'
    : undefined;

/** @internal For headers: RFC 9110, section 5.5. */
export const refuseHeaderBreaks: TextRule = (text) =>
  /[\r\n\0]/.test(text) ? 'holds CR, LF or NUL, which no HTTP header can carry. Remove it.' : undefined;
