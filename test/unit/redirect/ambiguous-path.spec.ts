import { describe, expect, it } from '@jest/globals';
import { leavesBasePath } from '../../../libs/mintlify-personalization/src/redirect/path-escape.js';
import { resolveRedirectTarget } from '../../../libs/mintlify-personalization/src/redirect/redirect-target.js';
import { BASE_PATH_SITE, ROOT_SITE } from '../../support/sites.support.js';

/** Percent-encodes every character of a text, this many times over. */
function encodeTimes(text: string, times: number): string {
  const encode = (character: string): string => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  let encoded = text;
  for (let time = 0; time < times; time += 1) encoded = encoded.replaceAll(/[^]/g, encode);
  return encoded;
}

const refusedOnBasePath = (redirect: string) => resolveRedirectTarget(BASE_PATH_SITE, { redirect }).refused;

describe('a path that somebody could read as another one', () => {
  it.each([1, 2, 3])('is refused when its dot segment is encoded, layer %i', (times) => {
    const dots = encodeTimes('..', times);
    const refusals = [
      `/docs/${dots}/admin`,
      `/docs/${dots}`,
      `/docs/a/${dots}/${dots}/admin`,
      `/docs/.${encodeTimes('.', times)}/admin`,
      `/docs/a${encodeTimes('/../../', times)}admin`,
      `/docs/a${encodeTimes('\\..\\..\\', times)}admin`,
    ].map(refusedOnBasePath);
    expect(refusals).not.toContain(undefined);
  });

  it.each([
    ['only the letters of an escape encoded', '/docs/%252%65%252%65/admin'],
    ['all of an escape encoded', '/docs/%25%32%65%25%32%65/admin'],
    ['an escape that a lax decoder completes', '/docs/%2%65%2%65/admin'],
    ['a tab between the dots', '/docs/.%09./admin'],
    ['an encoded tab between the dots', '/docs/.%2509./admin'],
    ['a line break between the dots', '/docs/.%0d%0a./admin'],
    ['a backslash that is encoded', '/docs/..%5cadmin'],
    ['a parameter behind the dots', '/docs/..;a=b/admin'],
    ['an encoded parameter behind the dots', '/docs/%2e%2e%3b/admin'],
    ['a space behind the dots, which URL parsers drop at the end', '/docs/%2e%2e%20'],
    ['a control character behind the dots', '/docs/a/..%01/..%2501'],
    ['a space and a parameter behind the dots', '/docs/..%20;a=b/admin'],
    ['NUL', '/docs/..%00/admin'],
    ['NUL, encoded twice', '/docs/..%2500/admin'],
    ['a dot in two bytes', '/docs/%c0%ae%c0%ae/admin'],
    ['a slash in two bytes', '/docs/x%C0%AF..%C0%AFadmin'],
    ['a dot in three bytes', '/docs/%e0%80%ae%e0%80%ae/admin'],
    ['more layers than anybody needs', `/docs/${encodeTimes('a', 6)}`],
  ])('is refused: %s', (_, redirect) => {
    expect(refusedOnBasePath(redirect)).toBe('ambiguous_path');
  });

  it.each([
    '/%2fevil.com',
    '/%2Fevil.com',
    '/%252fevil.com',
    '/%25252fevil.com',
    '/%5cevil.com',
    '/%5Cevil.com',
    '/%09/evil.com',
    '/%2509/evil.com',
    '/a/..//evil.com',
    '/.//evil.com',
    '/..//evil.com',
    '/a/%2e%2e//evil.com',
    '/a/%252e%252e%252f%252fevil.com',
    '/%2fevil.com%2f..%2f..',
    '/%5cevil.com%5c..%5c..',
    '/%252fevil.com%252f%252e%252e%252f..',
    '/%2f..',
    '/.%2F%2F.',
    '/%2e%2F%2F%2e',
    '/a%2F..%2F%2F.',
    '/%2F%2Fa%2F..%2F..',
    '/a%2F..%2F%2Fb%2F..',
    '/.;//evil.com',
    '/a/..;//evil.com',
    '/a/..;//e',
    'https://docs.foo.com//evil.com',
    'https://docs.foo.com/\\evil.com',
  ])('is refused, for it could begin with two slashes: %j', (redirect) => {
    expect(resolveRedirectTarget(ROOT_SITE, { redirect })).toEqual({
      path: '/',
      query: '',
      refused: 'ambiguous_path',
    });
  });

  it('is refused from five layers on, whatever is below them', () => {
    const refusals = [4, 5].map((times) => refusedOnBasePath(`/docs/${encodeTimes('a', times)}`));
    expect(refusals).toEqual([undefined, 'ambiguous_path']);
  });

  it.each([
    '/docs/a%2fb',
    '/docs/100%25',
    '/docs/%e0%a4%a8',
    '/docs/%f0%9f%98%80',
    '/docs/a;b',
    '/docs/a..b',
    '/docs/...',
  ])('is not %s', (redirect) => {
    expect(refusedOnBasePath(redirect)).toBeUndefined();
  });

  it('is not one that is the front page to some', () => {
    expect(resolveRedirectTarget(ROOT_SITE, { redirect: '/a%2F..%2F' })).toEqual({
      path: '/a%2F..%2F',
      query: '',
    });
  });

  it('is looked for in the base path itself', () => {
    expect(leavesBasePath('/docs', '/docs')).toBe(false);
    expect(leavesBasePath('/docs%2f..', '/docs')).toBe(true);
    expect(leavesBasePath('/', '')).toBe(false);
  });
});
