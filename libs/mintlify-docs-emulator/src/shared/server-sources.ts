import type { OperationServer } from './operation-types.js';
import { resolveServer } from './server-url.js';

const MAX_COMBINATIONS = 64;
/** A host of the content policy: CSP 3, section 2.3.1. */
const SOURCE = /^https?:\/\/(?:\*\.)?[a-z\d.-]+(?::(?:\d+|\*))?$/i;

/**
 * The sources of a content policy for the servers of an operation: exactly their origins. A variable that can have any
 * value is `*` where it stands: as a subdomain, or as the port.
 *
 * @example
 * serverSources([{ url: 'https://{tenant}.api.foo.com/v1', variables: [] }]); // ['https://*.api.foo.com']
 */
export function serverSources(servers: readonly OperationServer[]): string[] {
  const sources = servers.flatMap((server) =>
    combinations(server).flatMap((values) => {
      const target = resolveServer(server, values);
      return ['problem' in target ? '' : target.origin, freeSource(server, values)];
    }),
  );
  return [...new Set(sources)].filter((source) => SOURCE.test(source));
}

/** All values of the variables that have an `enum`. */
function combinations({ variables }: OperationServer): Record<string, string>[] {
  let all: Record<string, string>[] = [{}];
  for (const { name, enum: values } of variables) {
    if (values) all = all.flatMap((each) => withEach(each, name, values)).slice(0, MAX_COMBINATIONS);
  }
  return all;
}

function withEach(
  given: Record<string, string>,
  name: string,
  values: readonly string[],
): Record<string, string>[] {
  return values.map((value) => Object.assign({}, given, { [name]: value }));
}

/** With `*` for variables without an `enum`; `''` if there is none in the host or the port. */
function freeSource({ url, variables }: OperationServer, values: Readonly<Record<string, string>>): string {
  const [, scheme = '', authority = ''] = /^(https?):\/\/([^/?#\\@]+)/i.exec(url) ?? [];
  const filled = authority.replaceAll(/\{([^{}]*)\}/g, (variable, name: string) => values[name] ?? variable);
  if (!filled.includes('{')) return '';
  const [, host = '', port = ''] = /^(.*?)(?::([^:\]]*))?$/s.exec(filled) ?? [];
  const suffix = /^.*\}[^{}.]*(\.[^{}]+)$/s.exec(host)?.[1];
  // A variable that is the whole host has its default only.
  const ownHost = host.includes('{') ? suffix && `*${suffix}` : host;
  const isKnown = variables.length > 0 || suffix !== undefined || port !== '';
  return ownHost && isKnown ? `${scheme}://${ownHost}${port && `:${port.includes('{') ? '*' : port}`}` : '';
}
