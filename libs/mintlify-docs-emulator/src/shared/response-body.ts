import type { RelayedResponse } from './playground-types.js';

const TEXT =
  /^text\/|[/+](?:json|xml|javascript|ecmascript|yaml|x-yaml|x-ndjson|graphql)$|x-www-form-urlencoded$/;
const BINARY =
  /^(?:image|audio|video|font)\/|^application\/(?:octet-stream|pdf|zip|gzip|wasm|x-(?:tar|gtar|gzip|bzip|7z).*|vnd\.(?:ms-|openxmlformats-|apple\.).*)$/;
const CHUNK = 32_768;

/**
 * A body as text, or as base64 if it is none: by its media type, or else by what is in it.
 *
 * @param mediaType in lower case, without parameters.
 * @param encode bytes as base64. Default: slow for large bodies.
 * @example
 * readResponseBody(new TextEncoder().encode('{}'), 'application/json'); // { text: '{}' }
 */
export function readResponseBody(
  bytes: Uint8Array,
  mediaType: string,
  encode: (bytes: Uint8Array) => string = encodeBase64,
): RelayedResponse['body'] {
  if (bytes.length === 0) return { text: '' };
  if (TEXT.test(mediaType)) return { text: new TextDecoder().decode(bytes) };
  const text = BINARY.test(mediaType) ? undefined : decode(bytes);
  return text === undefined ? { base64: encode(bytes) } : { text };
}

/** `undefined` for what is no UTF-8, or has characters that no text has. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // oxlint-disable-next-line no-control-regex -- these are what is looked for.
    return /[\0-\u{8}\u{e}-\u{1a}\u{1c}-\u{1f}]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + CHUNK)));
  }
  return btoa(parts.join(''));
}
