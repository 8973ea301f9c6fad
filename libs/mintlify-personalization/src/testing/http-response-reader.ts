/**
 * A response of a test client: `supertest`, `fetch`, Fastify's `inject`, or an object with the same properties.
 */
export interface HttpResponseLike {
  readonly status?: number;
  readonly statusCode?: number;
  readonly headers: Headers | Readonly<Record<string, unknown>>;
  /** The body, if it is already parsed. */
  readonly body?: unknown;
  /** Reads the body. */
  json?(): unknown;
  /** Returns a copy with its own body. */
  clone?(): unknown;
}

/** The parts of a response that the matchers need. */
export interface ReadResponse {
  readonly status: number | undefined;
  header(name: string): string | undefined;
  readBody(): Promise<unknown>;
  /** The body, if it can be read at once. */
  peekBody(): unknown;
}

/** @returns `undefined` if it is not a response of an HTTP client */
export function readResponse(value: unknown): ReadResponse | undefined {
  if (typeof value !== 'object' || value === null || !('headers' in value)) return undefined;
  const response = value as HttpResponseLike;
  if (typeof response.headers !== 'object' || response.headers === null) return undefined;
  return {
    status: response.status ?? response.statusCode,
    header: (name) => readHeader(response.headers, name),
    readBody: () => readBody(response),
    peekBody: () => peekBody(response),
  };
}

/** A body can only be read once, so it is read from a copy if possible. `undefined` if it is not JSON. */
async function readBody(response: HttpResponseLike): Promise<unknown> {
  if (typeof response.json !== 'function') return response.body;
  try {
    const copy = typeof response.clone === 'function' ? (response.clone() as HttpResponseLike) : response;
    return await copy.json?.();
  } catch (error) {
    // By name: it may come from another realm, as in Jest.
    if ((error as Partial<Error>).name === 'SyntaxError') return undefined;
    throw error;
  }
}

/** `fetch` parses it later: such a body is not touched. */
function peekBody(response: HttpResponseLike): unknown {
  if (typeof response.json !== 'function') return response.body;
  if (typeof response.clone === 'function') return undefined;
  try {
    return response.json();
  } catch {
    return undefined;
  }
}

/** Reads `Headers` of any fetch implementation, or an object with case-insensitive names (RFC 9110, section 5.1). */
function readHeader(headers: HttpResponseLike['headers'], name: string): string | undefined {
  const { get } = headers as { get?: unknown };
  const value: unknown =
    typeof get === 'function'
      ? get.call(headers, name)
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === 'string' ? value : undefined;
}
