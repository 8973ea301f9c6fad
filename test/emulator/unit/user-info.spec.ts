import { doesNotMatch, equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import { assert, constantFrom, integer, property, string, webUrl } from 'fast-check';
import { parseWwwAuthenticateError } from '../../../libs/mintlify-docs-emulator/src/shared/challenge-parser.js';
import {
  withoutQuery,
  explainRefusal,
  explainUnreadableResponse,
} from '../../../libs/mintlify-docs-emulator/src/shared/request-messages.js';
import { readReturnTo } from '../../../libs/mintlify-docs-emulator/src/shared/return-to.js';
import { propertyRuns } from '../../support/property-runs.support.js';

const docsOrigin = 'https://docs.foo.com';
const url = 'https://api.foo.com/docs/user-info?key=canary#x';

describe('the message for a request', () => {
  it.each<[string, number, string | undefined, string, RegExp]>([
    ['shared-session', 401, undefined, url, /log in first.*SameSite or Secure/],
    ['shared-session', 401, undefined, 'https://api.bar.com/', /different sites.*sends no cookie/],
    ['shared-session', 401, undefined, 'http://api.foo.com/', /different sites.*same scheme/],
    ['shared-session', 403, undefined, url, /Check that it allows the origin https:\/\/docs\.foo\.com/],
    ['oauth', 401, 'invalid_token', url, /rejected the access token.*invalid_token/],
    ['oauth', 401, undefined, url, /Check its audience and expiry/],
    ['oauth', 403, 'insufficient_scope', url, /lacks a scope/],
    ['oauth', 404, undefined, url, /including prefix and version/],
    ['oauth', 503, undefined, url, /temporarily unavailable/],
    ['oauth', 500, undefined, url, /Check its log/],
  ])('explains %s %i %s', (handshake, status, error, at, message) => {
    const answer = { handshake: handshake as 'oauth', status, error, docsOrigin, url: at };
    expect(explainRefusal(answer)).toMatch(message);
  });

  it('distinguishes an unreachable server from a response blocked by CORS', () => {
    const about = { docsOrigin, url, isReachable: true } as const;
    expect(
      explainUnreadableResponse({ ...about, purpose: 'user info', handshake: 'shared-session' }),
    ).toMatch(
      /CORS.*Access-Control-Allow-Origin: https:\/\/docs\.foo\.com \(exactly this origin\) and Access-Control-Allow-Credentials: true/,
    );
    expect(explainUnreadableResponse({ ...about, purpose: 'user info', handshake: 'oauth' })).toMatch(
      /Access-Control-Allow-Headers: Authorization/,
    );
    expect(explainUnreadableResponse({ ...about, purpose: 'access token', handshake: 'oauth' })).toMatch(
      /token endpoint/,
    );
    const away = explainUnreadableResponse({
      ...about,
      purpose: 'user info',
      handshake: 'oauth',
      isReachable: false,
    });
    expect(away).toMatch(/could not reach https:\/\/api\.foo\.com/);
  });

  it('contains no query, fragment or password', () => {
    expect(withoutQuery(url)).toBe('https://api.foo.com/docs/user-info');
    expect(withoutQuery('https://u:canary@foo.com/a')).toBe('https://foo.com/a');
    expect(withoutQuery('canary')).not.toContain('canary');
    assert(
      property(webUrl({ withQueryParameters: true, withFragments: true }), (any) => {
        doesNotMatch(withoutQuery(any), /[?#]/);
      }),
      propertyRuns(100),
    );
  });
});

describe('parseWwwAuthenticateError', () => {
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
  ])('reads %j as %j', (header, error) => {
    expect(parseWwwAuthenticateError(header)).toBe(error);
  });
});

describe('the page to return to', () => {
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
  ])('is for %j below %j: %j', (returnTo, basePath, path) => {
    expect(readReturnTo(returnTo, basePath)).toBe(path);
  });

  it('is always a page of the docs', () => {
    const part = string({ unit: constantFrom(...'/\\.:@%2fdocs?#ab\t'.split('')), maxLength: 12 });
    assert(
      property(part, constantFrom('', '/docs'), integer({ min: 0, max: 1 }), (text, basePath, slash) => {
        const path = readReturnTo('/'.repeat(slash) + text, basePath);
        const resolved = new URL(path, 'https://docs.foo.com');
        equal(resolved.origin, 'https://docs.foo.com');
        equal(`${resolved.pathname}/`.startsWith(`${basePath}/`), true);
      }),
      propertyRuns(100),
    );
  });
});
