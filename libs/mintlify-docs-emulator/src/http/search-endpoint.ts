import type { IncomingMessage } from 'node:http';
import type { SearchAnswer } from '../shared/search-types.js';
import type { Visitor } from '../shared/visitor-types.js';
import type { EmulatorContext } from './emulator-context.js';
import { jsonReply, textReply } from './reply.js';
import type { Reply } from './reply.js';

/** What the search endpoint needs of a request. */
export interface SearchRequest {
  /** With its `?`, or `''`. */
  query: string;
  /** `undefined` if anonymous, `'unknown'` if only the browser knows: then its `groups` parameter counts. */
  visitor: Visitor | undefined | 'unknown';
}

const MAX_GROUPS = 1000;

/**
 * Answers what a visitor finds: `?query=…`. An empty query answers at once, and makes the index meanwhile. In public docs
 * only the browser knows the visitor, and says the groups: `&groups=["admin"]`. It is not checked, because groups of public
 * docs hide pages but protect none (handshakes.md, section 2). `&page=/fr/setup` says where the reader is: results are of the
 * language and the version of that page.
 *
 * @example
 * await answerSearch(context, request, { query: '?query=key', visitor });
 */
export async function answerSearch(
  { search }: Pick<EmulatorContext, 'search'>,
  { headers }: Pick<IncomingMessage, 'headers'>,
  { query, visitor }: SearchRequest,
): Promise<Reply> {
  // Another site cannot read the answer, but could measure how long it takes.
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return textReply(403, 'Only pages of these docs may search.');
  }
  const parameters = new URLSearchParams(query);
  const text = parameters.get('query') ?? '';
  const reader = visitor === 'unknown' ? readGroups(parameters.get('groups')) : visitor;
  if (text.trim() === '') {
    // Whatever goes wrong, the first search says it.
    search.prepare(reader).catch(() => undefined);
    return jsonReply(200, { results: [] } satisfies SearchAnswer);
  }
  const page = parameters.get('page') ?? undefined;
  const results = await search.search(text, reader, undefined, page);
  return jsonReply(200, { results } satisfies SearchAnswer);
}

/** A visitor with these groups; an anonymous one if they cannot be read. */
function readGroups(text: string | null): Visitor | undefined {
  try {
    const groups: unknown = JSON.parse(text ?? '');
    if (!Array.isArray(groups) || groups.length > MAX_GROUPS) return undefined;
    return { groups: groups.filter((group) => typeof group === 'string') };
  } catch {
    return undefined;
  }
}
