import { MintlifyPersonalizationError } from '../errors.js';
import { parseUrl } from './parse-url.js';

/**
 * Parses `docsUrl` and refuses what could not be the address of a docs site.
 *
 * @internal
 * @returns origin, host name, and base path without a trailing slash
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function parseDocsUrl(docsUrl: unknown): { origin: string; host: string; basePath: string } {
  if (typeof docsUrl !== 'string' || docsUrl.trim() === '') {
    throw refusal(
      'is missing or empty',
      'Give the address of your docs, for example "https://docs.foo.com".',
    );
  }
  const url = parseUrl(docsUrl);
  if (url === undefined) {
    throw refusal('is not an absolute URL', 'Give scheme and host, for example "https://docs.foo.com".');
  }
  assertSecure('docsUrl', url);
  if (url.username !== '' || url.password !== '') {
    throw refusal('holds a user name or password', 'Take it out.');
  }
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(docsUrl)) {
    throw refusal('has a query or a fragment', 'Give origin and base path only.');
  }
  const basePath = url.pathname.replace(/\/+$/, '');
  if (/\/\/|[\\%]/.test(basePath)) {
    throw refusal(
      'has a base path with an empty segment or an escape',
      'Give a plain path, for example "https://foo.com/docs".',
    );
  }
  return { origin: url.origin, host: url.hostname, basePath };
}

/**
 * Refuses any scheme but `https`, save `http` to this machine itself.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function assertSecure(option: string, url: URL): void {
  if (isSecure(url)) return;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    `${option} must start with https:// (http:// only for localhost), or tokens would cross the network in the clear. ` +
      'Put the site behind TLS, or use localhost.',
  );
}

/** @internal Whether what is sent to a URL is read by nobody on the way: `https`, or `http` to this machine itself. */
export function isSecure({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}

function refusal(what: string, mend: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_option', `docsUrl ${what}. ${mend}`);
}
