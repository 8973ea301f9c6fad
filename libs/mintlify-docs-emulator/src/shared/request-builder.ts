import { encodeForm, formFields } from './form-fields.js';
import { isJson, isMultipart, isUrlEncoded } from './media-types.js';
import { encodeStrictly, serializeParameter } from './parameter-serializer.js';
import type { Operation, SecurityField } from './operation-types.js';
import type { PlaygroundValues } from './playground-types.js';
import type { BodyPart, RequestBody, RequestFile } from './request-body.js';
import { securityValue } from './security-value.js';
import { resolveServer } from './server-url.js';
import type { RequestProblem, ServerTarget } from './server-url.js';
import { isRecord } from './type-guards.js';
import { parseUrl } from './url-parser.js';

/** A request that the relay may send as it is. */
export interface BuiltRequest {
  method: string;
  /** On the server's origin, below its base path. */
  url: string;
  target: ServerTarget;
  /** Only headers that the operation has, and `Content-Type`, `Accept` and `Cookie`. */
  headers: [name: string, value: string][];
  /** What sends the parts of a form adds the boundary to `Content-Type`. */
  body?: RequestBody;
}

const METHODS = new Set(['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']);
const WITHOUT_BODY = new Set(['GET', 'HEAD']);
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
// Visible characters, spaces and tabs: RFC 9110, section 5.5.
const HEADER_VALUE = /^[\t\u{20}-\u{7e}\u{80}-\u{ff}]*$/u;
/** What the connection or the browser sets, even if a spec has it as a parameter. */
const FORBIDDEN_HEADER =
  /^(?:connection|keep-alive|te|trailer|transfer-encoding|upgrade|host|content-length|content-encoding|cookie2?|expect|origin|referer|via|forwarded|x-forwarded-.*|proxy-.*|sec-.*)$/i;

/**
 * Whether the playground can send operations of a method: not webhooks, channels and the like.
 *
 * @example
 * isSendable('GET'); // true
 */
export function isSendable(method: string): boolean {
  return METHODS.has(method);
}

/**
 * Builds the request of an operation from the values of a visitor. The URL never leaves the origin and the base path of
 * a server of the operation, and nothing is sent that the operation does not have.
 *
 * @returns why the request cannot be sent, or the request.
 * @example
 * buildRequest(operation, { ...NO_VALUES, path: { id: 'fern' } }); // { method: 'GET', url: 'https://api.foo.com/plants/fern', … }
 */
export function buildRequest(operation: Operation, values: PlaygroundValues): BuiltRequest | RequestProblem {
  const { method } = operation;
  if (!isSendable(method)) return { problem: `${method} operations cannot be sent.` };
  const server = operation.servers[values.serverIndex];
  if (!server) return { problem: 'The spec has no server for this operation. Add one to `servers`.' };
  const target = resolveServer(server, values.server);
  if ('problem' in target) return target;
  const path = buildPath(operation, values);
  if (typeof path !== 'string') return path;
  const security = operation.security[values.securityIndex]?.fields ?? [];
  const query = [...queryOf(operation, values, security), ...securityPairs('query', values, security)];
  const search =
    query.length > 0 ? `?${query.map((pair) => pair.map(encodeStrictly).join('=')).join('&')}` : '';
  const url = `${target.origin}${target.basePath}${path}${search}`;
  if (!isBelow(url, target, path)) {
    return { place: 'path', problem: 'A part of the path is `.` or `..`. Enter another value.' };
  }
  const headers = headersOf(operation, values, security);
  if (!Array.isArray(headers)) return headers;
  const body = bodyOf(operation, values);
  if (body && 'problem' in body) return body;
  return {
    method,
    url,
    target,
    headers: body ? [...headers, ['Content-Type', body.mediaType]] : headers,
    ...(body && { body: body.content }),
  };
}

/** Whether a URL parser reads the same origin and path. */
function isBelow(url: string, target: ServerTarget, path: string): boolean {
  const parsed = parseUrl(url);
  return parsed?.origin === target.origin && parsed.pathname === target.basePath + path && parsed.hash === '';
}

