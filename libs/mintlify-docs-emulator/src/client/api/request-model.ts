import type { Operation, OperationParameter, OperationServer } from '../../shared/operation-types.js';
import type { BuiltRequest } from '../../shared/request-builder.js';
import { exampleBody } from './example-body.js';
import { sampleSchema, textOf } from './schema-sampler.js';
import type { SchemaFinder } from './schema-model.js';

/** A request to the API, ready to be written as code. */
export type ApiRequest = Pick<BuiltRequest, 'method' | 'url' | 'headers' | 'body'>;

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * The address of a server, with the defaults of its variables.
 *
 * @example
 * serverUrl({ url: 'https://{region}.foo.com', variables: [{ name: 'region', default: 'eu' }] }); // 'https://eu.foo.com'
 */
export function serverUrl({ url, variables }: OperationServer): string {
  const whole = variables.reduce(
    (text, { name, default: value }) => text.replaceAll(`{${name}}`, value),
    url,
  );
  return whole.replace(/\/$/, '');
}

/**
 * An example request of an operation: with all that is required, and what has an example.
 *
 * @param mediaType that of the body. Default: the first one.
 * @example
 * exampleRequest(operation, find).url; // 'https://api.foo.com/plants/{id}'
 */
export function exampleRequest(operation: Operation, find: SchemaFinder, mediaType?: string): ApiRequest {
  const { method, path, parameters, security, servers, requestBody } = operation;
  const shown = parameters.filter((each) => each.required || each.example !== undefined);
  const valueOf = (parameter: OperationParameter): string => parameterValue(parameter, find);
  const query = shown
    .filter((each) => each.in === 'query')
    .map((each) => `${encode(each.name)}=${encode(valueOf(each))}`);
  const fields = security[0]?.fields ?? [];
  const secrets = fields.map(({ in: place, name, prefix }) => ({
    in: place,
    name,
    value: prefix === undefined ? '<api-key>' : `${prefix}<token>`,
  }));
  for (const { name, value } of secrets.filter((each) => each.in === 'query')) {
    query.push(`${encode(name)}=${encode(value)}`);
  }
  const cookies = [
    ...shown.filter((each) => each.in === 'cookie').map((each) => `${each.name}=${encode(valueOf(each))}`),
    ...secrets.filter((each) => each.in === 'cookie').map((each) => `${each.name}=${encode(each.value)}`),
  ];
  const body = requestBody?.bodies.find((each) => each.mediaType === mediaType) ?? requestBody?.bodies[0];
  const [server] = servers;
  return {
    method,
    url: `${server ? serverUrl(server) : ''}${path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    headers: [
      ...secrets.filter((each) => each.in === 'header').map(({ name, value }) => [name, value]),
      ...shown.filter((each) => each.in === 'header').map((each) => [each.name, valueOf(each)]),
      ...(cookies.length > 0 ? [['Cookie', cookies.join('; ')]] : []),
      ...(body ? [['Content-Type', body.mediaType]] : []),
      // Others cannot be sent (RFC 9110, section 5.1), and a tool may read them as something else.
    ].filter((pair): pair is [string, string] => TOKEN.test(pair[0] ?? '')),
    ...(body && { body: exampleBody(body, find) }),
  };
}

function parameterValue({ example, schema }: OperationParameter, find: SchemaFinder): string {
  const value = example ?? sampleSchema(schema, find, { use: 'request' });
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : textOf(value);
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3C', '<').replaceAll('%3E', '>');
}
