import type { RelayedResponse } from '../../../shared/playground-types.js';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/gzip': 'gz',
  'application/octet-stream': 'bin',
  'application/x-tar': 'tar',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'audio/mpeg': 'mp3',
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
};

/**
 * The name under which a response is saved: that of `Content-Disposition` (RFC 6266), or else the end of the path, with
 * an extension from the media type. It has no folder.
 *
 * @param url of the request.
 * @example
 * fileNameOf({ headers: [], mediaType: 'image/png' }, 'https://api.foo.com/plants/fern/photo'); // 'photo.png'
 */
export function fileNameOf(
  { headers, mediaType }: Pick<RelayedResponse, 'headers' | 'mediaType'>,
  url: string,
): string {
  const disposition = headers.find(([name]) => name.toLowerCase() === 'content-disposition')?.[1] ?? '';
  const given = cleaned(extendedName(disposition) ?? plainName(disposition) ?? '');
  if (given !== '') return given;
  const path = url.replace(/^[^:]*:\/\/[^/?#]*/, '').replace(/[?#].*$/s, '');
  const last = cleaned(decoded(path.split('/').at(-1) ?? '') ?? '') || 'response';
  if (/\.[a-z\d]{1,5}$/i.test(last)) return last;
  const subtype = /^\w+\/([a-z\d]{2,5})$/.exec(mediaType)?.[1];
  return `${last}.${EXTENSIONS[mediaType] ?? subtype ?? 'bin'}`;
}

/** `filename*`: RFC 8187. */
function extendedName(disposition: string): string | undefined {
  const [, text] = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition) ?? [];
  return text === undefined ? undefined : decoded(text);
}

function plainName(disposition: string): string | undefined {
  const [, quoted, token] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"\s]+))/i.exec(disposition) ?? [];
  return quoted?.replaceAll(/\\(.)/g, '$1') ?? token;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Without folders, characters that no file can have, and dots at the start. */
function cleaned(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last
    .replaceAll(/[<>:"|?*\p{C}]/gu, '')
    .replace(/^[.\s]+/, '')
    .trim()
    .slice(0, 200);
}
