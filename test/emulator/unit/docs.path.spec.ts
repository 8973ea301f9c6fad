import { equal, match } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { docsPath } from '../../../libs/mintlify-docs-emulator/src/shared/docs.path.js';
import { propertyRuns } from '../../support/property-runs.support.js';

const ORIGIN = 'http://localhost:3002';

describe('docsPath', () => {
  it.each([
    ['/', '/'],
    ['/quickstart', '/quickstart'],
    ['/quickstart#step-one', '/quickstart#step-one'],
    ['/guides/start?tab=curl&x=%26#a%20b', '/guides/start?tab=curl&x=%26#a%20b'],
    ['/page?next=https://foo.com//x', '/page?next=https://foo.com//x'],
    ['/guides/../start', '/start'],
    ['/a//b', '/a//b'],
    ['/größe', '/gr%C3%B6%C3%9Fe'],
    ['/a%20b', '/a%20b'],
    ['/a%2520b', '/a%2520b'],
    ['/loginpage', '/loginpage'],
    ['/login/help', '/login/help'],
  ])('takes %j to %j', (redirect, path) => {
    expect(docsPath(redirect)).toBe(path);
  });

  it.each([
    null,
    '',
    'quickstart',
    ' /quickstart',
    'https://evil.example/',
    'http:/evil.example',
    '//evil.example',
    '//evil.example/quickstart',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\\/evil.example',
    '/a\\b',
    '/.//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '/%2E%2E//evil.example',
    '/%2Fevil.example',
    '/%2f%2fevil.example',
    '/%5Cevil.example',
    '/%5c%5cevil.example',
    '/%252Fevil.example',
    '/%25255Cevil.example',
    '/%2e/%2Fevil.example',
    '/.%2F/evil.example',
    '%2F%2Fevil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\nLocation: https://evil.example',
    '/%09/evil.example',
    '/%0d%0aSet-Cookie:a=b',
    '/a\u0000b',
    '/%00',
    '/a\u0085b',
    '/%',
    '/%zz',
    '/%ff',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    '@evil.example',
    '/login',
    '/login/',
    '/login?redirect=%2Flogin',
    '/%6cogin',
    '/login/jwt-callback#a.b.c',
    '/login/logged-out',
    '/login/session-over',
  ])('takes %j to the front page', (redirect) => {
    expect(docsPath(redirect)).toBe('/');
  });

  it('stays on the origin and never begins with two slashes, whatever redirect says', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2f',
      '%5C',
      '%2e',
      '%09',
      '\t',
      '\n',
      '@',
      ':',
      '?',
      '#',
      '%25',
      'evil.example',
      'https:',
      'a',
    );
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
      fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`),
    );
    fc.assert(
      fc.property(hostile, (redirect) => {
        const path = docsPath(redirect);
        match(path, /^\/(?![/\\])[\u0021-\u007e]*$/);
        equal(new URL(path, ORIGIN).origin, ORIGIN);
        match(decodeURIComponent(new URL(path, ORIGIN).pathname), /^\/(?![/\\])\P{Cc}*$/u);
        equal(docsPath(path), path);
      }),
      propertyRuns(2_000),
    );
  });

  it('keeps an ordinary page, query and anchor as they are', () => {
    const word = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/).filter((text) => text !== 'login');
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), word, word, (parts, value, anchor) => {
        const page = `/${parts.join('/')}?tab=${value}#${anchor}`;
        equal(docsPath(page), page);
      }),
      propertyRuns(100),
    );
  });
});
