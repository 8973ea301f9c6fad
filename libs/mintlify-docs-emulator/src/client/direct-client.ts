import { RESPONSE_LIMITS } from '../shared/playground-types.js';
import type { RelayAnswer } from '../shared/playground-types.js';
import { fetchBody, isForm } from '../shared/request-body.js';
import type { BuiltRequest } from '../shared/request-builder.js';
import { readResponseBody } from '../shared/response-body.js';
import { explainCors } from '../shared/cors-messages.js';

const PROBE_TIMEOUT_MS = 5_000;

/**
 * Sends a request to the API from the browser, as docs with `proxy: false` do. The API must allow CORS. No cookies go
 * with it. It never rejects, except when it is aborted.
 *
 * @throws the reason of `signal` when it is aborted.
 * @example
 * const answer = await sendDirectly(built, signal);
 */
export async function sendDirectly(built: BuiltRequest, signal: AbortSignal): Promise<RelayAnswer> {
  const startedAt = performance.now();
  const timeout = AbortSignal.timeout(RESPONSE_LIMITS.timeMs);
  const { url, method, body } = built;
  const headers = sentHeaders(built);
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body !== undefined && { body: fetchBody(body) }),
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.any([signal, timeout]),
    });
    const { bytes, cut } = await readBytes(response, timeout);
    signal.throwIfAborted();
    const mediaType = (response.headers.get('content-type') ?? '').replace(/;.*$/s, '').trim().toLowerCase();
    return {
      response: {
        status: response.status,
        statusText: response.statusText,
        headers: [...response.headers],
        durationMs: Math.round(performance.now() - startedAt),
        body: readResponseBody(bytes, mediaType),
        mediaType,
        ...(cut && { cut }),
      },
    };
  } catch {
    signal.throwIfAborted();
    if (timeout.aborted) {
      const message = `The API did not respond within ${RESPONSE_LIMITS.timeMs / 1000} seconds.`;
      return { refusal: { code: 'time', message } };
    }
    const isReachable = await probe(built.target.origin, signal);
    signal.throwIfAborted();
    const message = explainCors({ docsOrigin: location.origin, method, headers, url, isReachable });
    return { refusal: { code: isReachable ? 'cors' : 'connection', message } };
  }
}

/** Pages cannot set cookies of other origins, and the browser writes the boundary of a form. */
function sentHeaders({ headers, body }: BuiltRequest): [string, string][] {
  const isParts = body !== undefined && isForm(body);
  return headers.filter(
    ([name]) => !/^cookie$/i.test(name) && !(isParts && name.toLowerCase() === 'content-type'),
  );
}

/** Whether the server responds at all: the browser lets no page read how. */
function probe(origin: string, signal: AbortSignal): Promise<boolean> {
  return fetch(origin, {
    method: 'HEAD',
    mode: 'no-cors',
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]),
  }).then(
    () => true,
    () => false,
  );
}

async function readBytes(
  response: Response,
  timeout: AbortSignal,
): Promise<{ bytes: Uint8Array; cut?: 'size' | 'time' }> {
  const chunks: Uint8Array[] = [];
  let left = RESPONSE_LIMITS.responseBytes;
  let cut: 'size' | 'time' | undefined;
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      if (done || !value) break;
      chunks.push(value.subarray(0, left));
      left -= value.length;
      if (left >= 0) continue;
      cut = 'size';
      void reader?.cancel();
      break;
    }
  } catch (error) {
    // What came in time can be seen, such as the events of a stream without an end.
    if (!timeout.aborted) throw error;
    cut = 'time';
  }
  const bytes = new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
  return { bytes, ...(cut && { cut }) };
}
