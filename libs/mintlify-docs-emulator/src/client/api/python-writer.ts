import { isForm, UNKNOWN_MEDIA_TYPE } from '../../shared/request-body.js';
import type { BodyPart, RequestBody } from '../../shared/request-body.js';
import { isRecord } from '../../shared/type-guards.js';
import { jsonBody } from './json-body.js';
import type { ApiRequest } from './request-model.js';

/**
 * Writes a request for the library `requests` of Python.
 *
 * @example
 * writePython({ method: 'GET', url: 'https://api.foo.com/plants', headers: [] }); // 'requests.get("https://api.foo.com/plants")'
 */
export function writePython(request: ApiRequest): string {
  const { method, url, headers, body } = request;
  const json = jsonBody(request);
  const lines = [
    ...(headers.length === 0
      ? []
      : ['headers={', ...headers.map(([name, value]) => `    ${literal(name)}: ${literal(value)},`), '},']),
    ...(body === undefined || body === ''
      ? []
      : json
        ? `json=${valueText(json.value)},`.split('\n')
        : bodyLines(body)),
  ];
  const hasOwn = /^(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH)$/.test(method);
  const call = hasOwn ? `requests.${method.toLowerCase()}(` : `requests.request(${literal(method)}, `;
  if (lines.length === 0) return `${call}${literal(url)})`;
  return [call.trimEnd(), ...[`${literal(url)},`, ...lines].map((line) => `    ${line}`), ')'].join('\n');
}

function bodyLines(body: RequestBody): string[] {
  if (typeof body === 'string') {
    // Without an encoding, some versions take Latin-1.
    return [`data=${literal(body)}${/^[\0-\u{7f}]*$/u.test(body) ? '' : '.encode("utf-8")'},`];
  }
  if (!isForm(body)) return [`data=open(${literal(body.name)}, "rb"),`];
  return ['files=[', ...body.map((part) => `    (${literal(part.name)}, ${partText(part)}),`), '],'];
}

function partText(part: BodyPart): string {
  if (!('file' in part)) return `(None, ${literal(part.value)})`;
  const { name, mediaType } = part.file;
  const sentName = literal(name.slice(name.lastIndexOf('/') + 1));
  return `(${sentName}, open(${literal(name)}, "rb"), ${literal(mediaType || UNKNOWN_MEDIA_TYPE)})`;
}

/** A value of JSON in Python, over several lines. */
function valueText(value: unknown, indent = ''): string {
  const inside = `${indent}    `;
  const block = (open: string, lines: string[], close: string): string =>
    lines.length === 0
      ? open + close
      : [open, ...lines.map((line) => `${inside}${line},`), indent + close].join('\n');
  if (Array.isArray(value)) {
    return block('[', value.map((each) => valueText(each, inside)), ']'); // prettier-ignore
  }
  if (isRecord(value)) {
    const entries = Object.entries(value);
    return block('{', entries.map(([name, each]) => `${literal(name)}: ${valueText(each, inside)}`), '}'); // prettier-ignore
  }
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}

/** A text in Python: every escape of JSON is one of it. */
function literal(text: string): string {
  return JSON.stringify(text);
}
