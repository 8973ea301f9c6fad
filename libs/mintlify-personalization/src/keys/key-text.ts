import { isUtf8 } from 'node:buffer';

/** @internal What a key text contains. */
export type KeyText =
  | { readonly kind: 'pem'; readonly blocks: readonly PemBlock[] }
  | { readonly kind: 'json'; readonly json: string }
  | UnknownKeyText;

/** @internal A text that is neither PEM nor JSON. */
export interface UnknownKeyText {
  readonly kind: 'unknown';
  /** The text without quotes, and its base64-decoded text. */
  readonly texts: readonly string[];
  /** Its base64-decoded bytes, if they begin like a key in DER. */
  readonly bytes: Uint8Array | undefined;
}

/** @internal One `-----BEGIN …-----` block, its line breaks repaired. */
export interface PemBlock {
  readonly label: string;
  readonly encrypted: boolean;
  readonly pem: string;
}

const PEM_BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([^]*?)-----END \1-----/g;
/** `{{` is not JSON, but a template placeholder. */
const JSON_START = /^(?:\[|\{(?!\{))/;
/** The tag of a SEQUENCE (X.690, section 8.9), with which every key in DER begins. */
const DER_SEQUENCE = 0x30;

/**
 * Reads a key text, and repairs what environment variables, secret stores and editors do to it: a byte order mark,
 * quotes, CRLF, a literal `\n`, line breaks replaced by spaces or removed, and base64 of it all.
 *
 * @internal
 */
export function readKeyText(text: string): KeyText {
  const bare = trimQuotes(text);
  const plain = restoreLineBreaks(bare);
  const found = classify(plain);
  if (found !== undefined) return found;
  const bytes = decodeBase64(plain);
  const decoded = trimQuotes(isUtf8(bytes) ? bytes.toString('utf8') : '');
  const inside = classify(restoreLineBreaks(decoded));
  if (inside !== undefined) return inside;
  const isDer = bytes[0] === DER_SEQUENCE;
  return { kind: 'unknown', texts: [bare, decoded], bytes: isDer ? bytes : undefined };
}

function classify(text: string): KeyText | undefined {
  if (JSON_START.test(text)) return { kind: 'json', json: text };
  const blocks = [...text.matchAll(PEM_BLOCK)].map(([, label = '', body = '']) => readBlock(label, body));
  return blocks.length > 0 ? { kind: 'pem', blocks } : undefined;
}

function trimQuotes(text: string): string {
  let bare = text.replace(/^\uFEFF/, '').trim();
  while (bare.length > 1 && /^["'`]/.test(bare) && bare.endsWith(bare.charAt(0))) {
    bare = bare.slice(1, -1).trim();
  }
  return bare;
}

function restoreLineBreaks(text: string): string {
  return JSON_START.test(text) ? text : text.replaceAll(/\\+r/g, '').replaceAll(/\\+n/g, '\n').trim();
}

/** The decoded bytes; empty if the text is not base64. */
function decodeBase64(text: string): Buffer {
  const compact = text.replaceAll(/\s/g, '');
  return Buffer.from(/^[\w+/-]+=*$/.test(compact) ? compact : '', 'base64');
}

function readBlock(label: string, body: string): PemBlock {
  const lines = body.replaceAll(/\s/g, '').match(/.{1,64}/g) ?? [];
  return {
    label,
    // RFC 1421 headers, or encrypted PKCS#8 (RFC 7468, section 11).
    encrypted: label.startsWith('ENCRYPTED') || /Proc-Type|DEK-Info/.test(body),
    pem: [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n'),
  };
}
