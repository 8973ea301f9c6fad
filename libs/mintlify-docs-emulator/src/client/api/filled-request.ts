import { encodeStrictly } from '../../shared/parameter-serializer.js';
import type { Operation } from '../../shared/operation-types.js';
import type { PlaygroundValues } from '../../shared/playground-types.js';
import { isForm } from '../../shared/request-body.js';
import type { RequestBody } from '../../shared/request-body.js';
import { buildRequest } from '../../shared/request-builder.js';
import type { ApiRequest } from './request-model.js';

/**
 * The request of the playground as an example: what is sent, with placeholders for secrets and for required values that
 * are missing. It has the names of files, and not what is in them.
 *
 * @returns `undefined` for values that cannot be sent.
 * @example
 * filledRequest(operation, { ...NO_VALUES, query: { limit: '5' } })?.url; // 'https://api.foo.com/plants/{id}?limit=5'
 */
export function filledRequest(operation: Operation, given: PlaygroundValues): ApiRequest | undefined {
  const values = {
    ...given,
    path: { ...given.path },
    query: { ...given.query },
    header: { ...given.header },
    cookie: { ...given.cookie },
  };
  const placeholders: string[] = [];
  for (const { in: place, name, required } of operation.parameters) {
    if (!required || (values[place][name] ?? '') !== '') continue;
    values[place][name] = place === 'path' ? `{${name}}` : `<${name}>`;
    placeholders.push(values[place][name]);
  }
  for (const { in: place, name, prefix } of operation.security[given.securityIndex]?.fields ?? []) {
    values[place][name] = prefix === undefined ? '<api-key>' : `${prefix}<token>`;
    placeholders.push(values[place][name]);
  }
  const built = buildRequest(operation, values);
  if ('problem' in built) return undefined;
  const { method, headers, body } = built;
  const url = placeholders.reduce(
    (text, placeholder) => text.replaceAll(encodeStrictly(placeholder), placeholder),
    built.url,
  );
  return { method, url, headers, ...(body !== undefined && { body: withoutContents(body) }) };
}

function withoutContents(body: RequestBody): RequestBody {
  if (typeof body === 'string') return body;
  if (!isForm(body)) return { ...body, base64: '' };
  return body.map((part) =>
    'file' in part ? { name: part.name, file: Object.assign({}, part.file, { base64: '' }) } : part,
  );
}
