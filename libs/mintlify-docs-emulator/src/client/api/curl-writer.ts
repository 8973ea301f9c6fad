import { encodeForm, formFields } from '../../shared/form-fields.js';
import { isMultipart, isUrlEncoded } from '../../shared/media-types.js';
import { readForm } from './request-model.js';
import type { ApiRequest } from './request-model.js';

/**
 * Writes a request for curl in a POSIX shell. What it sends is exactly what the request holds: no value is read as an
 * option, as the name of a file, or as a pattern.
 *
 * @example
 * writeCurl({ method: 'GET', url: 'https://api.foo.com/plants', headers: [] }); // 'curl https://api.foo.com/plants'
 */
export function writeCurl({ method, url, headers, body }: ApiRequest): string {
  const form = body && readForm(body);
  const isForm = form !== undefined && isMultipart(body?.mediaType ?? '');
  const options = [
    ...(/[[\]]|\{[^}]*,/.test(url) ? ['--globoff'] : []),
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : [`--request ${quote(method)}`]),
    ...headers
      // curl writes the boundary itself.
      .filter(({ name }) => !(isForm && name.toLowerCase() === 'content-type'))
      .map(({ name, value }) => `--header ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(body === undefined || body.text === ''
      ? []
      : isForm
        ? formFields(form).map(({ name, value }) => `--form-string ${quote(`${name}=${value}`)}`)
        : // Not `--data`, for which `@` at the start is the name of a file.
          [`--data-raw ${quote(form && isUrlEncoded(body.mediaType) ? encodeForm(form) : body.text)}`]),
  ];
  return [`curl ${url.startsWith('-') ? '--url ' : ''}${quote(url)}`, ...options].join(' \\\n  ');
}

/** One word of a POSIX shell. */
function quote(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
