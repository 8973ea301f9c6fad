import type { DocsMode } from './shared/docs-mode.js';
import { LoginUrlError } from './login-url-error.js';
import type { LoginUrlSource, NamedLoginUrl } from './shared/login-url-types.js';
import { parseUrl } from './shared/url-parser.js';

/** How many login URLs private docs may have (handshakes.md, section 3). */
export const MAX_LOGIN_URLS = 10;

/** The two options for login URLs, of which exactly one is set. */
export interface LoginUrlOptions {
  loginUrl?: string | LoginUrlSource;
  loginUrls?: readonly NamedLoginUrl[];
}

/**
 * Returns the current login URLs: at least one, or none with OAuth.
 *
 * @throws LoginUrlError if the option is a function, and it fails.
 * @example
 * const [first] = loginUrls();
 */
export type LoginUrls = () => readonly NamedLoginUrl[];

/**
 * Validates the login URLs of a docs site: one in personalization, one to ten named ones in authentication
 * (handshakes.md, sections 2 and 3). Strings are validated now; the result of a function each time it is
 * called.
 *
 * @returns the login URLs; `loginUrl` gets the name "Log in".
 * @throws TypeError that names the invalid option and the fix.
 * @example
 * readLoginUrls({ loginUrl: 'http://localhost:3000/docs-login' }, 'personalization');
 */
export function readLoginUrls({ loginUrl, loginUrls }: LoginUrlOptions, mode: DocsMode): LoginUrls {
  if (typeof loginUrl === 'function' && loginUrls === undefined) return () => [callFunction(loginUrl)];
  const read = readStaticUrls({ loginUrl, loginUrls }, mode);
  return () => read;
}

function readStaticUrls({ loginUrl, loginUrls }: LoginUrlOptions, mode: DocsMode): NamedLoginUrl[] {
  if (loginUrls === undefined) {
    return [{ name: 'Log in', url: requireUrl(loginUrl, 'loginUrl') }];
  }
  if (loginUrl !== undefined) throw new TypeError('Set loginUrl or loginUrls, not both.');
  if (mode === 'personalization') {
    throw new TypeError(
      'loginUrls is only for authentication. Personalization has one login URL: set loginUrl.',
    );
  }
  if (!Array.isArray(loginUrls) || loginUrls.length === 0 || loginUrls.length > MAX_LOGIN_URLS) {
    throw new TypeError(`loginUrls must be a list of one to ${MAX_LOGIN_URLS} login URLs, each with a name.`);
  }
  const read = loginUrls.map((entry: Partial<NamedLoginUrl>, index) =>
    readNamed(entry, `loginUrls[${index}]`),
  );
  const duplicate = read.find(({ name }, index) => read.findIndex((other) => other.name === name) !== index);
  if (duplicate)
    throw new TypeError(
      `loginUrls has the name "${duplicate.name}" twice. Give each login URL a unique name.`,
    );
  return read;
}

function readNamed({ name, url }: Partial<NamedLoginUrl>, option: string): NamedLoginUrl {
  if (typeof name !== 'string' || name.trim() === '') {
    throw new TypeError(`${option}.name is empty. Set it to a name that visitors see, such as Staff.`);
  }
  return { name: name.trim(), url: requireUrl(url, `${option}.url`) };
}

function callFunction(source: LoginUrlSource): NamedLoginUrl {
  try {
    return { name: 'Log in', url: requireUrl(source(), 'loginUrl') };
  } catch (cause) {
    throw new LoginUrlError(
      'The function loginUrl did not return an absolute URL. Check that the backend has started.',
      { cause },
    );
  }
}

function requireUrl(url: unknown, option: string): string {
  if (typeof url === 'string' && /^https?:$/.test(parseUrl(url)?.protocol ?? '')) return url;
  throw new TypeError(`${option} must be an absolute URL, such as http://localhost:3000/docs-login.`);
}
