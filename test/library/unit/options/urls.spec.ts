import { doesNotMatch, equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import { parseDocsUrl } from '../../../../libs/mintlify-personalization/src/options/docs-url.js';
import { checkLoginUrl } from '../../../../libs/mintlify-personalization/src/options/login-url.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'invalid_option', message: expect.stringMatching(message) });

describe('docsUrl', () => {
  it.each([
    ['https://docs.foo.com', 'https://docs.foo.com', ''],
    ['https://docs.foo.com/', 'https://docs.foo.com', ''],
    ['https://foo.com/docs', 'https://foo.com', '/docs'],
    ['https://foo.com/docs/', 'https://foo.com', '/docs'],
    ['https://foo.com/docs//', 'https://foo.com', '/docs'],
    ['https://foo.com/a/b-c_d.e~f/', 'https://foo.com', '/a/b-c_d.e~f'],
    ['HTTPS://Docs.Foo.COM/Docs', 'https://docs.foo.com', '/Docs'],
    ['https://docs.foo.com:443', 'https://docs.foo.com', ''],
    ['https://docs.foo.com:8443', 'https://docs.foo.com:8443', ''],
    ['https://bücher.example', 'https://xn--bcher-kva.example', ''],
    ['http://localhost:3001', 'http://localhost:3001', ''],
    ['http://docs.localhost', 'http://docs.localhost', ''],
    ['http://127.0.0.1:3001/docs', 'http://127.0.0.1:3001', '/docs'],
    ['http://127.8.9.10', 'http://127.8.9.10', ''],
    ['http://[::1]:3001/', 'http://[::1]:3001', ''],
    ['https://[2001:db8::1]', 'https://[2001:db8::1]', ''],
  ])('%s is the origin %s with the base path "%s"', (docsUrl, origin, basePath) => {
    const host = origin.replace(/^https?:\/\//, '').replace(/:\d+$/, '');
    expect(parseDocsUrl(docsUrl)).toEqual({ origin, host, basePath });
  });

  it.each([
    [undefined, /^docsUrl is missing or empty\. Set it to the URL/],
    [null, /is missing or empty/],
    ['', /is missing or empty/],
    [' \n', /is missing or empty/],
    [5, /^docsUrl is not a text\. Give the URL/],
    [{}, /^docsUrl is not a text/],
    [['https://foo.com'], /^docsUrl is not a text/],
    [new URL('https://foo.com'), /^docsUrl is a URL object\. Give its text: url\.href/],
    ['docs.foo.com', /^docsUrl is not an absolute URL/],
    ['/docs', /is not an absolute URL/],
    ['//docs.foo.com', /is not an absolute URL/],
    ['https://', /is not an absolute URL/],
    ['https://foo.com:99999', /is not an absolute URL/],
    ['http://docs.foo.com', /^docsUrl must start with https:\/\/ .*TLS, or use localhost/],
    ['http://localhost.evil.com', /must start with https/],
    ['http://evillocalhost', /must start with https/],
    ['http://128.0.0.1', /must start with https/],
    ['http://127.0.0.1.evil.com', /must start with https/],
    ['http://0.0.0.0:3001', /must start with https/],
    ['http://[::2]', /must start with https/],
    ['ftp://docs.foo.com', /must start with https/],
    ['ws://localhost', /must start with https/],
    ['javascript:alert(1)', /must start with https/],
    ['localhost:3001', /must start with https/],
    ['https://user@foo.com', /holds a user name or password/],
    ['https://user:canary@foo.com', /holds a user name or password/],
    ['https://:canary@foo.com', /holds a user name or password/],
    ['https://foo.com?canary', /has a query or a fragment/],
    ['https://foo.com/docs?', /has a query or a fragment/],
    ['https://foo.com/docs#canary', /has a query or a fragment/],
    ['https://foo.com/docs#', /has a query or a fragment/],
    ['https://foo.com.', /^docsUrl has a host that ends with a dot\. Take the dot away/],
    ['https://foo.com.:8443/docs', /has a host that ends with a dot/],
    ['http://localhost./', /must start with https/],
    ['https://foo.com//docs', /has a base path with an empty segment or an escape/],
    ['https://foo.com/a//b', /empty segment or an escape/],
    ['https://foo.com/a%2fb', /empty segment or an escape/],
    ['https://foo.com/döcs', /empty segment or an escape/],
  ])('%j is refused', (docsUrl, message) => {
    expect(() => parseDocsUrl(docsUrl)).toThrow(invalid(message));
    expect(() => parseDocsUrl(docsUrl)).not.toThrow(/canary/);
  });

  it('never fails in another way, and what it gives makes a URL again', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl({ validSchemes: ['https', 'http', 'ftp'] }),
    );
    fc.assert(
      fc.property(text, (docsUrl) => {
        try {
          const { origin, basePath } = parseDocsUrl(docsUrl);
          equal(new URL(origin + basePath).href.replace(/\/$/, ''), origin + basePath);
          doesNotMatch(basePath, /\/$/);
        } catch (error) {
          if (!(error instanceof MintlifyPersonalizationError)) throw error;
        }
      }),
      propertyRuns(500),
    );
  });
});

describe('loginUrl', () => {
  it.each([
    [undefined, undefined],
    ['https://foo.com/login', 'https://foo.com/login'],
    ['https://foo.com', 'https://foo.com/'],
    ['https://foo.com/login?theme=dark', 'https://foo.com/login?theme=dark'],
    ['https://foo.com/#/login', 'https://foo.com/#/login'],
    ['http://localhost:3000/login', 'http://localhost:3000/login'],
    ['http://[::1]/login', 'http://[::1]/login'],
    ['/login', '/login'],
    ['/', '/'],
    ['/login?theme=dark', '/login?theme=dark'],
    ['/#/login', '/#/login'],
    ['/app/#!/login?theme=dark', '/app/#!/login?theme=dark'],
    ['/login#top', '/login#top'],
  ])('%j is taken', (loginUrl, expected) => {
    expect(checkLoginUrl(loginUrl)).toBe(expected);
  });

  it.each([
    '',
    'login',
    './login',
    '?login',
    '//evil.com/login',
    '/\\evil.com/login',
    '/a\\b',
    '/\t/evil.com',
    '/login\r\nSet-Cookie: a=b',
    '/login page',
    '/#/log in',
    '/#\\login',
    '//evil.com/#/login',
    '#/login',
    'https://',
    'https://user:canary@foo.com/login',
    'https://user@foo.com/login',
    null,
    5,
    {},
    new URL('https://foo.com/login'),
  ])('%j is refused', (loginUrl) => {
    expect(() => checkLoginUrl(loginUrl)).toThrow(
      invalid(/^loginUrl must be an absolute URL .* Leave it out/),
    );
    expect(() => checkLoginUrl(loginUrl)).not.toThrow(/canary/);
  });

  it.each([
    'http://foo.com/login',
    'javascript:alert(1)',
    'ftp://foo.com',
    'data:text/html,x',
    'foo.com:80/login',
  ])('%s is refused for its scheme', (loginUrl) => {
    expect(() => checkLoginUrl(loginUrl)).toThrow(invalid(/^loginUrl must start with https:\/\//));
  });
});
