import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { findRedirect, readRedirects } from '../../../libs/mintlify-docs-emulator/src/site/redirects.js';
import { propertyRuns } from '../../support/property-runs.support.js';

const target = (source: string, destination: string, path: string) =>
  findRedirect(readRedirects([{ source, destination }]), path)?.destination;

describe('a redirect of docs.json', () => {
  it.each([
    ['/old', '/new', '/old', '/new'],
    ['old/', 'new', '/old', '/new'],
    ['/old', '/new', '/old/more', undefined],
    ['/old', '/new', '/older', undefined],
    ['/old/*', '/new/*', '/old/a/b', '/new/a/b'],
    ['/old/*', '/new', '/old/a', '/new'],
    ['/old*', '/new*', '/old-a/b', '/new-a/b'],
    ['/old/:slug', '/new/:slug', '/old/a', '/new/a'],
    ['/old/:slug', '/new/:slug', '/old/a/b', undefined],
    ['/old/:slug*', '/new/:slug*', '/old/a/b', '/new/a/b'],
    ['/old/:path*', '/new/:splat', '/old/a', '/new/:splat'],
    ['/:lang/old', '/new/:lang', '/fr/old', '/new/fr'],
    ['/old', 'https://foo.test/x', '/old', 'https://foo.test/x'],
    ['/same', '/same', '/same', undefined],
    ['/*', '//evil.example', '/a', '/evil.example'],
    ['/*', '/*', '/\\evil.example', '/evil.example'],
    ['/*', '*', '/https://evil.example', undefined],
    ['/a/*', '*', '/a/https://evil.example', '/https://evil.example'],
  ])('from %s to %s takes %s to %s', (source, destination, path, expected) => {
    expect(target(source, destination, path)).toBe(expected);
  });

  it.each([undefined, 'x', [null, {}, { source: '/a' }, { source: 1, destination: '/b' }]])(
    'is not %j',
    (redirects) => {
      expect(readRedirects(redirects)).toEqual([]);
    },
  );

  const hostilePath = fc
    .array(fc.constantFrom('/', '\\', 'https:', '//', 'evil.example', ':x', '*', 'a', '@'), { maxLength: 6 })
    .map((parts) => `/${parts.join('')}`);

  it('of a path never leads to another host, whatever is asked for', () => {
    fc.assert(
      fc.property(hostilePath, fc.constantFrom('/*', '/a/*', '/:x*', '/:x'), (path, source) => {
        const found = target(source, '/*', path) ?? target(source, '/:x', path) ?? '/';
        assert.match(found, /^\/(?![/\\])/);
      }),
      propertyRuns(500),
    );
  });
});
