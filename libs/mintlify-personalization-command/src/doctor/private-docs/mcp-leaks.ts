import { fail, pass, skip, type Finding } from '../finding.js';
import type { Ask } from './docs-client.js';
import { skillsIn } from './list-leaks.js';
import { verdictOf, type SiteReader } from './site-reader.js';
import { lettersOf, textIn } from './withheld-content.js';

const PROTOCOL = '2025-06-18';
const MAX_SEARCHES = 5;
const CHECK = 'anonymous-mcp';

interface Tool {
  readonly name?: unknown;
  readonly inputSchema?: { readonly properties?: Readonly<Record<string, unknown>> };
}

/** The MCP servers of the docs, as an anonymous client: `/mcp` is for public pages, `/authed/mcp` asks for a login. */
export async function* checkMcp(reader: SiteReader): AsyncIterable<Finding> {
  const { ask, pages, folder, skills } = reader;
  const authed = await connect(ask, '/authed/mcp');
  yield authed === undefined
    ? pass('anonymous-authed-mcp', '/authed/mcp asks for a login.')
    : fail(
        'anonymous-authed-mcp',
        'Anyone can connect to /authed/mcp.',
        'Turn authentication of the MCP server on in the dashboard, and let no proxy answer for it.',
      );
  const call = await connect(ask, '/mcp');
  if (call === undefined) {
    yield pass(CHECK, 'An anonymous client cannot connect to /mcp.');
    return;
  }
  const resources = await call('resources/list', {});
  const leaks =
    resources === undefined ? [] : skillsIn({ ...EMPTY, text: JSON.stringify(resources) }, skills);
  const { tools } = ((await call('tools/list', {})) ?? {}) as { tools?: readonly Tool[] };
  const search = Array.isArray(tools) ? tools.find(isSearch) : undefined;
  if (search === undefined && leaks.length === 0) {
    yield skip(CHECK, 'Unverified: /mcp answers anyone, and has no search tool that could be tried.');
    return;
  }
  for (const { label, phrases } of pages.slice(0, search === undefined ? 0 : MAX_SEARCHES)) {
    const query = folder.pages.find(({ path }) => path === label)?.title ?? label;
    const result = JSON.stringify(
      (await call('tools/call', { name: search?.name, arguments: { query } })) ?? '',
    );
    // A result may repeat the query.
    const own = phrases.filter((phrase) => !lettersOf(query).includes(phrase));
    if (textIn(result, [{ label, phrases: own, title: '' }]).length > 0) leaks.push(label);
    leaks.push(
      ...textIn(
        result,
        pages.filter((page) => page.label !== label),
      ).map((page) => page.label),
    );
  }
  yield verdictOf(reader, leaks, {
    check: 'mcp',
    what: 'withheld content through the MCP server at /mcp',
    passed: 'Searches at /mcp find nothing of withheld pages.',
    fix: 'Look at Settings, Security & access, MCP in the dashboard, and deploy the folder again.',
  });
}

const EMPTY = { status: 200, type: 'application/json', headers: new Headers() } as const;

type Call = (method: string, params: object) => Promise<unknown>;

/** Opens a session (MCP, "Streamable HTTP"); `undefined` if the server does not let this client in. */
async function connect(ask: Ask, path: string): Promise<Call | undefined> {
  let session: string | undefined;
  const send = async (message: object) => {
    const answer = await ask(path, {
      method: 'POST',
      headers: {
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        ...(session !== undefined && { 'mcp-session-id': session, 'mcp-protocol-version': PROTOCOL }),
      },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    });
    session ??= answer?.headers.get('mcp-session-id') ?? undefined;
    return answer?.status === 200 ? resultOf(answer.text) : undefined;
  };
  const clientInfo = { name: 'mintlify-personalization-doctor', version: '1' };
  const params = { protocolVersion: PROTOCOL, capabilities: {}, clientInfo };
  if ((await send({ id: 1, method: 'initialize', params })) === undefined) return undefined;
  await send({ method: 'notifications/initialized' });
  let id = 1;
  return (method, given) => send({ id: (id += 1), method, params: given });
}

/** The result of a JSON-RPC answer, alone or in a stream of events. */
function resultOf(text: string): unknown {
  const data = text.split(/\r?\n/).flatMap((line) => (line.startsWith('data:') ? [line.slice(5)] : []));
  for (const each of data.length > 0 ? data : [text]) {
    try {
      const { result } = JSON.parse(each) as { result?: unknown };
      if (typeof result === 'object' && result !== null) return result;
    } catch {
      // Not JSON: no answer of an MCP server.
    }
  }
  return undefined;
}

function isSearch({ name, inputSchema }: Tool): boolean {
  return typeof name === 'string' && /search/i.test(name) && inputSchema?.properties?.query !== undefined;
}
