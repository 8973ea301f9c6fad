import { encodeForm, formFields } from '../../shared/form-fields.js';
import { isMultipart, isUrlEncoded } from '../../shared/media-types.js';
import { readForm } from './request-model.js';
import type { ApiRequest } from './request-model.js';

/**
 * Writes a form for the library `requests` of Python.
 *
 * @returns `undefined` for a request without a form.
 * @example
 * writePythonForm({ method: 'POST', url, headers: [], body: { mediaType: 'multipart/form-data', text: '{"a":"b"}' } });
 */
export function writePythonForm({ method, url, headers, body }: ApiRequest): string | undefined {
  const form = body && readForm(body);
  if (!form) return undefined;
  const isFiles = isMultipart(body.mediaType);
  // The library writes the boundary itself.
  const sent = headers.filter(({ name }) => !(isFiles && name.toLowerCase() === 'content-type'));
  const lines = [
    `requests.request(${literal(method)}, ${literal(url)},`,
    ...(sent.length === 0
      ? []
      : [
          '    headers={',
          ...sent.map(({ name, value }) => `      ${literal(name)}: ${literal(value)},`),
          '    },',
        ]),
    ...(isFiles
      ? [
          '    files=[',
          ...formFields(form).map(
            ({ name, value }) => `      (${literal(name)}, (None, ${literal(value)})),`,
          ),
          '    ],',
        ]
      : isUrlEncoded(body.mediaType)
        ? [`    data=${literal(encodeForm(form))},`]
        : []),
    ')',
  ];
  return lines.join('\n');
}

/** A text in Python: every escape of JSON is one of Python. */
function literal(text: string): string {
  return JSON.stringify(text);
}