function buildPath(operation: Operation, { path: values }: PlaygroundValues): string | RequestProblem {
  if (!operation.path.startsWith('/') || /[?#\\]/.test(operation.path)) {
    return {
      problem: `The path ${JSON.stringify(operation.path)} of the spec has to start with / and have no query.`,
    };
  }
  let built = '';
  for (const [index, part] of operation.path.split(/\{([^{}]*)\}/).entries()) {
    if (index % 2 === 0) {
      built += encodeLiteral(part);
      continue;
    }
    const value = own(values, part);
    if (value === '')
      return { place: 'path', name: part, problem: `Enter a value for ${part}: it is part of the path.` };
    const parameter = operation.parameters.find(({ in: place, name }) => place === 'path' && name === part);
    const [pair] = parameter ? serializeParameter(parameter, value) : [[part, value] as const];
    built += encodeStrictly(pair?.[1] ?? value);
  }
  return built;
}

/** What the spec has encoded already stays. */
function encodeLiteral(text: string): string {
  return encodeURI(text.replaceAll(/\p{Surrogate}/gu, '\u{FFFD}'))
    .replaceAll(/%25([\da-f]{2})/gi, '%$1')
    .replaceAll("'", '%27');
}

function queryOf(operation: Operation, { query }: PlaygroundValues, security: readonly SecurityField[]) {
  return operation.parameters
    .filter((parameter) => parameter.in === 'query' && !isSecurity(parameter, security))
    .flatMap((parameter) => serializeParameter(parameter, own(query, parameter.name)));
}

function headersOf(
  operation: Operation,
  values: PlaygroundValues,
  security: readonly SecurityField[],
): [string, string][] | RequestProblem {
  const ofPlace = (place: 'header' | 'cookie'): (readonly [string, string])[] => [
    ...operation.parameters
      .filter((parameter) => parameter.in === place && !isSecurity(parameter, security))
      .flatMap((parameter) => serializeParameter(parameter, own(values[place], parameter.name))),
    ...securityPairs(place, values, security),
  ];
  // Names differ by more than case (RFC 9110, section 5.1): the last one wins.
  const headers = new Map<string, [string, string]>();
  for (const [name, raw] of ofPlace('header')) {
    const value = raw.trim();
    if (/^(?:accept|content-type)$/i.test(name) && !security.some((field) => field.name === name)) continue;
    if (!TOKEN.test(name) || FORBIDDEN_HEADER.test(name)) {
      return { place: 'header', name, problem: `The header ${name} cannot be sent from the playground.` };
    }
    if (!HEADER_VALUE.test(value)) {
      return {
        place: 'header',
        name,
        problem: `The value of ${name} has a character that no header can have.`,
      };
    }
    headers.set(name.toLowerCase(), [name, value]);
  }
  const cookies = ofPlace('cookie');
  const wrong = cookies.find(([name]) => !TOKEN.test(name));
  if (wrong) return { place: 'cookie', name: wrong[0], problem: `${wrong[0]} is not the name of a cookie.` };
  if (cookies.length > 0) {
    headers.set('cookie', [
      'Cookie',
      cookies.map(([name, value]) => `${name}=${encodeCookie(value)}`).join('; '),
    ]);
  }
  return [...headers.values()];
}

function securityPairs(
  place: SecurityField['in'],
  values: PlaygroundValues,
  security: readonly SecurityField[],
): (readonly [string, string])[] {
  return security
    .filter((field) => field.in === place)
    .flatMap((field) => {
      const value = securityValue(field, own(values[place], field.name));
      return value === '' ? [] : [[field.name, value] as const];
    });
}

function isSecurity(
  { in: place, name }: { in: string; name: string },
  security: readonly SecurityField[],
): boolean {
  return security.some(
    (field) =>
      field.in === place &&
      (place === 'header' ? field.name.toLowerCase() === name.toLowerCase() : field.name === name),
  );
}

type TypedBody = { mediaType: string; content: RequestBody };

function bodyOf(operation: Operation, values: PlaygroundValues): TypedBody | RequestProblem | undefined {
  const { method, requestBody } = operation;
  const { mediaType, body = '', files = [] } = values;
  if (!requestBody || WITHOUT_BODY.has(method)) return undefined;
  const nothing = requestBody.required ? bodyProblem('Enter a body: the operation requires one.') : undefined;
  if (body.trim() === '' && files.length === 0) return nothing;
  if (!requestBody.bodies.some((each) => each.mediaType === mediaType) || mediaType === undefined) {
    return bodyProblem('The operation has no body of this media type.');
  }
  const isParts = isMultipart(mediaType);
  if (!HEADER_VALUE.test(mediaType) || (/^\s*multipart\//i.test(mediaType) && !isParts)) {
    return bodyProblem(`The playground of the emulator cannot send ${mediaType}.`);
  }
  const isFields = isParts || isUrlEncoded(mediaType);
  const [file] = files;
  if (!isFields && file) return { mediaType, content: fileOf(file) };
  if (!isFields && !isJson(mediaType)) return { mediaType, content: body };
  const value = body.trim() === '' ? {} : parseJson(body);
  if (value === undefined) return bodyProblem('The body is not valid JSON.');
  if (!isFields) return { mediaType, content: body };
  if (!isRecord(value)) return bodyProblem('Write the form as a JSON object.');
  if (!isParts) return { mediaType, content: encodeForm(value) };
  const parts = partsOf(value, files);
  // A form without parts is no body: RFC 2046, section 5.1.1.
  return parts.length === 0 ? nothing : { mediaType: 'multipart/form-data', content: parts };
}

function partsOf(
  form: Readonly<Record<string, unknown>>,
  files: NonNullable<PlaygroundValues['files']>,
): BodyPart[] {
  return [
    ...formFields(form).map(({ name, value }) => ({ name, value })),
    ...files.map((file) => ({ name: file.field, file: fileOf(file) })),
  ];
}

/** The media type is a header of its part. */
function fileOf({ name, mediaType, base64 }: RequestFile): RequestFile {
  return { name, mediaType: /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(mediaType) ? mediaType : '', base64 };
}

function bodyProblem(problem: string): RequestProblem {
  return { place: 'body', problem };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function own(values: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(values, name) ? (values[name] ?? '') : '';
}

/** What RFC 6265, section 4.1.1 does not allow in a cookie is percent-encoded. */
function encodeCookie(value: string): string {
  return value.replaceAll(/[^\u{21}\u{23}-\u{2b}\u{2d}-\u{3a}\u{3c}-\u{5b}\u{5d}-\u{7e}]/gu, encodeStrictly);
}
