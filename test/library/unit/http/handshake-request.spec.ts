import { equal, match } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  readHeader,
  readPath,
  readRawHeaders,
  readRedirectParameters,
  type HandshakeRequest,
} from '../../../../libs/mintlify-personalization/src/http/handshake-request.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const request = (url: string, more: Partial<HandshakeRequest> = {}): HandshakeRequest => ({
  method: 'GET',
  headers: {},
  url,
  ...more,
});

describe('readHeader', () => {
  it('gives one header, several of the same name, or none as one text', () => {
    const headers = { one: 'a', two: ['a', 'b'] };
    expect(['one', 'two', 'three'].map((name) => readHeader(request('/', { headers }), name))).toEqual([
      'a',
      'a, b',
      '',
    ]);
  });
});

describe('readRedirectParameters', () => {
  it.each([
    ['/docs-login', {}],
    ['/docs-login?', { redirect: [], anchor: [] }],
    ['/docs-login?redirect=%2Fa%3Fb%3Dc%23d&anchor=e%20f', { redirect: ['/a?b=c#d'], anchor: ['e f'] }],
    ['/docs-login?redirect=/a+b', { redirect: ['/a b'], anchor: [] }],
    ['/docs-login?redirect=/a&redirect=/b', { redirect: ['/a', '/b'], anchor: [] }],
    ['/docs-login?redirect[]=/a&redirect[x]=/b', { redirect: [], anchor: [] }],
    ['/docs-login?Redirect=/a', { redirect: [], anchor: [] }],
    ['/docs-login?redirect=/a?b=c', { redirect: ['/a?b=c'], anchor: [] }],
    ['/docs-login?redirect=%', { redirect: ['%'], anchor: [] }],
    ['/docs-login?redirect', { redirect: [''], anchor: [] }],
  ])('reads %s', (url, parameters) => {
    expect(readRedirectParameters(request(url))).toEqual(parameters);
  });

  it('reads the target as it came in, not what a router left of it', () => {
    expect(readRedirectParameters(request('/', { originalUrl: '/api/docs-login?redirect=/a' }))).toEqual({
      redirect: ['/a'],
      anchor: [],
    });
  });
});

describe('readRawHeaders', () => {
  const sent = ['Authorization', 'Bearer a', 'authorization', 'Bearer b'];

  it('gives them as they were sent, on Express and on Fastify', () => {
    const raw = { rawHeaders: sent } as unknown as HandshakeRequest['raw'];
    expect(readRawHeaders(request('/', { rawHeaders: sent }))).toEqual(sent);
    expect(readRawHeaders(request('/', { raw }))).toEqual(sent);
  });

  it('gives the parsed ones where a serverless adapter keeps no list', () => {
    const headers = { authorization: 'Bearer a', 'x-two': ['a', 'b'], absent: undefined };
    expect(readRawHeaders(request('/', { headers, rawHeaders: [] }))).toEqual([
      'authorization',
      'Bearer a',
      'x-two',
      'a',
      'x-two',
      'b',
    ]);
  });
});

describe('readPath', () => {
  it.each([
    ['/docs-login', '/docs-login'],
    ['/api/v1/docs-login?redirect=/a', '/api/v1/docs-login'],
    ['/docs-login#a', '/docs-login'],
    ['//evil.com/docs-login', '/evil.com/docs-login'],
    ['/\\evil.com/docs-login', '/evil.com/docs-login'],
    ['\\\\evil.com', '/evil.com'],
    ['/\t/evil.com', '/evil.com'],
    ['https://evil.com/docs-login?a', '/docs-login'],
    ['https://evil.com//evil.com', '/evil.com'],
    ['https://evil.com', '/'],
    ['', '/'],
  ])('of %j is %s', (url, path) => {
    expect(readPath(request(url))).toBe(path);
  });

  it('is the one that the client sent, not what a router left of it', () => {
    expect(readPath(request('/docs-login', { originalUrl: '/api/docs-login?a=b' }))).toBe('/api/docs-login');
  });

  it('never names a host, whatever was sent', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '/',
        '\\',
        '//',
        '\t',
        '\n',
        '\r',
        ' ',
        'https:',
        'evil.com',
        '@',
        ':',
        '?',
        '#',
        '.',
        '\0',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = readPath(request(pieces.join('')));
        match(path, /^\//);
        equal(new URL(path, 'https://app.foo.com').origin, 'https://app.foo.com');
      }),
      propertyRuns(1_000),
    );
  });
});
