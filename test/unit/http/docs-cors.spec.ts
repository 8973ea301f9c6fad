import { describe, expect, it } from '@jest/globals';
import {
  allowOrigin,
  allowRequest,
  denyOrigins,
  isForeignSubresource,
  setUserInfoHeaders,
} from '../../../libs/mintlify-personalization/src/http/docs-cors.js';
import type { HandshakeRequest } from '../../../libs/mintlify-personalization/src/http/handshake-request.js';
import type { ResponseHeaders } from '../../../libs/mintlify-personalization/src/http/response-headers.js';
import {
  OAUTH,
  SHARED_SESSION,
} from '../../../libs/mintlify-personalization/src/http/user-info-handshake.js';

const DOCS = 'https://docs.foo.com';

/** The headers of an answer, written down as they are set. */
class AnswerHeaders implements ResponseHeaders {
  readonly #values: Map<string, string>;

  constructor(values: Record<string, string> = {}) {
    this.#values = new Map(Object.entries(values));
  }

  get(name: string): string {
    return this.#values.get(name) ?? '';
  }

  set(name: string, value: string): void {
    this.#values.set(name, value);
  }

  remove(name: string): void {
    this.#values.delete(name);
  }

  all(): Record<string, string> {
    return Object.fromEntries(this.#values);
  }
}

const varyAfter = (vary: string): string => {
  const headers = new AnswerHeaders(vary === '' ? {} : { Vary: vary });
  setUserInfoHeaders(headers);
  return headers.get('Vary');
};

const isForeign = (headers: HandshakeRequest['headers']): boolean =>
  isForeignSubresource({ method: 'GET', url: '/', headers });

describe('an origin that may read the answer', () => {
  it('is named, with cookies for a shared session', () => {
    const headers = new AnswerHeaders();
    allowOrigin(headers, DOCS, SHARED_SESSION);
    expect(headers.all()).toStrictEqual({
      'Access-Control-Allow-Origin': DOCS,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': 'WWW-Authenticate, Retry-After',
    });
  });

  it('is named, without cookies for an access token', () => {
    const headers = new AnswerHeaders();
    allowOrigin(headers, DOCS, OAUTH);
    expect(headers.all()).toStrictEqual({
      'Access-Control-Allow-Origin': DOCS,
      'Access-Control-Expose-Headers': 'WWW-Authenticate, Retry-After',
    });
  });
});

describe('an origin that may ask', () => {
  it('is told that it may send its cookies, and no header of its own', () => {
    const headers = new AnswerHeaders();
    allowRequest(headers, DOCS, SHARED_SESSION);
    expect(headers.all()).toStrictEqual({
      'Access-Control-Allow-Origin': DOCS,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Methods': 'GET',
      'Access-Control-Max-Age': '600',
    });
  });

  it('is told that it may send its access token, and no cookie', () => {
    const headers = new AnswerHeaders();
    allowRequest(headers, DOCS, OAUTH);
    expect(headers.all()).toStrictEqual({
      'Access-Control-Allow-Origin': DOCS,
      'Access-Control-Allow-Methods': 'GET',
      'Access-Control-Allow-Headers': 'Authorization',
      'Access-Control-Max-Age': '600',
    });
  });
});

describe('an origin that may not', () => {
  it('finds none of the headers that the host app set for it', () => {
    const headers = new AnswerHeaders({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Methods': 'GET, POST',
      'Access-Control-Allow-Headers': 'X-Any',
      'Access-Control-Expose-Headers': 'X-Any',
      'Access-Control-Max-Age': '5',
      'Access-Control-Allow-Private-Network': 'true',
      'X-Frame-Options': 'DENY',
    });
    denyOrigins(headers);
    expect(headers.all()).toStrictEqual({ 'X-Frame-Options': 'DENY' });
  });
});

describe('every answer of a user-info route', () => {
  it('is kept by no cache, is what it says it is, and depends on the origin', () => {
    const headers = new AnswerHeaders({ 'Cache-Control': 'public, max-age=600' });
    setUserInfoHeaders(headers);
    expect(headers.all()).toStrictEqual({
      'Cache-Control': 'private, no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      Vary: 'Origin',
    });
  });

  it.each([
    ['', 'Origin'],
    ['Accept-Encoding', 'Accept-Encoding, Origin'],
    [' Accept-Encoding ,, Cookie,', 'Accept-Encoding, Cookie, Origin'],
    ['Origin', 'Origin'],
    ['Cookie,ORIGIN', 'Cookie, ORIGIN'],
    ['*', '*'],
    ['X-Origin', 'X-Origin, Origin'],
    ['Origin-Agent', 'Origin-Agent, Origin'],
    ['Origin, Accept, origin', 'Origin, Accept'],
    ['Accept,,accept, Origin', 'Accept, Origin'],
  ])('keeps what the host app says it depends on: %j becomes %j', (before, after) => {
    expect(varyAfter(before)).toBe(after);
  });
});

describe('a request of an image or a script on another site', () => {
  it.each([
    [true, { 'sec-fetch-site': 'cross-site' }],
    [true, { 'sec-fetch-site': 'same-site' }],
    [true, { 'sec-fetch-site': 'Cross-Site' }],
    [true, { 'sec-fetch-site': ['same-origin', 'cross-site'] }],
    [false, { 'sec-fetch-site': 'cross-site', origin: DOCS }],
    [false, { 'sec-fetch-site': 'cross-site', origin: '' }],
    [false, { 'sec-fetch-site': 'same-origin' }],
    [false, { 'sec-fetch-site': 'Same-Origin' }],
    [false, { 'sec-fetch-site': 'none' }],
    [false, { 'sec-fetch-site': 'NONE' }],
    [false, { 'sec-fetch-site': '' }],
    [false, {}],
  ])('is told by its headers: %j for %j', (isForeignRequest, headers) => {
    expect(isForeign(headers)).toBe(isForeignRequest);
  });
});
