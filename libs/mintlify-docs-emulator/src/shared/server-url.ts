import type { OperationServer, ServerVariable } from './operation-types.js';
import { parseUrl } from './url-parser.js';

/** Where requests of an operation go. */
export interface ServerTarget {
  /** Such as `https://api.foo.com`. */
  origin: string;
  /** `''`, or a path such as `/v1`, without a trailing slash. */
  basePath: string;
  /** Without brackets, in lower case. */
  hostName: string;
  /** Whether the spec itself names the host, and no typed value is part of it. */
  isNamed: boolean;
}

/** Why a request cannot be sent. */
export interface RequestProblem {
  /** What is wrong, and how to fix it. */
  problem: string;
  /** The field that it is about, such as `path` and `id`. Absent: the operation itself. */
  place?: 'server' | 'path' | 'query' | 'header' | 'cookie' | 'body';
  name?: string;
}

const VARIABLE = /\{([^{}]*)\}/g;
// Free variables are marked with characters that no URL has, until it is known where they stand.
const MARK = /\u{E000}(\d+)\u{E001}/gu;
const LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
const PATH_VALUE = /^[\w.~-]{1,100}$/;
// Two labels at least, so that a typed value is only a subdomain; `localhost` is always this machine.
const FIXED_SUFFIX = /^(?:-[a-z\d-]*)?\.(?:localhost|[a-z\d-]+(?:\.[a-z\d-]+)+)$/i;

/**
 * The origin and base path of a server. A variable has a value of its `enum`, or its default. Without an `enum`, other
 * values can stand where they cannot change the host: as a subdomain of a fixed domain, a port, or a part of the path.
 *
 * @param values of the variables by name; a variable without a value has its default.
 * @example
 * resolveServer({ url: 'https://{tenant}.api.foo.com/v1', variables: [] }, { tenant: 'acme' });
 * // { origin: 'https://acme.api.foo.com', basePath: '/v1', hostName: 'acme.api.foo.com', isNamed: false }
 */
export function resolveServer(
  server: Pick<OperationServer, 'url' | 'variables'>,
  values: Readonly<Record<string, string>>,
): ServerTarget | RequestProblem {
  if (/[\u{E000}\u{E001}]/u.test(server.url)) return unusable(server.url);
  const free: { name: string; value: string }[] = [];
  let wrong: RequestProblem | undefined;
  const template = server.url.replaceAll(VARIABLE, (_, name: string) => {
    const variable = server.variables.find((each) => each.name === name);
    const value = (Object.hasOwn(values, name) ? values[name] : undefined) || variable?.default || '';
    if (isNamedBySpec(variable, value)) return value;
    wrong ??= checkEnum(variable, name, value);
    return `\u{E000}${free.push({ name, value }) - 1}\u{E001}`;
  });
  if (wrong) return wrong;
  const parts = /^(https?):\/\/([^/?#\\@]+)([^?#\\]*)$/iu.exec(template.trim());
  if (!parts) return unusable(server.url);
  const [, scheme = '', authority = '', path = ''] = parts;
  const { host, port } = splitAuthority(authority);
  wrong = checkHost(host, free) ?? checkAll(port, free, isPort, 'a port, such as 8080');
  wrong ??= checkAll(path, free, isPathValue, 'letters, digits, `-`, `_` and `.`');
  if (wrong) return wrong;
  const fill = (text: string): string =>
    text.replaceAll(MARK, (_, index: string) => free[Number(index)]?.value ?? '');
  const basePath = fill(path).replace(/\/+$/, '');
  const url = parseUrl(`${scheme}://${fill(host)}${port && `:${fill(port)}`}${basePath}/`);
  // What a URL parser would change, such as `..`, is refused.
  if (!url || url.pathname !== `${basePath}/` || url.username || url.search || url.hash)
    return unusable(server.url);
  return {
    origin: url.origin,
    basePath,
    hostName: url.hostname.replace(/^\[|\]$/g, ''),
    isNamed: !new RegExp(MARK.source, 'u').test(host) || /\.localhost$/i.test(host),
  };
}

function isNamedBySpec(variable: ServerVariable | undefined, value: string): boolean {
  if (!variable) return false;
  return variable.enum ? variable.enum.includes(value) : value !== '' && value === variable.default;
}

function checkEnum(
  variable: ServerVariable | undefined,
  name: string,
  value: string,
): RequestProblem | undefined {
  if (value === '') return serverProblem(name, `The server needs a value for ${name}.`);
  if (!variable?.enum) return undefined;
  return serverProblem(name, `${name} must be one of: ${variable.enum.join(', ')}.`);
}

function splitAuthority(authority: string): { host: string; port: string } {
  const end = authority.lastIndexOf(':');
  // An IPv6 address has colons in its brackets.
  if (end < 0 || authority.includes(']', end)) return { host: authority, port: '' };
  return { host: authority.slice(0, end), port: authority.slice(end + 1) };
}

function checkHost(
  host: string,
  free: readonly { name: string; value: string }[],
): RequestProblem | undefined {
  const marks = [...host.matchAll(MARK)];
  const last = marks.at(-1);
  if (!last) return undefined;
  const name = free[Number(last[1])]?.name ?? '';
  if (!FIXED_SUFFIX.test(host.slice(last.index + last[0].length))) {
    const fix = 'List its values in `enum` in the spec.';
    return serverProblem(
      name,
      `${name} is the whole host of the server, so only its default can be used. ${fix}`,
    );
  }
  return checkAll(host, free, (value) => LABEL.test(value), 'letters, digits and `-`');
}

function checkAll(
  text: string,
  free: readonly { name: string; value: string }[],
  isAllowed: (value: string) => boolean,
  rule: string,
): RequestProblem | undefined {
  for (const [, index] of text.matchAll(MARK)) {
    const variable = free[Number(index)];
    if (variable && !isAllowed(variable.value))
      return serverProblem(variable.name, `${variable.name} must be ${rule}.`);
  }
  return undefined;
}

function isPort(value: string): boolean {
  return /^[1-9]\d{0,4}$/.test(value) && Number(value) <= 65_535;
}

function isPathValue(value: string): boolean {
  return PATH_VALUE.test(value) && !/^\.+$/.test(value);
}

function serverProblem(name: string, problem: string): RequestProblem {
  return { place: 'server', name, problem };
}

function unusable(url: string): RequestProblem {
  const fix = 'Write an absolute http or https URL in `servers` of the spec, without a query.';
  return { problem: `The server ${JSON.stringify(url)} cannot be used. ${fix}` };
}
