import { parseUrl } from '../../../../mintlify-personalization/src/options/parse-url.js';

/** How much a look at a docs site may take. */
export const LIMITS = {
  requests: 600,
  /** For all of it. */
  durationMs: 120_000,
  concurrency: 4,
  redirects: 3,
  /** Of one answer, decompressed. What comes after it is not read. */
  bodyBytes: 4_000_000,
} as const;

/** An answer of the docs, after redirects inside the site. */
export interface DocsAnswer {
  readonly status: number;
  /** The media type, in lower case and without parameters. */
  readonly type: string;
  readonly headers: Headers;
  readonly text: string;
}

/** What is sent besides the path. */
export interface DocsRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Asks for a path of the docs; `undefined` if there is no answer, or the limits are reached. */
export type Ask = (path: string, request?: DocsRequest) => Promise<DocsAnswer | undefined>;

/** How a client is made. */
export interface DocsClientOptions {
  readonly timeoutMs: number;
  readonly limits?: Readonly<Record<keyof typeof LIMITS, number>>;
}

/**
 * Asks one docs site, within limits. Everything that it sends goes to the origin of the docs: a redirect to another origin
 * is an answer, and is not followed. It keeps no cookie that the docs set.
 */
export class DocsClient {
  readonly #origin: string;
  readonly #timeoutMs: number;
  readonly #limits: Readonly<Record<keyof typeof LIMITS, number>>;
  readonly #deadline: AbortSignal;
  #sent = 0;
  #waiting: (() => void)[] = [];
  #running = 0;
  /** Why the first request without an answer has none: a code of Node, such as `ECONNREFUSED`. */
  failure: string | undefined;
  unanswered = 0;
  /** Whether something was not asked because of the limits. */
  isExhausted = false;

  constructor({ origin }: URL, { timeoutMs, limits = LIMITS }: DocsClientOptions) {
    this.#origin = origin;
    this.#timeoutMs = timeoutMs;
    this.#limits = limits;
    this.#deadline = AbortSignal.timeout(limits.durationMs);
  }

  /** Asks with these headers besides those of each request: none for an anonymous visitor. */
  as(visitor: Readonly<Record<string, string>>): Ask {
    return async (path, { headers = {}, ...request } = {}) => {
      await this.#enter();
      try {
        return await this.#follow(path, { ...request, headers: { ...headers, ...visitor } });
      } finally {
        this.#running -= 1;
        this.#waiting.shift()?.();
      }
    };
  }

  async #enter(): Promise<void> {
    if (this.#running >= this.#limits.concurrency) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
  }

  async #follow(path: string, request: DocsRequest): Promise<DocsAnswer | undefined> {
    let url = parseUrl(path, this.#origin);
    let answer: DocsAnswer | undefined;
    for (let hop = 0; hop <= this.#limits.redirects && url?.origin === this.#origin; hop += 1) {
      if (this.#sent >= this.#limits.requests || this.#deadline.aborted) {
        this.isExhausted = true;
        return undefined;
      }
      this.#sent += 1;
      answer = await this.#send(url, request);
      const location = answer?.headers.get('location') ?? undefined;
      if (answer === undefined || location === undefined || answer.status < 300 || answer.status > 399) break;
      url = parseUrl(location, url.href);
    }
    return answer;
  }

  async #send(
    url: URL,
    { method = 'GET', headers = {}, body }: DocsRequest,
  ): Promise<DocsAnswer | undefined> {
    try {
      const response = await fetch(url, {
        method,
        headers: { accept: 'text/html, */*;q=0.9', ...headers },
        redirect: 'manual',
        ...(body !== undefined && { body }),
        signal: AbortSignal.any([AbortSignal.timeout(this.#timeoutMs), this.#deadline]),
      });
      const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
      const text = await readText(response, this.#limits.bodyBytes);
      return { status: response.status, type, headers: response.headers, text };
    } catch (error) {
      const { cause, name } = error as { cause?: { code?: unknown }; name?: unknown };
      const code = typeof cause?.code === 'string' ? cause.code : String(name);
      this.unanswered += 1;
      this.failure ??= /^\w{1,60}$/.test(code) ? code : 'unknown error';
      return undefined;
    }
  }
}

async function readText({ body }: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let left = maxBytes;
  // Leaving the loop cancels the rest of the body.
  for await (const chunk of body ?? []) {
    const bytes = chunk as Uint8Array;
    text += decoder.decode(bytes.subarray(0, left), { stream: true });
    left -= bytes.byteLength;
    if (left <= 0) break;
  }
  return text;
}
