import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import * as fc from 'fast-check';
import {
  createMintIgnoreMatcher,
  isMintIgnoredBy,
} from '../../../node_modules/@mintlify/common/dist/mintIgnore.js';
import { MintIgnore } from '../../../libs/mintlify-docs-emulator/src/site/mint-ignore.js';
import { checkSite } from '../../../libs/mintlify-docs-emulator/src/site/site-checker.js';
import { SiteReader } from '../../../libs/mintlify-docs-emulator/src/site/site-reader.js';
import { ensureClientBundle } from './client-bundle-helper.js';
import { makeFolder } from './sample-folder-helper.js';

const FILES = {
  'docs.json': JSON.stringify({
    navigation: {
      groups: [
        { group: 'Start', pages: ['start', 'drafts/next', 'changelog'] },
        { group: 'All', directory: 'guides' },
      ],
    },
  }),
  '.mintignore': '# Drafts\ndrafts/\n*.draft.mdx\ninternal.*\n',
  'start.mdx': '[a](/drafts/next) [b](/guides/setup) ![c](/drafts/a.svg)',
  'changelog.md': 'It is listed, so it is a page.',
  'drafts/next.mdx': 'A draft',
  'drafts/a.svg': '<svg/>',
  'guides/setup.mdx': 'Setup',
  'guides/new.draft.mdx': 'A draft',
  'guides/README.md': 'For writers',
  'internal.js': 'x',
  'custom.js': 'x',
};
const cleanups: (() => Promise<unknown>)[] = [];
beforeAll(ensureClientBundle, 60_000);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function makeDocs(): Promise<string> {
  const folder = await makeFolder(FILES);
  cleanups.push(() => folder.remove());
  return folder.path;
}

describe('.mintignore', () => {
  it('takes pages, files and scripts out of the site, and links to them lead nowhere', async () => {
    const directory = await makeDocs();
    const { report, broken } = await checkSite({
      directory,
      mode: 'personalization',
      visitors: [{ name: 'anonymous' }],
    });
    expect(report.pages.map(({ path }) => path)).toEqual(['/start', '/changelog', '/guides/setup']);
    expect(broken.map(({ message }) => message.split(',')[0])).toEqual([
      'links to "/drafts/next"',
      'shows "/drafts/a.svg"',
      'the navigation lists /drafts/next',
    ]);
    expect((await new SiteReader(directory).read()).assets.scripts).toEqual(['/custom.js']);
  });

  it('makes their addresses 404, and those of files that Mintlify always leaves out', async () => {
    const emulator = await startDocsEmulator({
      port: 0,
      directory: await makeDocs(),
      visitors: { anonymous: null },
    });
    cleanups.push(() => emulator.close());
    const statusOf = async (path: string) => (await fetch(emulator.url + path)).status;
    for (const path of [
      '/drafts/next',
      '/drafts/a.svg',
      '/internal.js',
      '/guides/new.draft',
      '/guides/README',
    ]) {
      expect([path, await statusOf(path)]).toEqual([path, 404]);
    }
    for (const path of ['/start', '/changelog', '/custom.js', '/guides/setup']) {
      expect([path, await statusOf(path)]).toEqual([path, 200]);
    }
    const code = await (await fetch(`${emulator.url}/_emulator/modules/drafts/next.mdx`)).text();
    expect(code).not.toContain('A draft');
    expect(await statusOf('/_emulator/sources/drafts/next.mdx')).toBe(404);
  });

  it('counts at the next look when it changes', async () => {
    const directory = await makeDocs();
    const sites = new SiteReader(directory);
    await sites.read();
    expect(await sites.findPage('/drafts/next')).toBeUndefined();
    await rm(join(directory, '.mintignore'));
    await sites.read();
    expect((await sites.findPage('/drafts/next'))?.page.file).toBe('drafts/next.mdx');
    await writeFile(join(directory, '.mintignore'), '/start.mdx');
    await sites.read();
    expect(await sites.findPage('/start')).toBeUndefined();
  });

  it("leaves out what Mintlify's code leaves out", async () => {
    const directory = await makeDocs();
    const name = fc.constantFrom(
      'a',
      'b.mdx',
      'README.md',
      'readme.md',
      'drafts',
      'node_modules',
      'x.draft.mdx',
    );
    const line = fc.oneof(
      fc.array(fc.constantFrom('a', 'b.mdx', '*', '**', '*.mdx', 'drafts', ''), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.constant(['#', 'a']),
    );
    const written = fc.tuple(
      fc.constantFrom('', '!', '/', ' '),
      line.map((parts) => parts.join('/')),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(written, { maxLength: 4 }),
        fc.array(name, { minLength: 1, maxLength: 3 }),
        async (lines, parts) => {
          const patterns = lines.map(([mark, text]) => `${mark}${text}`.trim());
          await writeFile(join(directory, '.mintignore'), patterns.join('\r\n'));
          const ours = (await MintIgnore.read(directory)).has(parts.join('/'), { isListed: false });
          // There, a pattern can also bring back what is always left out.
          const theirs = isMintIgnoredBy(parts.join('/'), createMintIgnoreMatcher(patterns));
          const bringsBack = patterns.some((pattern) => pattern.startsWith('!'));
          assert.equal(ours, theirs || (bringsBack && ours));
        },
      ),
      // Each run writes a file.
      { numRuns: 500 },
    );
  });
});
