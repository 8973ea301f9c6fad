import { request as requestHttp } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { RESPONSE_LIMITS } from '../shared/playground-types.js';
import type { RelayedResponse, ResponseLimits } from '../shared/playground-types.js';
import { fetchBody, isForm } from '../shared/request-body.js';
import type { RequestBody } from '../shared/request-body.js';
import type { BuiltRequest } from '../shared/request-builder.js';
import { readResponseBody } from '../shared/response-body.js';
import { isRecord } from '../shared/type-guards.js';
import { isReachable } from './address-rules.js';
import { checkedLookup, refusedAddress, systemResolver } from './checked-lookup.js';
import type { AddressResolver } from './checked-lookup.js';
import { RelayError } from './relay-error.js';
import { responseHeaders } from './response-reader.js';

const UNPACKERS: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** How to send a request. */
export interface SendOptions {
  /** Ends the request, for a visitor who left. */
  signal: AbortSignal;
  limits?: ResponseLimits;
  /** For tests. Default: the operating system. */
  resolve?: AddressResolver;
}

/**
 * Sends a request to an API: to a checked address, without following redirects, within limits. It logs nothing.
 *
 * @throws RelayError if there is no response; its message never contains a header or a body.
 * @example
 * const response = await sendRequest(built, { signal });
 */
export async function sendRequest(
  built: BuiltRequest,
  { signal, limits = RESPONSE_LIMITS, resolve = systemResolver }: SendOptions,
): Promise<RelayedResponse> {
  const startedAt = performance.now();
  const timeout = AbortSignal.timeout(limits.timeMs);
  const packed = built.body === undefined ? undefined : await packBody(built.body);
  const client = open({ ...built, packed }, AbortSignal.any([signal, timeout]), resolve);
  try {
    const response = await respond(client, packed?.bytes);
    const { chunks, cut } = await readBody(response, limits.responseBytes, timeout);
    signal.throwIfAborted();
    const { mediaType, headers } = responseHeaders(response.rawHeaders);
    return {
      status: response.statusCode ?? 0,
      statusText: response.statusMessage ?? '',
      headers,
      durationMs: Math.round(performance.now() - startedAt),
      body: readResponseBody(Buffer.concat(chunks), mediaType, toBase64),
      mediaType,
      ...(cut && { cut }),
    };
  } catch (error) {
    throw explain(error, built, timeout.aborted ? limits.timeMs : undefined);
  } finally {
    client.destroy();
  }
}

interface PackedBody {
  bytes: Uint8Array;
  /** With its boundary, for the parts of a form. */
  contentType?: string;
}

/** As `fetch` sends it. */
async function packBody(body: RequestBody): Promise<PackedBody> {
  const packed = new Response(fetchBody(body));
  const contentType = isForm(body) ? packed.headers.get('content-type') : null;
  return { bytes: new Uint8Array(await packed.arrayBuffer()), ...(contentType !== null && { contentType }) };
}

function open(
  { url, method, headers, packed, target }: BuiltRequest & { packed: PackedBody | undefined },
  signal: AbortSignal,
  resolve: AddressResolver,
): ClientRequest {
  // No lookup is made for an address.
  if (isIP(target.hostName) !== 0 && !isReachable(target.hostName, target)) {
    throw refusedAddress(target.hostName, target.hostName);
  }
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  const fixed: [string, string][] = [
    ['User-Agent', 'mintlify-docs-emulator'],
    ['Accept-Encoding', 'identity'],
  ];
  if (!headers.some(([name]) => name.toLowerCase() === 'accept')) fixed.push(['Accept', '*/*']);
  if (packed) fixed.push(['Content-Length', String(packed.bytes.length)]);
  const own = packed?.contentType === undefined ? [] : [['Content-Type', packed.contentType]];
  return send(url, {
    method,
    // Each header once: the request's own come last, and win.
    headers: Object.fromEntries([...fixed, ...headers, ...own]),
    lookup: checkedLookup(target, resolve),
    // A connection of its own, so that its address was checked for this request.
    agent: false,
    signal,
  });
}

function respond(client: ClientRequest, body: Uint8Array | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    client.once('response', resolve);
    client.on('error', reject);
    // A switch of protocols is no response that the playground can show.
    client.once('upgrade', () =>
      reject(new RelayError('connection', 'The API switched to another protocol.')),
    );
    client.end(body);
  });
}

async function readBody(
  response: IncomingMessage,
  maxBytes: number,
  timeout: AbortSignal,
): Promise<{ chunks: Buffer[]; cut?: RelayedResponse['cut'] }> {
  const chunks: Buffer[] = [];
  let left = maxBytes;
  const packing = response.headers['content-encoding']?.trim().toLowerCase() ?? '';
  const unpack = Object.hasOwn(UNPACKERS, packing) ? UNPACKERS[packing]?.() : undefined;
  const source = unpack ? pipeline(response, unpack, () => undefined) : response;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, left));
      left -= chunk.length;
      if (left < 0) return { chunks, cut: 'size' };
    }
  } catch (error) {
    // What came in time can be seen, such as the events of a stream without an end.
    if (timeout.aborted) return { chunks, cut: 'time' };
    throw error;
  }
  return { chunks };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function explain(error: unknown, { target }: BuiltRequest, timeoutMs: number | undefined): RelayError {
  if (error instanceof RelayError) return error;
  const options = { cause: error };
  if (timeoutMs !== undefined) {
    return new RelayError('time', `The API did not respond within ${timeoutMs / 1000} seconds.`, options);
  }
  // Not by `instanceof`: several failed addresses are one AggregateError.
  const code = isRecord(error) && typeof error.code === 'string' ? error.code : '';
  const reason =
    code === 'ECONNREFUSED' ? 'refused the connection. Check that it is running' : 'could not be reached';
  const detail = /^[A-Z_\d]{3,40}$/.test(code) && code !== 'ECONNREFUSED' ? ` (${code})` : '';
  return new RelayError('connection', `The API at ${target.origin} ${reason}${detail}.`, options);
}
