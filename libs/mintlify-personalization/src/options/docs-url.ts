import type { MintlifyPersonalizationError } from '../errors.js';
import { invalidOptionError } from './invalid-option-error.js';
import { parseUrl } from './parse-url.js';

/** @internal The parts of a docs site's URL. */
export interface DocsLocation {
  /** Scheme, host and port. */
  readonly origin: string;
  /** The host name only. */
  readonly host: string;
  /** Without a slash at the end; empty at the root. */
  readonly basePath: string;
}

/**
 * Parses `docsUrl`, and throws if it cannot be the URL of a docs site.
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
      'Set scheme and host, for example "https://docs.foo.com".',
    );
  }
  assertSecure('docsUrl', url);
  if (url.username !== '' || url.password !== '') {
    throw invalidDocsUrl('contains a user name or a password', 'Remove it.');
  }
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text)) {
    throw invalidDocsUrl('has a query or a fragment', 'Set only origin and base path.');
  }
  // For a browser, "foo.com." and "foo.com" are different sites.
  if (url.hostname.endsWith('.')) {
    throw invalidDocsUrl('has a host that ends with a dot', 'Remove the dot: "https://docs.foo.com".');
  }
  const basePath = url.pathname.replace(/\/+$/, '');
  if (/\/\/|[\\%]/.test(basePath)) {
    throw invalidDocsUrl(
      'has a base path with an empty segment or an escape',
      'Use a plain path, for example "https://foo.com/docs".',
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
  if (docsUrl instanceof URL) throw invalidDocsUrl('is a URL object', 'Pass the string: url.href.');
  throw invalidDocsUrl('is not a string', `Set it to the URL of your docs, ${example}.`);
}

/**
 * Throws unless the scheme is `https`, or `http` on this machine.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function assertSecure(option: string, url: URL): void {
  if (isSecure(url)) return;
  throw invalidOptionError(
    option,
    'must start with https:// (http:// only for localhost), or tokens would be sent unencrypted',
    'Use TLS, or localhost.',
  );
}

/** @internal Whether what is sent to a URL is safe from eavesdroppers: `https`, or `http` on this machine. */
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
