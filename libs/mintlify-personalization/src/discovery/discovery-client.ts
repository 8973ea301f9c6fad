import { nameTenant } from '../errors.js';
import type { ResolvedDiscoverySettings } from '../options/discovery-settings.js';
import { readAnswerHeaders, readContentType, readRetryAfter } from './discovery-answers.js';
import {
  discoveryInvalid,
  DiscoveryRateLimitError,
  discoveryRefused,
  discoveryTimeout,
  discoveryUnavailable,
} from './discovery-errors.js';
import type { ResolvedDiscoveryLimits } from './discovery-options.js';
import type { DocsAnswer } from './discovery-types.js';
import { boundStream } from './bound-stream.js';

/** @internal The docs site that is asked, and for how long. */
export interface DiscoveryTarget {
  readonly settings: ResolvedDiscoverySettings;
  readonly tenantId: string | undefined;
  /** Aborted if the caller has no use for the answer any more. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends requests to the discovery API, with limits for time and sizes. The key is in the header of these requests alone.
 *
 * @internal
 */
export class DiscoveryClient {
  readonly #limits: ResolvedDiscoveryLimits;

  constructor(limits: ResolvedDiscoveryLimits) {
    this.#limits = limits;
  }

  /**
   * Requests JSON.
   *
   * @param path such as `v1/search/{domain}`
   * @returns `undefined` for 404
   */
  async json(target: DiscoveryTarget, path: string, fields: object): Promise<unknown> {
    const call = new Call(target.signal);
    try {
      return await call.within('timeoutMs', this.#limits.timeoutMs, async () => {
        const response = await this.#send(target, path, fields, call);
        if (response.status === 404) return await discard(response, undefined);
        await assertOk(response, target.tenantId);
        return parse(await this.#read(response, call));
      });
    } catch (error) {
      throw nameTenant(target.tenantId, error);
    } finally {
      call.end();
    }
  }

  /**
   * Requests an answer that is written while it is read.
   *
   * @param onEnd called once, when the answer has ended, failed, or was not begun
   */
  async stream(
    target: DiscoveryTarget,
    path: string,
    fields: object,
    onEnd: () => void,
  ): Promise<DocsAnswer> {
    const call = new Call(target.signal);
    const end = (): void => {
      call.end();
      onEnd();
    };
    try {
      const response = await call.within('timeoutMs', this.#limits.timeoutMs, async () => {
        const begun = await this.#send(target, path, fields, call);
        await assertOk(begun, target.tenantId);
        return begun;
      });
      const { answerTimeoutMs, maxResponseBytes: maxBytes } = this.#limits;
      call.limit('answerTimeoutMs', answerTimeoutMs);
      const { headers, body } = response;
      return {
        contentType: readContentType(headers),
        headers: readAnswerHeaders(headers),
        stream: boundStream(body, { maxBytes, call, end }),
      };
    } catch (error) {
      end();
      throw nameTenant(target.tenantId, error);
    }
  }

  async #send({ settings }: DiscoveryTarget, path: string, fields: object, call: Call): Promise<Response> {
    const body = serialize(fields, this.#limits.maxRequestBytes);
    try {
      return await fetch(
        `${settings.baseUrl}/${path.replace('{domain}', encodeURIComponent(settings.domain))}`,
        {
          method: 'POST',
          headers: {
            Authorization: `Bearer ${settings.apiKey.export().toString()}`,
            'Content-Type': 'application/json',
          },
          body,
          // The key must not go anywhere else.
          redirect: 'manual',
          signal: call.signal,
        },
      );
    } catch (cause) {
      throw call.failure(cause, 'cannot be reached');
    }
  }

  async #read(response: Response, call: Call): Promise<string> {
    const { maxResponseBytes: maxBytes } = this.#limits;
    const stream = boundStream(response.body, { maxBytes, call, end: () => undefined });
    return new Response(stream).text();
  }
}

/**
 * One request: aborted by its caller, or at a deadline.
 *
 * @internal
 */
export class Call {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(outer: AbortSignal | undefined) {
    this.#outer = outer;
    if (outer?.aborted === true) this.#leave();
    outer?.addEventListener('abort', this.#leave, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Sets the deadline, in place of the one before. */
  limit(option: string, timeoutMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.abort(discoveryTimeout(option, timeoutMs)), timeoutMs);
  }

  /** Runs a task until a deadline. */
  async within<T>(option: string, timeoutMs: number, task: () => Promise<T>): Promise<T> {
    this.limit(option, timeoutMs);
    this.signal.throwIfAborted();
    return task();
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /** Stops waiting for the deadline and the caller. What still runs is aborted. */
  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#leave);
    this.abort(undefined);
  }

  /** Why it failed: the reason for the abort, or what was thrown. */
  failure(cause: unknown, what: string): unknown {
    return this.signal.aborted ? this.signal.reason : discoveryUnavailable(what, cause);
  }

  readonly #leave = (): void => this.abort(this.#outer?.reason);
}

async function assertOk(response: Response, tenantId: string | undefined): Promise<void> {
  const { status, headers } = response;
  if (response.ok) return;
  await discard(response, undefined);
  if (status === 429) {
    throw new DiscoveryRateLimitError(
      'The discovery API answered with 429. Wait as long as Retry-After says.',
      readRetryAfter(headers),
      tenantId,
    );
  }
  if (status >= 300 && status < 400)
    throw discoveryUnavailable(`redirected (${status}), which is not followed`);
  throw status >= 400 && status < 500 && status !== 408
    ? discoveryRefused(status)
    : discoveryUnavailable(`answered with ${status}`);
}

/** Frees the connection. */
async function discard<T>(response: Response, value: T): Promise<T> {
  await response.body?.cancel().catch(() => undefined);
  return value;
}

function serialize(fields: object, maxBytes: number): string {
  let body: string;
  try {
    body = JSON.stringify(fields);
  } catch {
    throw discoveryInvalid('The request is nested too deeply, or is not JSON.');
  }
  if (Buffer.byteLength(body) <= maxBytes) return body;
  throw discoveryInvalid(
    `The request has more than maxRequestBytes (${maxBytes}). Send fewer or shorter messages.`,
  );
}

/** The error of the parser quotes the text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw discoveryUnavailable('sent no JSON');
  }
}
