import type {
  Operation,
  OperationMethod,
  OperationParameter,
  OperationServer,
  SecurityField,
} from '../shared/operation-types.js';
import { isRecord } from '../shared/type-guards.js';
import { parseUrl } from '../shared/url-parser.js';
import { parseOperationName } from './operation-names.js';
import { serverBase } from './operation-parts.js';

/**
 * The operation of a page with `api` in its front matter: the page itself describes its parameters. Server and
 * authentication come from `api.mdx` of docs.json, or from the page.
 *
 * @param text such as `GET /plants/{id}`, or with a whole URL.
 * @param settings docs.json, not validated.
 * @returns `undefined` if the text is no method and path.
 * @example
 * manualOperation('GET https://api.foo.com/plants', {})?.servers; // [{ url: 'https://api.foo.com', variables: [] }]
 */
export function manualOperation(
  text: string,
  settings: Readonly<Record<string, unknown>>,
  authMethod?: string,
): Operation | undefined {
  const name = parseOperationName(text);
  if (!name || name.source !== undefined || name.method === 'WEBHOOK') return undefined;
  const url = /^https?:/i.test(name.path) ? parseUrl(name.path) : undefined;
  const path = url ? decoded(url.pathname) : name.path;
  const auth = authOf(settings, authMethod);
  return {
    ...emptyOperation(name.method, path),
    servers: url ? [{ url: decoded(url.origin), variables: [] }] : serversOf(settings),
    parameters: Array.from(path.matchAll(/\{(?<name>[^{}]+)\}/g), ({ groups }) =>
      pathParameter(groups?.name ?? ''),
    ),
    security: auth ? [{ fields: [auth] }] : [],
  };
}

function emptyOperation(method: OperationMethod, path: string): Operation {
  return {
    method,
    path,
    deprecated: false,
    servers: [],
    parameters: [],
    security: [],
    responses: [],
    callbacks: [],
    messages: [],
    schemas: {},
    spec: '',
  };
}

function serversOf({ api }: Readonly<Record<string, unknown>>): OperationServer[] {
  const { mdx, baseUrl } = isRecord(api) ? api : {};
  const server: unknown = isRecord(mdx) ? mdx.server : baseUrl;
  return [server]
    .flat()
    .flatMap((url: unknown) =>
      typeof url === 'string' && url !== '' ? [{ url: serverBase(url), variables: [] }] : [],
    );
}

function authOf({ api }: Readonly<Record<string, unknown>>, own?: string): SecurityField | undefined {
  const { mdx, auth: older } = isRecord(api) ? api : {};
  const auth: unknown = isRecord(mdx) ? mdx.auth : older;
  const { method: general, name } = isRecord(auth) ? auth : {};
  const method = own ?? general;
  if (method === 'key') {
    const header = typeof name === 'string' ? name : 'x-api-key';
    return { scheme: 'key', type: 'apiKey', in: 'header', name: header };
  }
  if (method !== 'bearer' && method !== 'basic') return undefined;
  const prefix = method === 'bearer' ? 'Bearer ' : 'Basic ';
  return { scheme: method, type: 'http', httpScheme: method, in: 'header', name: 'Authorization', prefix };
}

function pathParameter(name: string): OperationParameter {
  const schema = { type: 'string' };
  return { in: 'path', name, required: true, deprecated: false, schema, summary: { type: 'string' } };
}

function decoded(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
