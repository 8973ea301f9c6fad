import type { DocsMode } from './shared/docs-mode.js';
import { LoginUrlError } from './login-url-error.js';
import type { LoginUrlSource, NamedLoginUrl } from './shared/login-url-types.js';
import { parseUrl } from './shared/url-parser.js';

/** How many login URLs private docs may have (handshakes.md, section 3). */
export const MAX_LOGIN_URLS = 10;

/** The two options that name login URLs, of which exactly one is given. */
export interface LoginUrlOptions {
  loginUrl?: string | LoginUrlSource;
  loginUrls?: readonly NamedLoginUrl[];
}

/**
 * Gives the login URLs as they are at present: at least one; none with OAuth.
 *
 * @throws LoginUrlError when a function was given for them, and it fails.
 * @example
 * const [first] = loginUrls();
 */
export type LoginUrls = () => readonly NamedLoginUrl[];

/**
 * Reads the login URLs of a docs site: one in personalization, one to ten named ones in authentication
 * (handshakes.md, sections 2 and 3). Texts are checked now, what a function gives each time that it is asked.
 *
 * @returns what was given as `loginUrl` is named "Log in".
 * @throws TypeError that names the wrong option and its mend.
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
  if (loginUrl !== undefined) throw new TypeError('Give loginUrl or loginUrls, not both.');
  if (mode === 'personalization') {
    throw new TypeError(
      'loginUrls is for authentication: personalization has one login URL, so give loginUrl.',
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
    throw new TypeError(`loginUrls has the name "${duplicate.name}" twice: each needs a name of its own.`);
  return read;
}

function readNamed({ name, url }: Partial<NamedLoginUrl>, option: string): NamedLoginUrl {
  if (typeof name !== 'string' || name.trim() === '') {
    throw new TypeError(`${option}.name is empty: give the name that visitors choose by, such as Staff.`);
  }
  return { name: name.trim(), url: requireUrl(url, `${option}.url`) };
}

function callFunction(source: LoginUrlSource): NamedLoginUrl {
  try {
    return { name: 'Log in', url: requireUrl(source(), 'loginUrl') };
  } catch (cause) {
    throw new LoginUrlError(
      'The function given as loginUrl gave no absolute URL. Does the backend listen already?',
      { cause },
    );
  }
}

function requireUrl(url: unknown, option: string): string {
  if (typeof url === 'string' && /^https?:$/.test(parseUrl(url)?.protocol ?? '')) return url;
  throw new TypeError(`${option} must be an absolute URL, such as http://localhost:3000/docs-login.`);
}
