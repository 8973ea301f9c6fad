import { parseUrl } from '../options/parse-url.js';
import { DocsArrivalError, maskTokens } from './docs-arrival-error.js';
import { decodeAnchor, type DocsRedirect } from './docs-redirect-reader.js';
import type { RenderedDocsPage } from './render-docs.js';
import { readRedirect, readVisitor, type ExpectedVisitor, type VisitorChecks } from './visitor-reader.js';

/** The matchers that `expect.extend(mintlifyMatchers)` adds. */
export interface MintlifyMatchers<R = unknown> {
  /**
   * The response redirects the visitor to the docs with a token, and is not cached: 302, `no-store`, and a `Location` that
   * docs can read. The answer to a single-page app is 200, with the same as `url` of its JSON body. You can also pass only
   * the `Location` or that body: for a response of `fetch`, `await response.json()`.
   *
   * @param page the expected page, with its anchor if it has one. Default: any page
   * @example
   * ```ts
   * expect(response).toBeDocsRedirect('https://docs.foo.com/quickstart#step-one');
   * expect(anonymous).not.toBeDocsRedirect();
   * ```
   */
  toBeDocsRedirect(page?: string | URL): R;

  /**
   * The docs accept the response (a redirect with a token, or the JSON of a user-info route). The user in it has the
   * expected fields. You can also pass only the `Location` or the token. Must be awaited.
   *
   * @example
   * ```ts
   * await expect(response).toIdentify({ groups: ['admin'] }, { key });
   * ```
   */
  toIdentify(visitor: ExpectedVisitor, checks?: VisitorChecks): Promise<void>;

  /**
   * The visitor reads a text on a page of `renderDocsAs`. Line breaks and spaces are alike. A page that the visitor may not
   * read shows nothing.
   *
   * @example
   * ```ts
   * expect(await renderDocsAs(user, '/quickstart')).toShow('Hello Ada');
   * ```
   */
  toShow(text: string): R;
}

/** The parts of Jest's and Vitest's matcher context that are needed here. */
interface MatcherContext {
  readonly customTesters?: unknown[];
  equals(actual: unknown, expected: unknown, customTesters?: never[]): boolean;
  readonly utils: {
    printExpected(value: unknown): string;
    printReceived(value: unknown): string;
  };
}

interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/**
 * Matchers for Jest, and for other test runners with `expect.extend`, such as Vitest: see {@link MintlifyMatchers}. Their
 * messages never contain the token. In Jest, `import 'nestjs-mintlify-personalization/testing/jest'` adds them with their
 * types.
 *
 * @example
 * ```ts
 * expect.extend(mintlifyMatchers);
 * ```
 * @example
 * ```ts
 * // The types for Vitest, from version 3.2 on
 * declare module 'vitest' {
 *   interface Matchers<T = any> extends MintlifyMatchers<T> {}
 * }
 * ```
 */
export const mintlifyMatchers = {
  toShow(this: MatcherContext, received: unknown, text: string): MatcherResult {
    const page = requirePage(received);
    if (plain(page.text).includes(plain(text))) return passed(`Expected ${page.path} not to show ${text}.`);
    const denied = page.access === 'denied' ? ['The visitor may not read it.'] : [];
    const broken = page.fault === undefined ? [] : [`It breaks: ${page.fault}`];
    return failed(
      `Expected ${page.path} to show a text.`,
      ...denied,
      ...broken,
      `Expected: ${this.utils.printExpected(text)}`,
      `Received: ${this.utils.printReceived(page.text)}`,
    );
  },

  toBeDocsRedirect(this: MatcherContext, received: unknown, page?: string | URL): MatcherResult {
    const expected = page === undefined ? undefined : readPage(page);
    const redirect = catchArrival(() => readRedirect(received));
    if (redirect instanceof DocsArrivalError)
      return failed('Expected a redirect to the docs.', redirect.message);
    const address = addressOf(redirect);
    if (expected === undefined || expected === address) {
      return passed(`Expected no redirect to ${address}.`);
    }
    return failed(
      'The redirect leads to another page of the docs than expected.',
      `Expected: ${this.utils.printExpected(expected)}`,
      `Received: ${this.utils.printReceived(address)}`,
    );
  },

  async toIdentify(
    this: MatcherContext,
    received: unknown,
    expected: ExpectedVisitor,
    checks: VisitorChecks = {},
  ): Promise<MatcherResult> {
    const visitor = await catchArrivalLater(() => readVisitor(received, checks));
    if (visitor instanceof DocsArrivalError) {
      return failed('Expected the docs to identify the visitor.', visitor.message);
    }
    if (isSaidOf(this, expected, visitor))
      return passed('Expected the docs not to get these fields of the visitor.');
    return failed(
      'The docs get another user than expected.',
      `Expected: ${this.utils.printExpected(expected)}`,
      `Received: ${this.utils.printReceived(visitor)}`,
    );
  },
};

function requirePage(received: unknown): RenderedDocsPage {
  const { path, access, text } = Object(received) as Partial<Record<string, unknown>>;
  if ([path, access, text].every((each) => typeof each === 'string')) return received as RenderedDocsPage;
  throw new TypeError('Expected a page of renderDocsAs. Check that it was awaited.');
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function passed(text: string): MatcherResult {
  return { pass: true, message: () => maskTokens(text) };
}

function failed(...lines: string[]): MatcherResult {
  return { pass: false, message: () => maskTokens(lines.join('\n')) };
}

function isSaidOf(context: MatcherContext, expected: ExpectedVisitor, visitor: object): boolean {
  const fields = new Map<string, unknown>(Object.entries(visitor));
  return Object.entries(expected).every(([name, value]) =>
    context.equals(fields.get(name), value, (context.customTesters ?? []) as never[]),
  );
}

/** The normalized URL of a page with its anchor. */
function addressOf({ page, anchor }: Pick<DocsRedirect, 'page' | 'anchor'>): string {
  return anchor === undefined ? page : `${page}#${encodeURIComponent(anchor)}`;
}

function readPage(page: string | URL): string {
  const url = parseUrl(String(page));
  if (url === undefined) {
    throw new TypeError(
      'The page must be an absolute URL, such as https://docs.foo.com/quickstart#step-one.',
    );
  }
  const { origin, pathname, search, hash } = url;
  const address = { page: origin + pathname + search };
  return addressOf(hash === '' ? address : { ...address, anchor: decodeAnchor(hash.slice(1)) });
}

function catchArrival<T>(read: () => T): T | DocsArrivalError {
  try {
    return read();
  } catch (error) {
    if (error instanceof DocsArrivalError) return error;
    throw error;
  }
}

async function catchArrivalLater<T>(read: () => Promise<T>): Promise<T | DocsArrivalError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof DocsArrivalError) return error;
    throw error;
  }
}
