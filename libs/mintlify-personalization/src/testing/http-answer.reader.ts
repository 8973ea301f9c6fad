/**
 * An answer as test clients give it: `supertest`, `fetch`, Fastify's `inject`, or an object with the same parts.
 */
export interface HttpAnswer {
  readonly status?: number;
  readonly statusCode?: number;
  readonly headers: Headers | Readonly<Record<string, unknown>>;
  /** The body, when it has been read already. */
  readonly body?: unknown;
  /** Reads the body. */
  json?(): unknown;
}

/** What the matchers look at. */
export interface ReadAnswer {
  readonly status: number | undefined;
  header(name: string): string | undefined;
  readBody(): Promise<unknown>;
}

/** @returns `undefined` when it is no answer of an HTTP client */
export function readAnswer(value: unknown): ReadAnswer | undefined {
  if (typeof value !== 'object' || value === null || !('headers' in value)) return undefined;
  const answer = value as HttpAnswer;
  if (typeof answer.headers !== 'object' || answer.headers === null) return undefined;
  return {
    status: answer.status ?? answer.statusCode,
    header: (name) => readHeader(answer.headers, name),
    readBody: async () => (typeof answer.json === 'function' ? answer.json() : answer.body),
  };
}

function readHeader(headers: HttpAnswer['headers'], name: string): string | undefined {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  return typeof value === 'string' ? value : undefined;
}
