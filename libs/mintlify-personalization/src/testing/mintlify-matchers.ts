import { parseUrl } from '../options/parse-url.js';
import { DocsArrivalError, maskTokens } from './docs-arrival-error.js';
import { decodeAnchor, type DocsRedirect } from './docs-redirect-reader.js';
import { readRedirect, readVisitor, type ExpectedVisitor, type VisitorChecks } from './visitor-reader.js';

/** The matchers that `expect.extend(mintlifyMatchers)` adds. */
export interface MintlifyMatchers<R = unknown> {
  /**
   * The answer sends the visitor to the docs with a token, and no cache keeps it: 302, `no-store`, and a `Location` in one
   * of the forms that docs read. A `Location` alone will do.
   *
   * @param page where it must lead, with the anchor where there is one; default: anywhere
   * @example
   * ```ts
   * expect(response).toBeDocsRedirect('https://docs.foo.com/quickstart#step-one');
   * expect(anonymous).not.toBeDocsRedirect();
   * ```
   */
  toBeDocsRedirect(page?: string | URL): R;

  /**
   * The docs take what the answer tells them, a token or the JSON of a user-info route, and it says this of the visitor:
   * each field that is named is equal. A `Location` or a token alone will do. To be awaited.
   *
   * @example
   * ```ts
   * await expect(response).toIdentify({ groups: ['admin'] }, { key });
   * ```
   */
  toIdentify(visitor: ExpectedVisitor, checks?: VisitorChecks): Promise<void>;
}

/** What of Jest's and of Vitest's matcher context is needed here. */
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
 * Matchers for Jest, and for any `expect` that extends as Jest's does, such as Vitest's: see {@link MintlifyMatchers}. What
 * they print when they fail never holds the token. In Jest, `import 'nestjs-mintlify-personalization/testing/jest'` adds
 * them, and their types.
 *
 * @example
 * ```ts
 * expect.extend(mintlifyMatchers);
 * ```
 * @example
 * ```ts
 * // Vitest, from 3.2 on: their types
 * declare module 'vitest' {
 *   interface Matchers<T = any> extends MintlifyMatchers<T> {}
 * }
 * ```
 */
export const mintlifyMatchers = {
  toBeDocsRedirect(this: MatcherContext, received: unknown, page?: string | URL): MatcherResult {
    const expected = page === undefined ? undefined : readPage(page);
    const redirect = catchArrival(() => readRedirect(received));
    if (redirect instanceof DocsArrivalError)
      return failed('A redirect to the docs was expected.', redirect.message);
    const address = addressOf(redirect);
    if (expected === undefined || expected === address) {
      return passed(`The visitor was not to be sent to ${address}, and is.`);
    }
    return failed(
      'The visitor is sent to another page of the docs than expected.',
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
      return failed('The docs were to learn who the visitor is.', visitor.message);
    }
    if (isSaidOf(this, expected, visitor))
      return passed('The docs were not to learn this of the visitor, and do.');
    return failed(
      'The docs learn something else of the visitor than expected.',
      `Expected: ${this.utils.printExpected(expected)}`,
      `Received: ${this.utils.printReceived(visitor)}`,
    );
  },
};

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

/** The page with its anchor, written in one way whatever way it came. */
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
