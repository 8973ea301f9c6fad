import { doesNotMatch, equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import { assert, constantFrom, integer, property, string, webUrl } from 'fast-check';
import { parseWwwAuthenticateError } from '../../../libs/mintlify-docs-emulator/src/shared/challenge.parser.js';
import {
  bareUrl,
  refusalWords,
  unreadableWords,
} from '../../../libs/mintlify-docs-emulator/src/shared/request.words.js';
import { returnPlace } from '../../../libs/mintlify-docs-emulator/src/shared/return.place.js';
import { propertyRuns } from '../../support/property-runs.support.js';

const docsOrigin = 'https://docs.foo.com';
const url = 'https://api.foo.com/docs/user-info?key=canary#x';

describe('the words for a request', () => {
  it.each<[string, number, string | undefined, string, RegExp]>([
    ['shared-session', 401, undefined, url, /log in first.*SameSite or Secure/],
    ['shared-session', 401, undefined, 'https://api.bar.com/', /different sites.*sends no cookie/],
    ['shared-session', 401, undefined, 'http://api.foo.com/', /different sites.*same scheme/],
    ['shared-session', 403, undefined, url, /Is https:\/\/docs\.foo\.com among the origins/],
    ['oauth', 401, 'invalid_token', url, /did not take the access token.*invalid_token/],
    ['oauth', 401, undefined, url, /Is it for this API/],
    ['oauth', 403, 'insufficient_scope', url, /lacks a scope/],
    ['oauth', 404, undefined, url, /prefix and version included/],
    ['oauth', 503, undefined, url, /cannot tell just now/],
    ['oauth', 500, undefined, url, /Its log may say why/],
  ])('say what %s %i %s means', (handshake, status, error, at, words) => {
    const answer = { handshake: handshake as 'oauth', status, error, docsOrigin, url: at };
    expect(refusalWords(answer)).toMatch(words);
  });

  it('tell a server that is away from one that the page may not read', () => {
    const about = { docsOrigin, url, isReachable: true } as const;
    expect(unreadableWords({ ...about, purpose: 'user info', handshake: 'shared-session' })).toMatch(
      /CORS.*Access-Control-Allow-Origin: https:\/\/docs\.foo\.com, exactly, and Access-Control-Allow-Credentials: true/,
    );
    expect(unreadableWords({ ...about, purpose: 'user info', handshake: 'oauth' })).toMatch(
      /Access-Control-Allow-Headers: Authorization/,
    );
    expect(unreadableWords({ ...about, purpose: 'access token', handshake: 'oauth' })).toMatch(
      /token endpoint/,
    );
    const away = unreadableWords({ ...about, purpose: 'user info', handshake: 'oauth', isReachable: false });
    expect(away).toMatch(/could not reach https:\/\/api\.foo\.com/);
  });

  it('hold nothing of a query, a fragment or a password', () => {
    expect(bareUrl(url)).toBe('https://api.foo.com/docs/user-info');
    expect(bareUrl('https://u:canary@foo.com/a')).toBe('https://foo.com/a');
    expect(bareUrl('canary')).not.toContain('canary');
    assert(
      property(webUrl({ withQueryParameters: true, withFragments: true }), (any) => {
        doesNotMatch(bareUrl(any), /[?#]/);
      }),
      propertyRuns(100),
    );
  });
});

describe('the error of a challenge', () => {
  it.each<[string | null, string | undefined]>([
    [null, undefined],
    ['', undefined],
    ['Bearer', undefined],
    ['Bearer scope="a"', undefined],
    ['Bearer error="invalid_token"', 'invalid_token'],
    ['Bearer scope="a", error="insufficient_scope", error_description="x"', 'insufficient_scope'],
    ['Bearer error_description="error=x"', undefined],
    ['Basic error="invalid_token"', undefined],
    ['Bearer error="<b>"', undefined],
  ])('of %j is %j', (header, error) => {
    expect(parseWwwAuthenticateError(header)).toBe(error);
  });
});

describe('the page to come back to', () => {
  it.each([
    ['/quickstart#step-one', '', '/quickstart#step-one'],
    ['/docs/quickstart?a=b#c', '/docs', '/docs/quickstart?a=b#c'],
    ['/docs', '/docs', '/docs'],
    ['/docsearch', '/docs', '/docs/'],
    ['/quickstart', '/docs', '/docs/'],
    ['/docs/../admin', '/docs', '/docs/'],
    ['//evil.example', '', '/'],
    ['https://evil.example', '', '/'],
    ['/mintlify-oauth-callback?code=x', '', '/'],
    [undefined, '/docs', '/docs/'],
  ])('for %j below %j is %j', (place, basePath, path) => {
    expect(returnPlace(place, basePath)).toBe(path);
  });

  it('is on the docs, whatever was kept', () => {
    const part = string({ unit: constantFrom(...'/\\.:@%2fdocs?#ab\t'.split('')), maxLength: 12 });
    assert(
      property(part, constantFrom('', '/docs'), integer({ min: 0, max: 1 }), (text, basePath, slash) => {
        const path = returnPlace('/'.repeat(slash) + text, basePath);
        const resolved = new URL(path, 'https://docs.foo.com');
        equal(resolved.origin, 'https://docs.foo.com');
        equal(`${resolved.pathname}/`.startsWith(`${basePath}/`), true);
      }),
      propertyRuns(100),
    );
  });
});
