// Runs in browsers, and imports nothing: neither packages nor the rest of this library.

/** The page's own address. The library is compiled without the types of the DOM. */
declare const location: { readonly search: string; readonly hash: string; replace(url: string): void };

/** The options of {@link openDocs}. */
export interface OpenDocsOptions {
  /** The URL of the docs login of your backend: `https://api.foo.com/docs-login`. */
  readonly endpoint: string;
  /** The visitor's access token, without `Bearer`. */
  readonly accessToken: string;
  /** The origin of your docs: `https://docs.foo.com`. If it is set, the visitor is not sent anywhere else. */
  readonly docsOrigin?: string;
}

/** The visitor could not be sent to the docs. The message contains neither the access token nor that of the docs. */
export class OpenDocsError extends Error {
  override readonly name: string = 'OpenDocsError';

  constructor(
    message: string,
    /** The HTTP status of the answer. Absent if there was none: the network, or CORS. */
    readonly status?: number,
    /** The code of the error, such as `'overloaded'`, if the answer has one. */
    readonly code?: string,
  ) {
    super(message);
  }
}

/**
 * No one is logged in: the access token is missing, expired or unknown to your backend (401). Show your login, come back
 * to the same address, and call {@link openDocs} again.
 */
export class NotLoggedInError extends OpenDocsError {
  override readonly name = 'NotLoggedInError';
}

/**
 * Sends the visitor to the docs. Call it on the page of your app that is the **Login URL** of the docs.
 *
 * It reads `redirect` and `anchor` from the address of the page, also from the query of a hash route
 * (`/#/docs-login?redirect=…`), or from the path in `returnTo` if your backend sent the visitor to the page. It posts them to your backend with the access token and without cookies, and replaces the
 * page by the docs.
 *
 * @throws NotLoggedInError if your backend does not know the visitor, or `accessToken` is empty
 * @throws OpenDocsError if anything else fails
 * @example
 * ```ts
 * try {
 *   await openDocs({ endpoint: 'https://api.foo.com/docs-login', accessToken: session.accessToken });
 * } catch (error) {
 *   if (!(error instanceof NotLoggedInError)) throw error;
 *   sessionStorage.setItem('afterLogin', location.href);
 *   location.assign('/login');
 * }
 * ```
 */
export async function openDocs({ endpoint, accessToken, docsOrigin }: OpenDocsOptions): Promise<void> {
  if (!accessToken) throw new NotLoggedInError('No one is logged in.', 401);
  const response = await post(endpoint, accessToken);
  const { status, ok } = response;
  const answer = await readJson(response);
  if (status === 401) throw new NotLoggedInError('No one is logged in.', status, answer.code);
  if (!ok) throw new OpenDocsError(`The docs login failed with ${status}.`, status, answer.code);
  const url = parse(answer.url);
  const isAllowed = docsOrigin === undefined || url?.origin === parse(docsOrigin)?.origin;
  if (!url || !/^https?:$/.test(url.protocol) || !isAllowed) {
    throw new OpenDocsError('The docs login did not answer with a URL of the docs.', status);
  }
  location.replace(url.href);
}

async function post(endpoint: string, accessToken: string): Promise<Response> {
  try {
    return await fetch(endpoint, {
      method: 'POST',
      headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(readAddress()),
      credentials: 'omit',
      redirect: 'error',
    });
  } catch {
    throw new OpenDocsError('The docs login cannot be reached, or it does not allow this origin.');
  }
}

/** What the docs added to the address of the page. */
function readAddress(): Record<string, string> {
  const queries = [location.search, location.hash].map(readQuery);
  // `GET /docs-login` sends anonymous visitors to `loginUrl` with its own path and query.
  queries.push(...queries.map((query) => readQuery(query.get('returnTo') ?? '')));
  const found: Record<string, string> = {};
  for (const name of ['redirect', 'anchor']) {
    const value = queries.map((query) => query.get(name)).find(Boolean);
    if (value) found[name] = value;
  }
  return found;
}

function readQuery(path: string): URLSearchParams {
  return new URLSearchParams(path.replace(/^[^?]*/, ''));
}

async function readJson(response: Response): Promise<{ url?: string; code?: string }> {
  try {
    return Object((await response.json()) as unknown) as object;
  } catch {
    return {};
  }
}

function parse(url: string | undefined): URL | undefined {
  try {
    return new URL(url as string);
  } catch {
    return undefined;
  }
}
