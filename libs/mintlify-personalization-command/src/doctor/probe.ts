import { parseUrl } from '../../../mintlify-personalization/src/options/parse-url.js';
import { fail, type Finding } from './finding.js';

/** An answer of the backend, or why there was none. */
export interface Probe {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A request that the backend did not answer. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** What is sent. */
export interface ProbeRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
}

/** A site that has no business on the routes (RFC 2606, section 2). */
export const OTHER_SITE = 'https://elsewhere.example';

const MAX_BODY_CHARACTERS = 200_000;

/**
 * Asks the backend, and follows no redirect.
 *
 * @throws NoAnswerError with Node's code for the reason, such as `ECONNREFUSED`
 */
export async function probe(
  url: URL,
  { method = 'GET', headers = {}, body: sent, timeoutMs }: ProbeRequest,
): Promise<Probe> {
  try {
    const response = await fetch(url, {
      method,
      headers: { accept: 'text/html, application/json;q=0.9', ...headers },
      redirect: 'manual',
      ...(sent !== undefined && { body: sent }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = await response.text();
    return { status: response.status, headers: response.headers, body: body.slice(0, MAX_BODY_CHARACTERS) };
  } catch (error) {
    const { cause, name } = error as { cause?: { code?: unknown; message?: unknown }; name?: unknown };
    // Fetch refuses some ports without a code (Fetch standard, section 2.9).
    const isPort = cause?.message === 'bad port';
    const reason = isPort ? 'a port that clients refuse' : cause?.code;
    throw new NoAnswerError(typeof reason === 'string' ? reason : String(name), { cause: error });
  }
}

/** What is found where the backend answers; a problem where, after other requests, it does not. */
export async function whenAnswered(
  check: string,
  what: string,
  find: () => Promise<Finding>,
): Promise<Finding> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error;
    return fail(
      check,
      `There is no answer to ${what} (${error.message}).`,
      'The log of the backend tells more. Does something in front hold the request back?',
    );
  }
}

/** Where a page is, without what may be a token in its path. */
export function describePlace({ origin, pathname }: URL): string {
  return origin + pathname.replaceAll(/[\w-]{8,}\.[\w-]{8,}\.[\w-]{20,}/g, '…');
}

/** The address of a page, asked for on a route. */
export function withQuery(url: URL, parameters: Readonly<Record<string, string>>): URL {
  const asked = new URL(url);
  for (const [name, value] of Object.entries(parameters)) asked.searchParams.set(name, value);
  return asked;
}

/** The address that a redirect leads to, or `undefined` where it leads nowhere. */
export function locationOf({ headers }: Probe, url: URL): URL | undefined {
  const location = headers.get('location');
  return location === null ? undefined : parseUrl(location, url.href);
}

/** The code that the library gives with an error, for a message. */
export function codeOf({ body }: Probe): string {
  try {
    const { code } = JSON.parse(body) as { code?: unknown };
    return typeof code === 'string' && /^[a-z_]{1,40}$/.test(code) ? ` (${code})` : '';
  } catch {
    return '';
  }
}
