import { describe, expect, it } from '@jest/globals';
import { parseUrl } from '../../../../libs/mintlify-personalization/src/options/parse-url.js';

describe('parseUrl', () => {
  it('reads letters outside of ASCII however often it is called', () => {
    // Often enough for the engine to optimise the calls: that is when `URL.canParse` of Node 20 goes wrong.
    const misread = Array.from({ length: 200_000 }, () => parseUrl('https://bücher.example')?.host).find(
      (host) => host !== 'xn--bcher-kva.example',
    );
    expect(misread).toBeUndefined();
  });

  it('resolves against a base, and gives nothing for what is no URL', () => {
    expect(parseUrl('/größe', 'https://docs.foo.com')?.href).toBe('https://docs.foo.com/gr%C3%B6%C3%9Fe');
    for (const text of ['', 'docs.foo.com', '/a', 'https://']) expect(parseUrl(text)).toBeUndefined();
    expect(parseUrl('//', 'https://docs.foo.com')).toBeUndefined();
  });
});
