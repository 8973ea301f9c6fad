import { deepEqual, equal, match } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { checkLoginUrl } from '../../../../libs/mintlify-personalization/src/options/login-url.js';
import { addReturnTo } from '../../../../libs/mintlify-personalization/src/redirect/login-location.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const ORIGINS = ['', 'https://app.foo.com', 'https://app.foo.com:8443', 'http://localhost:5173'];
const charactersOf = (text: string) => fc.constantFrom(...text.split(''));
const segment = fc.string({ unit: charactersOf("abcXYZ019-._~!$&'()*+,;=:@%"), maxLength: 8 });
const path = fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`);
const query = fc
  .dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 3 })
  .map((entries) => new URLSearchParams(entries).toString())
  .map((text) => (text === '' ? '' : `?${text}`));
/** Any `loginUrl` that the option takes: both forms, with a query and without. */
const loginUrls = (fragment: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...ORIGINS), path, query, fragment)
    .map((parts) => parts.join(''))
    .filter((url) => isTaken(url));
const hashRoutes = fc.tuple(fc.constantFrom('#', '#!'), path, query).map((parts) => parts.join(''));
const otherFragments = fc
  .oneof(
    fc.constant(''),
    segment.map((text) => `#${text}`),
  )
  .filter((text) => !/^#!?\//.test(text));
const parameterNames = fc.oneof(
  fc.constantFrom('returnTo', 'next', 'a b', 'größe'),
  fc.string({ minLength: 1 }),
);
/** Hostile ones too: whatever a request makes of it, it is a text. */
const returnTos = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: charactersOf('/\\?#&=+% .:@;\r\n\tevil') }),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
);

function isTaken(loginUrl: string): boolean {
  try {
    return checkLoginUrl(loginUrl) !== undefined;
  } catch {
    return false;
  }
}

const resolve = (location: string): URL => new URL(location, 'https://api.foo.com/docs-login');

/** As the routers of single-page apps read a fragment: a path, and behind the first question mark a query. */
function readHashRoute(location: string): { route: string; query: URLSearchParams } {
  const [route = '', ...rest] = resolve(location).hash.slice(1).split('?');
  return { route, query: new URLSearchParams(rest.join('?')) };
}

describe('addReturnTo', () => {
  it.each([
    ['/login', '/login?returnTo=%2Fdocs-login%3Fredirect%3D%252Fa'],
    ['/login?theme=dark', '/login?theme=dark&returnTo=%2Fdocs-login%3Fredirect%3D%252Fa'],
    [
      'https://foo.com/login?returnTo=/old',
      'https://foo.com/login?returnTo=%2Fdocs-login%3Fredirect%3D%252Fa',
    ],
    ['https://foo.com/login#top', 'https://foo.com/login?returnTo=%2Fdocs-login%3Fredirect%3D%252Fa#top'],
    ['/#/login', '/#/login?returnTo=%2Fdocs-login%3Fredirect%3D%252Fa'],
    ['/#!/login', '/#!/login?returnTo=%2Fdocs-login%3Fredirect%3D%252Fa'],
    ['https://app.foo.com/#/login', 'https://app.foo.com/#/login?returnTo=%2Fdocs-login%3Fredirect%3D%252Fa'],
    [
      'https://app.foo.com/app?a=1#/login?theme=dark&returnTo=/old',
      'https://app.foo.com/app?a=1#/login?theme=dark&returnTo=%2Fdocs-login%3Fredirect%3D%252Fa',
    ],
    ['/#/login#top', '/#/login?returnTo=%2Fdocs-login%3Fredirect%3D%252Fa#top'],
  ])('puts the way back where the page at %s looks for it', (loginUrl, location) => {
    expect(addReturnTo(loginUrl, 'returnTo', '/docs-login?redirect=%2Fa')).toBe(location);
  });

  it('writes a space in a fragment so that every router reads one', () => {
    expect(addReturnTo('/#/login', 'way back', '/docs-login?anchor=a+b c')).toBe(
      '/#/login?way%20back=%2Fdocs-login%3Fanchor%3Da%2Bb%20c',
    );
  });

  it('gives the router of a single-page app the same text, and its own route and query', () => {
    fc.assert(
      fc.property(loginUrls(hashRoutes), parameterNames, returnTos, (loginUrl, parameter, returnTo) => {
        const before = readHashRoute(loginUrl);
        const after = readHashRoute(addReturnTo(loginUrl, parameter, returnTo));
        before.query.set(parameter, returnTo);
        equal(after.route, before.route);
        deepEqual([...after.query], [...before.query]);
      }),
      propertyRuns(500),
    );
  });

  it('gives a server the same text, and the page its own fragment', () => {
    fc.assert(
      fc.property(loginUrls(otherFragments), parameterNames, returnTos, (loginUrl, parameter, returnTo) => {
        const location = resolve(addReturnTo(loginUrl, parameter, returnTo));
        equal(location.searchParams.get(parameter), returnTo);
        equal(location.hash, resolve(loginUrl).hash);
      }),
      propertyRuns(500),
    );
  });

  it('goes to the origin and the path of loginUrl, whatever the way back is, and fits into a header', () => {
    const fragments = fc.oneof(hashRoutes, otherFragments);
    fc.assert(
      fc.property(loginUrls(fragments), parameterNames, returnTos, (loginUrl, parameter, returnTo) => {
        const location = addReturnTo(loginUrl, parameter, returnTo);
        equal(resolve(location).origin, resolve(loginUrl).origin);
        equal(resolve(location).pathname, resolve(loginUrl).pathname);
        equal(location.startsWith('/'), loginUrl.startsWith('/'));
        match(location, /^[\x21-\x7E]+$/);
        if (loginUrl.startsWith('/')) match(location, /^\/(?![/\\])/);
      }),
      propertyRuns(500),
    );
  });
});
