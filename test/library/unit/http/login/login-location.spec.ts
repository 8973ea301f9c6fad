import { describe, expect, it } from '@jest/globals';
import { createLoginLocation } from '../../../../../libs/mintlify-personalization/src/http/login/login-location.js';
import { resolveOptions } from '../../../../../libs/mintlify-personalization/src/options/app-options.js';
import { ROOT_SITE } from '../../../../support/sites.support.js';

const MAX_LENGTH = 7_168;

/** Where a visitor without a login goes, and what of the request was refused. */
function loginFor(url: string, options: { loginUrl?: string; returnToParameter?: string } = {}) {
  const resolved = resolveOptions({ docsUrl: ROOT_SITE.url, loginUrl: 'https://foo.com/login', ...options });
  const request = {
    method: 'GET',
    headers: { host: 'evil.com', 'x-forwarded-host': 'evil.com', 'x-forwarded-prefix': '/evil' },
    url,
  };
  return createLoginLocation(resolved, ROOT_SITE, request, 1, MAX_LENGTH);
}

const locationFor = (...parameters: Parameters<typeof loginFor>) => loginFor(...parameters)?.location;

/** The way back in it. */
const returnToOf = (url: string) =>
  new URL(locationFor(url) ?? '').searchParams.get('returnTo')?.replace(/[?&]login-attempt=1$/, '');

describe('createLoginLocation', () => {
  it('is the login page, with the way back to this route', () => {
    expect(locationFor('/docs-login')).toBe(
      'https://foo.com/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1',
    );
    expect(locationFor('/api/docs-login?redirect=%2Fa&anchor=b')).toBe(
      'https://foo.com/login?returnTo=%2Fapi%2Fdocs-login%3Fredirect%3D%252Fa%26anchor%3Db%26login-attempt%3D1',
    );
  });

  it('is nowhere without a loginUrl', () => {
    expect(locationFor('/docs-login', { loginUrl: undefined })).toBeUndefined();
  });

  it.each([
    ['/login', '/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1'],
    ['/login?theme=dark', '/login?theme=dark&returnTo=%2Fdocs-login%3Flogin-attempt%3D1'],
    [
      'https://foo.com/login?theme=dark',
      'https://foo.com/login?theme=dark&returnTo=%2Fdocs-login%3Flogin-attempt%3D1',
    ],
    [
      'https://foo.com/login?returnTo=/old',
      'https://foo.com/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1',
    ],
    ['https://foo.com/#/login', 'https://foo.com/#/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1'],
  ])('keeps what loginUrl has: %s', (loginUrl, location) => {
    expect(locationFor('/docs-login', { loginUrl })).toBe(location);
  });

  it('names the way back as the login page calls it', () => {
    expect(locationFor('/docs-login', { returnToParameter: 'next' })).toBe(
      'https://foo.com/login?next=%2Fdocs-login%3Flogin-attempt%3D1',
    );
  });

  it.each([
    ['/docs-login?redirect=/a%23b&anchor=c d', '/docs-login?redirect=%2Fa%23b&anchor=c+d'],
    ['/docs-login?other=1&redirect=/a&jwt=x', '/docs-login?redirect=%2Fa'],
    ['/docs-login?anchor=only', '/docs-login?anchor=only'],
    ['/docs-login?redirect=', '/docs-login?redirect='],
    ['/docs-login?redirect=https://evil.com', '/docs-login'],
    ['/docs-login?redirect=//evil.com&anchor=a', '/docs-login'],
    ['/docs-login?redirect=/a&redirect=/b', '/docs-login'],
    ['//evil.com/docs-login', '/evil.com/docs-login'],
    ['http://evil.com/docs-login', '/docs-login'],
  ])('brings back %s as %s', (url, returnTo) => {
    expect(returnToOf(url)).toBe(returnTo);
  });

  it.each([
    ['/docs-login?redirect=https://evil.com', 'off_origin'],
    ['/docs-login?redirect=/a&redirect=/b', 'repeated'],
    ['/docs-login?redirect=/a', undefined],
    ['/docs-login', undefined],
  ])('says why %s brings nothing back: %s', (url, refused) => {
    expect(loginFor(url)?.refused).toBe(refused);
  });

  it.each([
    '/.\\\\evil.com/docs-login',
    '/./\\evil.com/docs-login',
    '/a/..//evil.com/docs-login',
    '/%2e/%2fevil.com/docs-login',
    '/.%5c%5cevil.com/docs-login',
  ])('has no way back to a path that could be read as another host: %s', (url) => {
    expect(loginFor(url)).toEqual({ location: 'https://foo.com/login', refused: 'ambiguous_path' });
  });

  it('is no longer than a redirect to the docs may be', () => {
    const long = 'a'.repeat(3_500);
    const both = loginFor(`/docs-login?redirect=/${long}%C3%A4&anchor=${'%26'.repeat(1_200)}`);
    expect(both).toEqual({
      location: 'https://foo.com/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1',
      refused: 'too_long',
    });
    const path = loginFor(`/${'a'.repeat(8_000)}/docs-login`);
    expect(path).toEqual({ location: 'https://foo.com/login', refused: 'too_long' });
  });
});
