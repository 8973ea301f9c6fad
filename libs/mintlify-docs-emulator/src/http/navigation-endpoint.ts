import type { EmulatorContext } from './emulator-context.js';
import type { PageReader } from './page-reader.js';
import type { Reply } from './reply.js';

const YEAR_SECONDS = 31_536_000;
const DAY_SECONDS = 86_400;

/**
 * Answers the navigation of the visitor who asks, whatever name is asked for. Browsers keep it only if the name is the one
 * that the visitor's pages name now, so what is kept never changes, and in private docs it belongs to one session.
 *
 * @param name such as `Jq…3w.json`.
 * @throws SiteError when docs.json cannot be read.
 * @example
 * sendReply(request, response, await answerNavigation(context, 'Jq…3w.json', {}));
 */
export async function answerNavigation(
  { sites, navigations, mode }: EmulatorContext,
  name: string,
  reader: PageReader,
): Promise<Reply> {
  const navigation = navigations.of(await sites.read(), reader);
  const lifetime =
    mode === 'authentication' ? `private, max-age=${DAY_SECONDS}` : `public, max-age=${YEAR_SECONDS}`;
  return {
    status: 200,
    type: 'application/json; charset=utf-8',
    body: navigation.json,
    ...(name === navigation.name && { headers: { 'cache-control': `${lifetime}, immutable` } }),
  };
}
