import { isForm, UNKNOWN_MEDIA_TYPE } from '../../shared/request-body.js';
import type { RequestFile } from '../../shared/request-body.js';
import { jsonBody } from './json-body.js';
import type { ApiRequest } from './request-model.js';

/**
 * Writes a request for `fetch` in JavaScript. Files are read as Node does.
 *
 * @example
 * writeJavaScript({ method: 'GET', url: 'https://api.foo.com/plants', headers: [] }); // 'fetch("https://api.foo.com/plants")'
 */
export function writeJavaScript(request: ApiRequest): string {
  const { method, url, headers, body } = request;
  const parts = body !== undefined && isForm(body) ? body : undefined;
  const json = jsonBody(request);
  const lines = [
    ...(method === 'GET' ? [] : [`method: ${literal(method)},`]),
    ...(headers.length === 0
      ? []
      : ['headers: {', ...headers.map(([name, value]) => `  ${literal(name)}: ${literal(value)},`), '},']),
    ...(body === undefined || body === ''
      ? []
      : parts
        ? ['body: form,']
        : json
          ? `body: JSON.stringify(${JSON.stringify(json.value, null, 2)}),`.split('\n')
          : [`body: ${typeof body === 'string' ? literal(body) : openFile(body as RequestFile)},`]),
  ];
  const hasFile = parts?.some((part) => 'file' in part) ?? typeof body === 'object';
  return [
    ...(hasFile ? ["import { openAsBlob } from 'node:fs';", ''] : []),
    ...(parts ? [...formLines(parts), ''] : []),
    lines.length === 0
      ? `fetch(${literal(url)})`
      : [`fetch(${literal(url)}, {`, ...lines.map((line) => `  ${line}`), '})'].join('\n'),
  ].join('\n');
}

function formLines(parts: Extract<ApiRequest['body'], readonly unknown[]>): string[] {
  return [
    'const form = new FormData();',
    ...parts.map((part) =>
      'file' in part
        ? `form.append(${literal(part.name)}, ${openFile(part.file)}, ${literal(baseName(part.file.name))});`
        : `form.append(${literal(part.name)}, ${literal(part.value)});`,
    ),
  ];
}

function openFile({ name, mediaType }: RequestFile): string {
  return `await openAsBlob(${literal(name)}, { type: ${literal(mediaType || UNKNOWN_MEDIA_TYPE)} })`;
}

/** As the API gets it. */
function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A text in JavaScript: every escape of JSON is one of it. */
function literal(text: string): string {
  return JSON.stringify(text);
}
