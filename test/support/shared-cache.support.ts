import CachePolicy from 'http-cache-semantics';
import request from 'supertest';

/** An answer as it reaches a client, and whether a cache gave it. */
export interface CachedAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
  isFromCache: boolean;
}

interface Stored {
  policy: CachePolicy;
  answer: CachedAnswer;
}

/**
 * A cache that many visitors share, such as a CDN's, before an app (RFC 9111, by `http-cache-semantics`). It keeps all
 * that it may, and asks the app for the rest.
 */
export class SharedCache {
  private readonly stored = new Map<string, Stored[]>();

  constructor(private readonly port: number) {}

  /** How many answers it keeps. */
  get size(): number {
    return [...this.stored.values()].flat().length;
  }

  async ask(
    method: 'GET' | 'HEAD' | 'OPTIONS',
    path: string,
    headers: Record<string, string>,
  ): Promise<CachedAnswer> {
    const lowered = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const asked = { method, url: path, headers: { host: 'api.acme.example', ...lowered } };
    const key = `${method} ${path}`;
    const entries = this.stored.get(key) ?? [];
    const found = entries.find(({ policy }) => policy.satisfiesWithoutRevalidation(asked));
    if (found) return { ...found.answer, isFromCache: true };

    const verb = method.toLowerCase() as 'get' | 'head' | 'options';
    const response = await request(`http://127.0.0.1:${this.port}`)[verb](path).set(headers);
    const answered = { status: response.status, headers: response.headers as Record<string, string> };
    const answer = { ...answered, text: response.text ?? '', isFromCache: false };
    const policy = new CachePolicy(asked, answered, { shared: true });
    if (policy.storable()) this.stored.set(key, [...entries, { policy, answer }]);
    return answer;
  }
}
