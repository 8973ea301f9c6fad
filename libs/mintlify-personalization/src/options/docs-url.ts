import type { MintlifyPersonalizationError } from '../errors.js';
import { invalidOptionError } from './invalid-option-error.js';
import { parseUrl } from './parse-url.js';

/** @internal Where a docs site is. */
export interface DocsLocation {
  /** Scheme, host and port. */
  readonly origin: string;
  /** The host name alone. */
  readonly host: string;
  /** Without a slash at its end; empty at the root. */
  readonly basePath: string;
}

/**
 * Parses `docsUrl` and refuses what could not be the URL of a docs site.
 *
 * @internal
 * @returns frozen
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function parseDocsUrl(docsUrl: unknown): DocsLocation {
  const text = readText(docsUrl);
  const url = parseUrl(text);
  if (url === undefined) {
    throw invalidDocsUrl(
      'is not an absolute URL',
      'Give scheme and host, for example "https://docs.foo.com".',
    );
  }
  assertSecure('docsUrl', url);
  if (url.username !== '' || url.password !== '') {
    throw invalidDocsUrl('holds a user name or password', 'Take it out.');
  }
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text)) {
    throw invalidDocsUrl('has a query or a fragment', 'Give origin and base path only.');
  }
  // To a browser, "foo.com." is another site than "foo.com".
  if (url.hostname.endsWith('.')) {
    throw invalidDocsUrl('has a host that ends with a dot', 'Take the dot away: "https://docs.foo.com".');
  }
  const basePath = url.pathname.replace(/\/+$/, '');
  if (/\/\/|[\\%]/.test(basePath)) {
    throw invalidDocsUrl(
      'has a base path with an empty segment or an escape',
      'Give a plain path, for example "https://foo.com/docs".',
    );
  }
  return Object.freeze({ origin: url.origin, host: url.hostname, basePath });
}

function readText(docsUrl: unknown): string {
  const example = 'for example "https://docs.foo.com"';
  if (docsUrl === undefined || docsUrl === null || (typeof docsUrl === 'string' && docsUrl.trim() === '')) {
    throw invalidDocsUrl('is missing or empty', `Set it to the URL of your docs, ${example}.`);
  }
  if (typeof docsUrl === 'string') return docsUrl;
  if (docsUrl instanceof URL) throw invalidDocsUrl('is a URL object', 'Give its text: url.href.');
  throw invalidDocsUrl('is not a text', `Give the URL of your docs as a text, ${example}.`);
}

/**
 * Refuses any scheme but `https`, save `http` to this machine itself.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function assertSecure(option: string, url: URL): void {
  if (isSecure(url)) return;
  throw invalidOptionError(
    option,
    'must start with https:// (http:// only for localhost), or tokens would cross the network in the clear',
    'Put the site behind TLS, or use localhost.',
  );
}

/** @internal Whether no one on the way can read what is sent to a URL: `https`, or `http` to this machine itself. */
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

function invalidDocsUrl(problem: string, fix: string): MintlifyPersonalizationError {
  return invalidOptionError('docsUrl', problem, fix);
}
