import { equal, match } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, oneof, pre, property, string } from 'fast-check';
import { returnPath } from '../../../src/auth/return-path.js';
import { propertyRuns } from '../../support/property-runs.support.js';

const APP = 'https://app.example';

describe('returnPath', () => {
  it.each([
    '/',
    '/docs-login',
    '/docs-login?redirect=%2Fquickstart&anchor=step-one',
    '/docs-login?redirect=https://evil.example',
    '/a/b?c=d#e',
    '/a//b',
    '/%2F%2Fevil.example',
    '/%5Cevil.example',
    '/?x=//evil.example',
  ])('keeps %j', (path) => {
    expect(returnPath(path)).toBe(path);
  });

  it('resolves dots and encodes characters that a header cannot contain', () => {
    expect(returnPath('/a/../b')).toBe('/b');
    expect(returnPath('/café?x=ü')).toBe('/caf%C3%A9?x=%C3%BC');
  });

  it.each([
    '',
    'docs-login',
    './docs-login',
    '?x',
    '#x',
    'https://evil.example',
    'HTTPS:evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '///evil.example',
    '////evil.example/%2e%2e',
    '/\\evil.example',
    '\\/evil.example',
    '\\\\evil.example',
    '/a\\b',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\nSet-Cookie: a=b',
    '/\u0000/evil.example',
    '/\u0085/evil.example',
    ' /docs-login',
    '/ /evil.example',
    '/\u00a0x',
    '\ufeff/docs-login',
    '/.//evil.example',
    '/./\\evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/%2E%2E//evil.example',
    '/a/%2e%2e//evil.example',
    '//evil.example\\@app.example',
    '//app.example@evil.example',
    '//[::1]',
    `/${'a'.repeat(4_096)}`,
    undefined,
    null,
    7,
    ['/a'],
    { toString: () => '/a' },
  ])('gives the front page for %j', (value: unknown) => {
    expect(returnPath(value)).toBe('/');
  });

  const hostile = array(
    oneof(
      constantFrom(
        '/',
        '//',
        '\\',
        '.',
        '..',
        '%2e',
        '%2F',
        '%5c',
        '\t',
        '\n',
        '\r',
        '\0',
        ' ',
        '@',
        ':',
        '?',
        '#',
      ),
      constantFrom('evil.example', 'https:', 'http://', 'javascript:', 'a', '[::1]', '\u2028', '\ud800'),
      string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 12 },
  ).map((parts) => parts.join(''));

  it.each(['', '/'])('stays on the origin of the app for any string after %j', (start) => {
    assert(
      property(hostile, (rest) => {
        const path = returnPath(start + rest);
        match(path, /^\/(?![/\\])[\x21-\x7e]*$/);
        equal(new URL(path, APP).origin, APP);
      }),
      propertyRuns(2_000),
    );
  });

  it('does not change its own result', () => {
    assert(
      property(hostile, (rest) => {
        const path = returnPath(`/${rest}`);
        pre(path.length <= 4_096);
        equal(returnPath(path), path);
      }),
      propertyRuns(100),
    );
  });
});
