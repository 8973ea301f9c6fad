import { match } from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  locateFile,
  locatePage,
  splitUrlPath,
} from '../../../libs/mintlify-docs-emulator/src/site/file.locator.js';
import { makeFolder } from './sample-folder.helper.js';
import type { SampleFolder } from './sample-folder.helper.js';
import { propertyRuns } from '../../support/property-runs.support.js';

describe('splitUrlPath', () => {
  it('splits and decodes a path', () => {
    expect(splitUrlPath('/guides/quick%20start/')).toEqual(['guides', 'quick start']);
    expect(splitUrlPath('/')).toEqual([]);
  });

  it.each([
    '/..',
    '/../secret',
    '/a/../../secret',
    '/%2e%2e/secret',
    '/..%2fsecret',
    String.raw`/..%5csecret`,
    '/a%00.mdx',
    '/.env',
    '/.git/config',
    '/a/.hidden/b',
    '//etc/passwd',
    '/a//b',
    '/c%3a/windows',
    '/%E0%A4%A',
    '/%252e%252e/%2e',
  ])('refuses %s', (path) => {
    expect(splitUrlPath(path)).toBeUndefined();
  });

  it('gives no part that can lead out of a folder', () => {
    fc.assert(
      fc.property(fc.webPath({ size: 'medium' }), fc.string({ unit: 'binary' }), (path, tail) => {
        for (const text of [path, `/${tail}`, `${path}/%2e%2e/${encodeURIComponent(tail.toWellFormed())}`]) {
          for (const part of splitUrlPath(text) ?? []) match(part, /^[^./\\:\0][^/\\:\0]*$/);
        }
      }),
      propertyRuns(100),
    );
  });
});

describe('locateFile and locatePage', () => {
  let outside: SampleFolder;
  let docs: SampleFolder;
  beforeAll(async () => {
    outside = await makeFolder({ 'secret.mdx': 'secret' });
    docs = await makeFolder({
      'index.mdx': '',
      'a.mdx': '',
      'a/index.mdx': '',
      'b.md': '',
      'c/index.mdx': '',
      'c/d.mdx': '',
    });
    await symlink(join(outside.path, 'secret.mdx'), join(docs.path, 'link.mdx'));
    await symlink(outside.path, join(docs.path, 'linked'));
    await symlink(join(docs.path, 'a.mdx'), join(docs.path, 'inner.mdx'));
  });
  afterAll(() => Promise.all([outside.remove(), docs.remove()]));

  it.each([
    [[], 'index.mdx'],
    [['a'], 'a.mdx'],
    [['b'], 'b.md'],
    [['c'], 'c/index.mdx'],
    [['c', 'd'], 'c/d.mdx'],
  ])('finds the page %j as %s', async (parts, relativePath) => {
    expect(await locatePage(docs.path, parts)).toMatchObject({ relativePath });
  });

  it('finds nothing for an unknown page, a folder, or a file taken for a folder', async () => {
    expect(await locatePage(docs.path, ['none'])).toBeUndefined();
    expect(await locateFile(docs.path, ['c'])).toBeUndefined();
    expect(await locateFile(docs.path, ['a.mdx', 'x'])).toBeUndefined();
  });

  it('follows a symbolic link inside the folder and none that leads out of it', async () => {
    expect(await locatePage(docs.path, ['inner'])).toBeDefined();
    expect(await locatePage(docs.path, ['link'])).toBeUndefined();
    expect(await locatePage(docs.path, ['linked', 'secret'])).toBeUndefined();
  });
});
