/**
 * An answer as test clients give it: `supertest`, `fetch`, Fastify's `inject`, or an object with the same parts.
 */
export interface HttpResponseLike {
  readonly status?: number;
  readonly statusCode?: number;
  readonly headers: Headers | Readonly<Record<string, unknown>>;
  /** The body, when it has been read already. */
  readonly body?: unknown;
  /** Reads the body. */
  json?(): unknown;
  /** Makes a copy, whose body can be read when that of this one has been. */
  clone?(): unknown;
}

/** What the matchers look at. */
export interface ReadResponse {
  readonly status: number | undefined;
  header(name: string): string | undefined;
  readBody(): Promise<unknown>;
}

/** @returns `undefined` when it is no answer of an HTTP client */
export function readResponse(value: unknown): ReadResponse | undefined {
  if (typeof value !== 'object' || value === null || !('headers' in value)) return undefined;
  const answer = value as HttpResponseLike;
  if (typeof answer.headers !== 'object' || answer.headers === null) return undefined;
  return {
    status: answer.status ?? answer.statusCode,
    header: (name) => readHeader(answer.headers, name),
    readBody: () => readBody(answer),
  };
}

/** A body can be read once, so it is read from a copy where the client can make one. `undefined` for what is no JSON. */
async function readBody(answer: HttpResponseLike): Promise<unknown> {
  if (typeof answer.json !== 'function') return answer.body;
  try {
    const copy = typeof answer.clone === 'function' ? (answer.clone() as HttpResponseLike) : answer;
    return await copy.json?.();
  } catch (error) {
    // By its name: it may be of another realm, as in Jest.
    if ((error as Partial<Error>).name === 'SyntaxError') return undefined;
    throw error;
  }
}

/** Of whichever implementation of fetch, or an object, in whose names case does not matter (RFC 9110, section 5.1). */
function readHeader(headers: HttpResponseLike['headers'], name: string): string | undefined {
  const { get } = headers as { get?: unknown };
  const value: unknown =
    typeof get === 'function'
      ? get.call(headers, name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === 'string' ? value : undefined;
}
