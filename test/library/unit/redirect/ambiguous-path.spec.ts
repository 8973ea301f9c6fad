import { describe, expect, it } from '@jest/globals';
import { escapesBasePath } from '../../../../libs/mintlify-personalization/src/redirect/path-escape.js';
import { resolveRedirectTarget } from '../../../../libs/mintlify-personalization/src/redirect/redirect-target.js';
import { BASE_PATH_SITE, ROOT_SITE } from '../../../support/sites.support.js';

/** Percent-encodes every character of a text, this many times over. */
function encodeTimes(text: string, times: number): string {
  const encode = (character: string): string => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  let encoded = text;
  for (let time = 0; time < times; time += 1) encoded = encoded.replaceAll(/[^]/g, encode);
  return encoded;
}

const refusedOnBasePath = (redirect: string) => resolveRedirectTarget(BASE_PATH_SITE, { redirect }).refused;

describe('a path that some reader takes for another one', () => {
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
    ['several spaces behind the dots', '/docs/%2e%2e%20%20/admin'],
    ['a space and a parameter behind the dots', '/docs/..%20;a=b/admin'],
    ['NUL', '/docs/..%00/admin'],
    ['NUL, encoded twice', '/docs/..%2500/admin'],
    ['a dot in two bytes', '/docs/%c0%ae%c0%ae/admin'],
    ['a slash in two bytes', '/docs/x%C0%AF..%C0%AFadmin'],
    ['a dot in three bytes', '/docs/%e0%80%ae%e0%80%ae/admin'],
    ['more layers than a page needs', `/docs/${encodeTimes('a', 6)}`],
    ['a parameter that ends only where its slash is encoded', '/docs/..;x%2fdocs/admin'],
    ['a parameter behind dots, after dots that are hidden', '/docs/..%2f..;x/docs/secret'],
    ['one parameter that is dropped, and one that is not', '/docs/..;a/..;b/docs/secret'],
    ['dots that climb out and come back', '/docs/..%2fdocs/admin'],
    ['a semicolon that ends the path', '/docs/..;x/docs/secret'],
    ['an encoded question mark that ends the path', '/docs/%2e%2e%3f/docs/secret'],
    ['an encoded hash that ends the path', '/docs/%2e%2e%23/docs/secret'],
    ['slashes that are merged', '/docs//%252e%252e/admin'],
    ['an encoded slash that is merged', '/docs/%2f..%2fadmin'],
    ['dots that are resolved before the next layer', '/docs/a%252fb%2f..%2f%252e%252e%2fc'],
    ['%uXXXX for a dot', '/docs/%u002e%u002e/admin'],
    ['%uXXXX for a slash', '/docs/a%u002fb'],
    ['%uXXXX in upper case, encoded', '/docs/a%25U002Fb'],
    ['%uXXXX for a fullwidth slash', '/docs/a%uff0fb'],
    ['fullwidth dots and a fullwidth slash', '/docs/．．／admin'],
    ['a fullwidth backslash', '/docs/a＼b'],
    ['a fullwidth dot, encoded twice', '/docs/%25ef%25bc%258e'],
    ['a fullwidth dot whose bytes stand in different layers', '/docs/%ef%25bc%25258e'],
    ['a fullwidth percent sign', '/docs/％2e％2e/admin'],
    ['fullwidth digits of an escape', '/docs/%２ｅ%２ｅ/admin'],
    ['a fullwidth semicolon', '/docs/..；x/admin'],
    ['two dots in one letter', '/docs/‥/admin'],
    ['a dot in five bytes', '/docs/%f8%80%80%80%ae'],
    ['more readings than a page has', '/docs/a;b%3bc%253bd/e%20/f%09g/%5ch//i%3fj%23k/%2f;l%20;m//n'],
    ['a path whose readings are too long together', `/docs/${'日'.repeat(2_000)}`],
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
    '/..%2f/..;y/..%2fevil.com',
    '/;x/evil.com',
    '/%3bx/evil.com',
    '/;x%2f/evil.com',
    '/a/..;x/;y/evil.com',
    '/.;a/;b/evil.com',
    '/；x/evil.com',
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
    '/docs/guide;v=2/intro',
    '/docs/api/users/{id}',
    '/docs/api/users/%7Bid%7D',
    '/docs/a//b',
    '/docs/a%20b/c+d',
    '/docs/%fcber',
    '/docs/über-uns',
    '/docs/%C3%BCber-uns',
    '/docs/日本語/はじめに（その１）',
    '/docs/よくある質問？',
    '/docs/１００％',
    '/docs/ＡＰＩ',
    '/docs/½…①',
    '/docs/👩‍💻',
    '/docs/what%3f/c%23',
  ])('is not %s', (redirect) => {
    expect(refusedOnBasePath(redirect)).toBeUndefined();
  });

  it.each(['/a%2F..%2F', '/a/.%2Fb', '/a/b/%252e%252e/c', '/%2e%2fa'])(
    'is refused for a dot segment that is hidden, wherever it leads: %s',
    (redirect) => {
      const refused = [ROOT_SITE, BASE_PATH_SITE].map(
        (site) => resolveRedirectTarget(site, { redirect: site.basePath + redirect }).refused,
      );
      expect(refused).toEqual(['ambiguous_path', 'ambiguous_path']);
    },
  );

  it('has one of the letters that NFKC makes a dot, a slash or a backslash of, and no other letter makes it one', () => {
    const folding = Array.from({ length: 0x110000 }, (_, code) => code)
      .filter((code) => code > 0x7f && (code < 0xd800 || code > 0xdfff))
      .map((code) => String.fromCodePoint(code))
      .filter((letter) => letter.normalize('NFKC') !== letter);
    const refused = folding.filter((letter) => escapesBasePath(encodeURI(`/docs/a${letter}b`), '/docs'));
    expect(refused).toEqual(folding.filter((letter) => /[/\\]|^\.\.?$/.test(letter.normalize('NFKC'))));
    expect(refused).toHaveLength(12);
  });

  it('is looked for in the base path itself', () => {
    expect(escapesBasePath('/docs', '/docs')).toBe(false);
    expect(escapesBasePath('/docs%2f..', '/docs')).toBe(true);
    expect(escapesBasePath('/', '')).toBe(false);
    expect(escapesBasePath('/docsify', '/docs')).toBe(true);
  });
});
