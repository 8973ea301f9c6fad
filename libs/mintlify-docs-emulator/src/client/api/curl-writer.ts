import { isForm, UNKNOWN_MEDIA_TYPE } from '../../shared/request-body.js';
import type { BodyPart, RequestBody } from '../../shared/request-body.js';
import type { ApiRequest } from './request-model.js';

/**
 * Writes a request for curl in a POSIX shell. What it sends is exactly what the request holds: no value is read as an
 * option, as the name of a file, or as a pattern.
 *
 * @throws Error for a form that curl cannot send: it ends the name of a field at the first `=`.
 * @example
 * writeCurl({ method: 'GET', url: 'https://api.foo.com/plants', headers: [] }); // 'curl https://api.foo.com/plants'
 */
export function writeCurl({ method, url, headers, body }: ApiRequest): string {
  const options = [
    ...(/[[\]]|\{[^}]*,/.test(url) ? ['--globoff'] : []),
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : [`--request ${quote(method)}`]),
    ...headers.map(([name, value]) => `--header ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(body === undefined || body === '' ? [] : bodyOptions(body)),
  ];
  return [`curl ${url.startsWith('-') ? '--url ' : ''}${quote(url)}`, ...options].join(' \\\n  ');
}

function bodyOptions(body: RequestBody): string[] {
  // Not `--data`, for which `@` at the start is the name of a file.
  if (typeof body === 'string') return [`--data-raw ${quote(body)}`];
  if (!isForm(body)) return [`--data-binary ${quote(`@${pathOf(body.name)}`)}`];
  return body.map(partOption);
}

function partOption(part: BodyPart): string {
  if (/[=\r\n]/.test(part.name)) throw new Error('curl cannot send a field of this name.');
  if (!('file' in part)) return `--form-string ${quote(`${part.name}=${part.value}`)}`;
  const { name, mediaType } = part.file;
  const path = pathOf(name);
  // In quotes, `,` and `;` are part of the name.
  const named = /^[\w./ -]+$/.test(path) ? path : `"${path.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  return `--form ${quote(`${part.name}=@${named};type=${mediaType || UNKNOWN_MEDIA_TYPE}`)}`;
}

/** `-` alone is the standard input. */
function pathOf(name: string): string {
  return name.startsWith('-') ? `./${name}` : name;
}

/** One word of a POSIX shell. */
function quote(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
