import { discoveryUnavailable } from './discovery-errors.js';
import type { DocsPage, DocsSearchResult } from './discovery-types.js';

const CONTENT_TYPE = /^(?:text\/event-stream|text\/plain|application\/json) *(?:;|$)/i;
const HEADERS = ['x-thread-id', 'x-thread-key', 'x-vercel-ai-ui-message-stream', 'x-vercel-ai-data-stream'];
/** Seconds, or a date (RFC 9110, section 5.6.7). */
const RETRY_AFTER = /^(?:\d{1,7}|[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT)$/;

/** @internal @throws MintlifyPersonalizationError `discovery_unavailable` */
export function readResults(answer: unknown): DocsSearchResult[] {
  if (!Array.isArray(answer)) throw unreadable('results');
  return (answer as unknown[]).map((result) => {
    const { content, path, metadata } = Object(result) as Partial<Record<string, unknown>>;
    if (typeof content !== 'string' || typeof path !== 'string') throw unreadable('results');
    return { content, path, metadata: isRecord(metadata) ? metadata : {} };
  });
}

/** @internal @throws MintlifyPersonalizationError `discovery_unavailable` */
export function readPageAnswer(answer: unknown, asked: string): DocsPage {
  const { content, path = asked } = Object(answer) as Partial<Record<string, unknown>>;
  if (typeof content === 'string' && typeof path === 'string') return { path, content };
  throw unreadable('page');
}

/**
 * A type that no browser runs as a page or a script of the host app.
 *
 * @internal
 */
export function readContentType(headers: Headers): string {
  const type = headers.get('content-type') ?? '';
  return CONTENT_TYPE.test(type) ? type : 'text/plain; charset=utf-8';
}

/** @internal The headers of an answer that pages need. */
export function readAnswerHeaders(headers: Headers): Readonly<Record<string, string>> {
  const found = HEADERS.map((name) => [name, headers.get(name)] as const);
  return Object.fromEntries(found.filter((entry): entry is readonly [string, string] => entry[1] !== null));
}

/** @internal `Retry-After`, if it is what the standard says. */
export function readRetryAfter(headers: Headers): string | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  return RETRY_AFTER.test(value) ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(what: string): Error {
  return discoveryUnavailable(`sent no ${what} in its documented format`);
}
