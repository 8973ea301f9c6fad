import { IncomingMessage, ServerResponse, type OutgoingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { HandshakeRequest } from '../../../../../libs/mintlify-personalization/src/http/handshake-request.js';
import {
  setCorsHeaders,
  type CorsDecision,
} from '../../../../../libs/mintlify-personalization/src/http/cors/cors-headers.js';
import {
  OAUTH,
  SHARED_SESSION,
} from '../../../../../libs/mintlify-personalization/src/http/user-info/user-info.handshake.js';

const DOCS = 'https://docs.foo.com';
const ANSWER = { allowedOrigin: DOCS, isPreflight: false, method: 'GET' } as const;
const PREFLIGHT = { allowedOrigin: DOCS, isPreflight: true, method: 'GET' } as const;
const DENIED = { allowedOrigin: undefined, isPreflight: false, method: 'GET' } as const;

/** The headers of an answer after the policy, given those that the host app has set. */
function headersAfter(
  { cors }: typeof OAUTH,
  decision: CorsDecision,
  before: Record<string, string | string[]> = {},
): OutgoingHttpHeaders {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  for (const [name, value] of Object.entries(before)) response.setHeader(name, value);
  if (cors !== undefined) setCorsHeaders(response, cors, decision);
  return { ...response.getHeaders() };
}

describe('an origin that may read the answer', () => {
  it('is named, with cookies for a shared session', () => {
    expect(headersAfter(SHARED_SESSION, ANSWER)).toEqual({
      'access-control-allow-origin': DOCS,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'WWW-Authenticate, Retry-After',
      vary: 'Origin',
    });
  });

  it('is named, without cookies for an access token', () => {
    expect(headersAfter(OAUTH, ANSWER)).toEqual({
      'access-control-allow-origin': DOCS,
      'access-control-expose-headers': 'WWW-Authenticate, Retry-After',
      vary: 'Origin',
    });
  });
});

describe('an origin that may ask', () => {
  const vary = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers';

  it('is told that it may send its cookies, and no header of its own', () => {
    expect(headersAfter(SHARED_SESSION, PREFLIGHT)).toEqual({
      'access-control-allow-origin': DOCS,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET',
      'access-control-max-age': '600',
      vary,
    });
  });

  it('is told that it may send its access token, and no cookie', () => {
    expect(headersAfter(OAUTH, PREFLIGHT)).toEqual({
      'access-control-allow-origin': DOCS,
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'Authorization',
      'access-control-max-age': '600',
      vary,
    });
  });
});

describe('an origin that may not', () => {
  it('finds none of the headers that the host app set for it', () => {
    const before = {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Methods': 'GET, POST',
      'Access-Control-Allow-Headers': 'X-Any',
      'Access-Control-Expose-Headers': 'X-Any',
      'Access-Control-Max-Age': '5',
      'Access-Control-Allow-Private-Network': 'true',
      'X-Frame-Options': 'DENY',
    };
    expect(headersAfter(SHARED_SESSION, DENIED, before)).toEqual({
      'x-frame-options': 'DENY',
      vary: 'Origin',
    });
  });
});

describe('every answer of a user-info route', () => {
  it.each([
    ['', 'Origin'],
    ['Accept-Encoding', 'Accept-Encoding, Origin'],
    [' Accept-Encoding ,, Cookie,', 'Accept-Encoding, Cookie, Origin'],
    [['Accept-Encoding', 'Cookie'], 'Accept-Encoding, Cookie, Origin'],
    ['Origin', 'Origin'],
    ['Cookie,ORIGIN', 'Cookie, ORIGIN'],
    ['*', '*'],
    ['X-Origin', 'X-Origin, Origin'],
    ['Origin-Agent', 'Origin-Agent, Origin'],
    ['Origin, Accept, origin', 'Origin, Accept'],
    ['Accept,,accept, Origin', 'Accept, Origin'],
  ])('keeps what the host app says it depends on: %j becomes %j', (before, after) => {
    expect(headersAfter(OAUTH, DENIED, { Vary: before })['vary']).toBe(after);
  });
});

describe('a request of an image or a script on another site', () => {
  const isRefused = (headers: HandshakeRequest['headers']): boolean =>
    OAUTH.checkRequest({ method: 'GET', url: '/', headers }) !== undefined;

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
  ])('is told by its headers: %j for %j', (isExpected, headers) => {
    expect(isRefused(headers)).toBe(isExpected);
  });
});
