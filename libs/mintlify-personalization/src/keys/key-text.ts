import { isUtf8 } from 'node:buffer';

/** @internal What a key text turned out to hold. */
export type KeyText =
  | { readonly kind: 'pem'; readonly blocks: readonly PemBlock[] }
  | { readonly kind: 'json'; readonly json: string }
  | { readonly kind: 'unknown' };

/** @internal One `-----BEGIN …-----` block, its line breaks repaired. */
export interface PemBlock {
  readonly label: string;
  readonly encrypted: boolean;
  readonly pem: string;
}

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([^]*?)-----END \1-----/g;

/**
 * Reads a key text as environment variables, secret stores and editors leave it: a byte order mark,
 * surrounding quotes, CRLF, a literal `\n`, spaces or nothing where line breaks were, base64 of it all.
 *
 * @internal
 */
export function readKeyText(text: string): KeyText {
  const plain = unwrap(text);
  const found = classify(plain);
  return found.kind === 'unknown' ? classify(unwrap(decodeBase64(plain))) : found;
}

function classify(text: string): KeyText {
  if (text.startsWith('{') || text.startsWith('[')) return { kind: 'json', json: text };
  const blocks = [...text.matchAll(PEM_BLOCK)].map(([, label = '', body = '']) => readBlock(label, body));
  return blocks.length > 0 ? { kind: 'pem', blocks } : { kind: 'unknown' };
}

function unwrap(text: string): string {
  let plain = text.replace(/^\uFEFF/, '').trim();
  while (plain.length > 1 && /^["'`]/.test(plain) && plain.endsWith(plain.charAt(0))) {
    plain = plain.slice(1, -1).trim();
  }
  if (plain.startsWith('{') || plain.startsWith('[')) return plain;
  return plain.replaceAll(/\\+r/g, '').replaceAll(/\\+n/g, '\n').trim();
}

/** The text that was encoded; empty where it was bytes of another kind, such as a bare key. */
function decodeBase64(text: string): string {
  const compact = text.replaceAll(/\s/g, '');
  if (!/^[\w+/-]+=*$/.test(compact)) return '';
  const bytes = Buffer.from(compact, 'base64');
  return isUtf8(bytes) ? bytes.toString('utf8') : '';
}

function readBlock(label: string, body: string): PemBlock {
  const lines = body.replaceAll(/\s/g, '').match(/.{1,64}/g) ?? [];
  return {
    label,
    // RFC 1421 headers, or PKCS#8 in its encrypted form (RFC 7468, section 11).
    encrypted: label.startsWith('ENCRYPTED') || /Proc-Type|DEK-Info/.test(body),
    pem: [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n'),
  };
}
