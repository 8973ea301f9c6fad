import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DiscoveryAccess } from '../docs-emulator-options.js';
import { readPageRequest, readQuestion, readSearchRequest } from './discovery-requests.js';
import type { DiscoveryQuestion } from './discovery-requests.js';
import type { Visitor } from '../shared/visitor-types.js';
import { assistantEvents } from './assistant-events.js';
import type { EmulatorContext } from './emulator-context.js';
import { jsonReply } from './reply.js';
import type { Reply } from './reply.js';
import { answerSource } from './source-endpoint.js';
import { readJsonBody } from './token-request.js';

/** A response, whole or as a stream of server-sent events. */
export type DiscoveryReply = Reply | (Omit<Reply, 'body'> & { events: readonly string[] });

const ROUTE =
  /^\/discovery\/(?<operation>v1\/search|v1\/page|v2\/assistant)\/(?<domain>[^/?#]+?)(?:\/message)?$/;
const MAX_BODY_BYTES = 1_048_576;

/**
 * Mintlify's discovery API over the docs of the emulator (handshakes.md, section 9). The groups of a request decide what it
 * finds: without groups, what is public. The assistant has no language model: it answers with what the search finds.
 *
 * @example
 * const reply = await new DiscoveryEndpoint(context, { domain: 'acme', apiKey }).answer(request);
 */
export class DiscoveryEndpoint {
  private readonly keyHash: Buffer;
  /** Makes the keys of threads, so that none needs to be kept. */
  private readonly threadSecret = randomBytes(32);

  constructor(
    private readonly context: EmulatorContext,
    private readonly access: DiscoveryAccess,
  ) {
    this.keyHash = hashOf(`Bearer ${access.apiKey}`);
  }

  /** @returns `undefined` for a request that is not for the API. */
  async answer(request: IncomingMessage): Promise<DiscoveryReply | undefined> {
    if (request.method !== 'POST' || !request.url?.startsWith('/discovery/')) return undefined;
    if (!timingSafeEqual(hashOf(request.headers.authorization ?? ''), this.keyHash)) {
      return failure(401, 'The API key is missing or wrong. Use the one of the option discovery.');
    }
    const { operation, domain } = ROUTE.exec(request.url)?.groups ?? {};
    if (operation === undefined) return failure(404, 'The discovery API has no such path.');
    if (domain !== this.access.domain) return failure(404, 'There are no docs with this domain.');
    const body = await readJsonBody(request, MAX_BODY_BYTES);
    if ('reply' in body) return body.reply;
    if (operation === 'v1/search') return this.search(body.value);
    return operation === 'v1/page' ? this.page(body.value) : this.ask(body.value);
  }

  private async search(body: unknown): Promise<DiscoveryReply> {
    const asked = readSearchRequest(body);
    if ('problem' in asked) return failure(400, asked.problem);
    const { query, pageSize, groups } = asked;
    const passages = await this.context.search.findPassages(query, visitorOf(groups), pageSize);
    const results = passages.map(({ path, title, heading, text }) => ({
      content: text === '' ? heading : text,
      path,
      metadata: { title, heading },
    }));
    return jsonReply(200, results);
  }

  private async page(body: unknown): Promise<DiscoveryReply> {
    const asked = readPageRequest(body);
    if ('problem' in asked) return failure(400, asked.problem);
    const path = `/${asked.path.replace(/[?#].*$/s, '').replaceAll(/^\/+|\/+$|\.mdx?$/g, '')}`;
    const page = await this.context.search.findPage(path, visitorOf(asked.groups));
    if (!page) return failure(404, 'The docs have no such page, or not for these groups.');
    const { operation, title, description } = page;
    // A page that is made of an operation has no file.
    if (page.absolutePath === '') {
      const content = [`# ${title}`, description, operation && `${operation.method} ${operation.path}`];
      return jsonReply(200, { path: asked.path, content: content.filter(Boolean).join('\n\n') });
    }
    const { status, body: content } = await answerSource(this.context, `/${page.file}`);
    if (status !== 200) return failure(404, 'The docs have no such page, or not for these groups.');
    return jsonReply(200, { path: asked.path, content });
  }

  private async ask(body: unknown): Promise<DiscoveryReply> {
    const asked = readQuestion(body);
    if ('problem' in asked) return failure(400, asked.problem);
    const thread = this.threadOf(asked);
    if (!thread) return failure(404, 'There is no such thread, or threadKey is not its key.');
    const { question, pageSize, groups } = asked;
    const passages = await this.context.search.findPassages(question, visitorOf(groups), pageSize);
    return {
      status: 200,
      type: 'text/event-stream',
      headers: {
        'cache-control': 'no-store',
        'x-vercel-ai-ui-message-stream': 'v1',
        'x-thread-id': thread.id,
        // Only at the start of a thread.
        ...(asked.threadId === undefined && { 'x-thread-key': thread.key }),
      },
      events: assistantEvents(passages, randomUUID()),
    };
  }

  private threadOf({ threadId, threadKey }: DiscoveryQuestion): { id: string; key: string } | undefined {
    const id = threadId ?? randomUUID();
    const key = createHmac('sha256', this.threadSecret).update(id).digest('base64url');
    return threadId === undefined || threadKey === key ? { id, key } : undefined;
  }
}

/** Sends a reply: events one by one, as long as the client listens. */
export async function sendDiscoveryReply(
  response: ServerResponse,
  reply: DiscoveryReply,
  headers: Record<string, string>,
): Promise<void> {
  response.writeHead(reply.status, { ...headers, 'content-type': reply.type, ...reply.headers });
  if ('body' in reply) {
    response.end(reply.body);
    return;
  }
  for (const event of reply.events) {
    if (response.destroyed) return;
    response.write(`data: ${event}\n\n`);
    // Each in a packet of its own, as an answer that is still being written.
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
}

/** On protected docs, no groups are the same as no login. */
function visitorOf(groups: string[]): Visitor | undefined {
  return groups.length === 0 ? undefined : { groups };
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function failure(status: number, message: string): Reply {
  return jsonReply(status, { message });
}
