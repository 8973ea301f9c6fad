import { describe, expect, it } from '@jest/globals';
import { resolveRedirectTarget } from '../../../../libs/mintlify-personalization/src/redirect/redirect-target.js';
import { BASE_PATH_SITE, LOCAL_SITE, ROOT_SITE, SITES } from '../../../support/sites.support.js';

const at = (site: typeof ROOT_SITE, redirect: string, anchor?: string) =>
  resolveRedirectTarget(site, { redirect, anchor });

describe('resolveRedirectTarget', () => {
  it.each([
    ['a path from the root', '/quickstart', '/quickstart', ''],
    ['a relative path', 'quickstart', '/quickstart', ''],
    ['a trailing slash', '/quickstart/', '/quickstart/', ''],
    ['a query', '/api?tab=go&x=1', '/api', '?tab=go&x=1'],
    ['the whole address of a page', 'https://docs.foo.com/a/b?c', '/a/b', '?c'],
    ['an upper case scheme and host', 'HTTPS://DOCS.FOO.COM/a', '/a', ''],
    ['the default port', 'https://docs.foo.com:443/a', '/a', ''],
    ['dot segments that stay on the site', '/a/../b/./c', '/b/c', ''],
    ['names with dots', '/v1.2/..a/b..', '/v1.2/..a/b..', ''],
    ['letters outside of ASCII', '/größe/日本', '/gr%C3%B6%C3%9Fe/%E6%97%A5%E6%9C%AC', ''],
    ['an escaped space, slash or percent sign', '/a%20b/c%2Fd/e%25f', '/a%20b/c%2Fd/e%25f', ''],
    ['a page that is the callback of private docs alone', '/login/jwt-callback', '/login/jwt-callback', ''],
    ['an address in the query', '/a?next=https://evil.com/..', '/a', '?next=https://evil.com/..'],
  ])('keeps %s', (_, redirect, path, query) => {
    expect(at(ROOT_SITE, redirect)).toEqual({ path, query });
  });

  it.each(['/docs', '/docs/', '/docs/a/b', 'a/b', '?x=1', 'https://foo.com/docs/a', '/docs/a/../b'])(
    'keeps %s under a base path',
    (redirect) => {
      const target = at(BASE_PATH_SITE, redirect);
      expect(target.refused).toBeUndefined();
      expect(target.path).toMatch(/^\/docs($|\/)/);
    },
  );

  it('sends a visitor without a redirect to the front page', () => {
    expect(SITES.map((site) => resolveRedirectTarget(site, {}).path)).toEqual(['/', '/docs', '/']);
    expect(resolveRedirectTarget(ROOT_SITE, { redirect: [], anchor: [''] })).toEqual({
      path: '/',
      query: '',
    });
  });

  it('keeps the anchor of a front page', () => {
    expect(at(BASE_PATH_SITE, '', 'top')).toEqual({ path: '/docs', query: '', anchor: 'top' });
  });

  describe('takes the anchor', () => {
    it.each([
      ['from the parameter', '/a', 'step-one', 'step-one'],
      ['from the redirect', '/a#step-one', undefined, 'step-one'],
      ['from the parameter rather than from the redirect', '/a#two', 'one', 'one'],
      ['from the redirect when the parameter is empty', '/a#two', '', 'two'],
      ['decoded from the redirect', '/a#%C3%BCber%20uns', undefined, 'über uns'],
      ['as it stands where the encoding is broken', '/a#100%', undefined, '100%'],
      ['with all of its hashes and ampersands', '/a##b&jwt=c', undefined, '#b&jwt=c'],
      ['as it is from the parameter, encoded or not', '/a', '%2F#&jwt=x', '%2F#&jwt=x'],
    ])('%s', (_, redirect, parameter, anchor) => {
      expect(at(ROOT_SITE, redirect, parameter)).toEqual({ path: '/a', query: '', anchor });
    });
  });

  it.each([
    [{ redirect: ['/a', '/b'] }],
    [{ redirect: ['/a', '/a'] }],
    [{ redirect: '/a', anchor: ['x', 'y'] }],
  ])('refuses repeated parameters: %j', (parameters) => {
    expect(resolveRedirectTarget(ROOT_SITE, parameters)).toEqual({
      path: '/',
      query: '',
      refused: 'repeated',
    });
  });

  it('takes a parameter that is a list of one', () => {
    expect(resolveRedirectTarget(ROOT_SITE, { redirect: ['/a'], anchor: ['b'] })).toEqual({
      path: '/a',
      query: '',
      anchor: 'b',
    });
  });

  it.each([
    ['half of a surrogate pair in the redirect', { redirect: '/\uD800' }],
    ['half of a surrogate pair in the anchor', { redirect: '/a', anchor: 'x\uDC00' }],
    ['an object for a redirect', { redirect: { a: '/x' } as unknown as string }],
    ['an object in a list', { redirect: [{}] as unknown as string[] }],
    ['a number for an anchor', { anchor: 5 as unknown as string }],
    ['a URL without an end to its host', { redirect: 'http://[' }],
    ['a port that is none', { redirect: 'https://docs.foo.com:port/' }],
  ])('refuses %s as malformed', (_, parameters) => {
    expect(resolveRedirectTarget(ROOT_SITE, parameters)).toEqual({
      path: '/',
      query: '',
      refused: 'malformed',
    });
  });

  it.each([
    'https://evil.com',
    'https://evil.com/docs',
    '//evil.com/docs',
    '///evil.com',
    '\\\\evil.com',
    '/\\evil.com',
    '\\/evil.com',
    '/\t/evil.com',
    '\t//evil.com',
    '/\r\n/evil.com',
    ' https://evil.com',
    'http://foo.com/docs',
    'https://foo.com:8443/docs',
    'https://foo.com.evil.com/docs',
    'https://evilfoo.com/docs',
    'https://foo.com@evil.com/docs',
    'https://user@foo.com/docs',
    'https://user:password@foo.com/docs',
    'https://:password@foo.com/docs',
    'HTTPS://EVIL.COM',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'blob:https://foo.com/docs/1f2a',
    'file:///docs/a',
    'ftp://foo.com/docs',
    'mailto:a@foo.com',
    'https://foo.com./docs',
  ])('refuses %j, which leaves the origin', (redirect) => {
    expect(at(BASE_PATH_SITE, redirect, 'kept-off')).toEqual({
      path: '/docs',
      query: '',
      refused: expect.stringMatching(/^(off_origin|malformed)$/),
    });
  });

  it('reads a scheme without slashes as browsers do: a relative path where the scheme is the same', () => {
    expect(at(BASE_PATH_SITE, 'https:evil.com').path).toBe('/docs/evil.com');
    expect(at(LOCAL_SITE, 'https:evil.com').refused).toBe('off_origin');
  });

  it('tells one port of a machine from another', () => {
    expect(at(LOCAL_SITE, 'http://localhost:3001/a').path).toBe('/a');
    expect(at(LOCAL_SITE, 'http://localhost:3002/a').refused).toBe('off_origin');
    expect(at(LOCAL_SITE, 'http://localhost/a').refused).toBe('off_origin');
  });

  describe('on docs with a base path', () => {
    it.each([
      ['/', '/docs', ''],
      ['/?x=1', '/docs', '?x=1'],
      ['/quickstart', '/docs/quickstart', ''],
      ['/quickstart/', '/docs/quickstart/', ''],
      ['/api?tab=go', '/docs/api', '?tab=go'],
      ['/api?next=/../b', '/docs/api', '?next=/../b'],
      ['/über-uns', '/docs/%C3%BCber-uns', ''],
      ['/docsify', '/docs/docsify', ''],
      ['/docs-internal/a%20b', '/docs/docs-internal/a%20b', ''],
      ['/Docs', '/docs/Docs', ''],
      ['/docs/docs', '/docs/docs', ''],
    ])('takes %s for a page of them', (redirect, path, query) => {
      expect(at(BASE_PATH_SITE, redirect)).toEqual({ path, query });
    });

    it('keeps the anchor of such a page', () => {
      expect(at(BASE_PATH_SITE, '/a%20b#step-one')).toEqual({
        path: '/docs/a%20b',
        query: '',
        anchor: 'step-one',
      });
    });

    it.each([
      'https://foo.com/quickstart',
      'https://foo.com/docsify',
      'https:/quickstart',
      '//foo.com/quickstart',
      '/\t/foo.com/quickstart',
      '/\\foo.com/quickstart',
      '\\quickstart',
      '/docs/../a',
      '/docs/%2e%2e/a',
      '/docs/..',
      '/docs%2f..%2fa',
      '/docs%252f..%252fa',
      '/a/../b',
      '/a/.;/b',
      '/../x',
      '/%2e%2e/x',
      '/.\t./x',
      '/..\\x',
      '/..%2fx',
      '/.. ',
      '/;x/foo.com',
      '../a',
      '..',
    ])('refuses %j, which is outside of them', (redirect) => {
      expect(at(BASE_PATH_SITE, redirect).refused).toBe('outside_base_path');
    });
  });

  describe('bounds the length of each parameter', () => {
    const longest = 'a'.repeat(4_096);

    it('at 4,096 characters', () => {
      expect(at(ROOT_SITE, `/${longest.slice(1)}`, longest)).toEqual({
        path: `/${longest.slice(1)}`,
        query: '',
        anchor: longest,
      });
    });

    it.each([
      ['a redirect', { redirect: `/${longest}` }],
      ['an anchor', { redirect: '/a', anchor: `${longest}a` }],
      ['a redirect in a list', { redirect: [`/${longest}`] }],
      ['a redirect that is longer than its page', { redirect: `/a${'/..'.repeat(2_000)}` }],
      ['a redirect to another site', { redirect: `https://evil.com/${longest}` }],
      ['what is malformed besides', { redirect: `/a\uD800${longest}` }],
    ])('and refuses %s beyond it, whatever else is wrong', (_, parameters) => {
      expect(resolveRedirectTarget(ROOT_SITE, parameters)).toEqual({
        path: '/',
        query: '',
        refused: 'too_long',
      });
    });
  });
});
