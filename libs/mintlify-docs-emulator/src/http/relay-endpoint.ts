import type { IncomingMessage } from 'node:http';
import { readRelayOrder } from '../relay/relay-order-reader.js';
import { RelayError } from '../relay/relay-error.js';
import { sendRequest } from '../relay/relay-client.js';
import type { SendOptions } from '../relay/relay-client.js';
import type { Operation } from '../shared/operation-types.js';
import { RELAY_HEADER } from '../shared/playground-types.js';
import type { PlaygroundSettings, RelayAnswer } from '../shared/playground-types.js';
import { MAX_FILE_BYTES } from '../shared/request-body.js';
import { buildRequest } from '../shared/request-builder.js';
import type { SiteAddress } from '../site/site-address.js';
import { isOwnHost } from './own-host.js';
import { jsonReply } from './reply.js';
import type { Reply } from './reply.js';
import { isSameOrigin, readJsonBody, refusalReply } from './token-request.js';

/** The largest request to the relay, in bytes: the values, the body, and the files as base64. */
export const MAX_RELAY_BODY_BYTES = 1_048_576 + Math.ceil(MAX_FILE_BYTES / 3) * 4;
const MAX_CONCURRENT = 8;

/** What the relay needs to know of the docs. */
export interface RelayContext {
  address: SiteAddress;
  /** Of a page, by its path inside the docs. */
  settings(page: string): Promise<PlaygroundSettings>;
  /** The operation of a page, if the visitor of this request may see it. */
  findOperation(page: string): Promise<Operation | undefined>;
  /** For tests. */
  options?: Omit<SendOptions, 'signal'>;
}

/**
 * Sends the requests of the playground. Only a page of the docs may ask for it, and only for an operation of a page
 * that its visitor may see; the request is built here, from the operation and the values.
 *
 * @example
 * const relay = new RelayEndpoint();
 * sendReply(request, response, await relay.answer(request, context), headers);
 */
export class RelayEndpoint {
  private running = 0;

  /** Answers the response of the API (200), or why there is none. */
  async answer(request: IncomingMessage, context: RelayContext): Promise<Reply> {
    if (request.method !== 'POST') {
      return { ...refusalReply(405, 'method', 'Only POST is allowed.'), headers: { allow: 'POST' } };
    }
    if (!isFromDocs(request, context.address)) {
      return refusalReply(403, 'origin', 'Only pages of these docs may call this endpoint.');
    }
    if (this.running >= MAX_CONCURRENT) {
      const reply = refusalReply(503, 'busy', 'Too many requests are running. Wait for one of them.');
      return { ...reply, headers: { 'retry-after': '1' } };
    }
    this.running += 1;
    try {
      return await relay(request, context);
    } finally {
      this.running -= 1;
    }
  }
}

async function relay(request: IncomingMessage, context: RelayContext): Promise<Reply> {
  const body = await readJsonBody(request, MAX_RELAY_BODY_BYTES);
  if ('reply' in body) return body.reply;
  const order = readRelayOrder(body.value);
  if (!order) return refusalReply(400, 'body', 'The body must be {"page":"…","values":{…}}.');
  // First, so that the response says nothing of pages that the visitor may not see.
  const operation = await context.findOperation(order.page);
  if (!operation) return refusalReply(404, 'operation', 'The docs have no API operation on this page.');
  const { display } = await context.settings(order.page);
  if (display === 'none' || display === 'simple') {
    const message = 'The playground is off here: see `playground` of the page, or `api.playground.display`.';
    return refusalReply(403, 'display', message);
  }
  const built = buildRequest(operation, order.values);
  if ('problem' in built) return refusalReply(422, 'values', built.problem);
  const left = new AbortController();
  const leave = (): void => left.abort();
  request.socket.once('close', leave);
  try {
    const answer: RelayAnswer = {
      response: await sendRequest(built, { ...context.options, signal: left.signal }),
    };
    return jsonReply(200, answer);
  } catch (error) {
    if (error instanceof RelayError) return refusalReply(502, error.code, error.message);
    throw error;
  } finally {
    request.socket.off('close', leave);
  }
}

/** A header that only scripts of the same origin can send, the browser's word, and a host name that is ours. */
function isFromDocs(request: IncomingMessage, address: SiteAddress): boolean {
  return (
    request.headers[RELAY_HEADER] === 'relay' &&
    isSameOrigin(request) &&
    isOwnHost(request.headers.host, address)
  );
}
