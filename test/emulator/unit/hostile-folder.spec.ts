import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import { escapeHeadingIds } from '../../../libs/mintlify-docs-emulator/src/mdx/heading-ids.js';
import { readFrontMatterLeniently } from '../../../libs/mintlify-docs-emulator/src/site/front-matter-reader.js';
import { checkSite } from '../../../libs/mintlify-docs-emulator/src/site/site-checker.js';
import { SiteReader } from '../../../libs/mintlify-docs-emulator/src/site/site-reader.js';
import { ensureClientBundle } from './client-bundle-helper.js';
import { makeFolder } from './sample-folder-helper.js';

const SECRET = 'a key of this machine';
const cleanups: (() => Promise<unknown>)[] = [];
beforeAll(ensureClientBundle, 60_000);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await makeFolder(files);
  cleanups.push(() => folder.remove());
  return folder.path;
}
async function outside(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'outside-'));
  cleanups.push(() => rm(path, { recursive: true }));
  for (const name of ['page.mdx', 'part.mdx', 'secret.svg', 'nav.json', 'own.js']) {
    await writeFile(
      join(path, name),
      name === 'nav.json' ? JSON.stringify({ group: SECRET, pages: [] }) : SECRET,
    );
  }
  return path;
}
async function serve(directory: string) {
  const emulator = await startDocsEmulator({ port: 0, directory, visitors: { anonymous: null } });
  cleanups.push(() => emulator.close());
  return async (path: string) => {
    const response = await fetch(emulator.url + path);
    return { status: response.status, text: await response.text() };
  };
}
const faultsOf = async (directory: string) => {
  const { report } = await checkSite({
    directory,
    mode: 'personalization',
    visitors: [{ name: 'anonymous' }],
  });
  return [...report.faults, ...report.warnings, ...report.pages.flatMap(({ faults }) => faults)].map(
    ({ file, message }) => `${file}: ${message}`,
  );
};

describe('links and paths that lead outside the folder', () => {
  it('are followed by nothing: pages, snippets, images, scripts, folders and $ref', async () => {
    const away = await outside();
    const directory = await folderWith({
      'docs.json': JSON.stringify({
        navigation: {
          pages: [
            'index',
            'linked',
            { group: 'F', directory: 'folder', pages: [] },
            { $ref: 'nav.json' },
            { $ref: '../nav.json' },
          ],
        },
      }),
      'index.mdx': "import Part from '/snippets/part.mdx'\nimport Up from '../part.mdx'\n\n<Part /> <Up />",
    });
    await mkdir(join(directory, 'snippets'));
    for (const [name, target] of [
      ['linked.mdx', 'page.mdx'],
      ['snippets/part.mdx', 'part.mdx'],
      ['secret.svg', 'secret.svg'],
      ['nav.json', 'nav.json'],
      ['own.js', 'own.js'],
      ['folder', '.'],
    ] as const) {
      await symlink(join(away, target), join(directory, name));
    }
    const get = await serve(directory);
    for (const path of [
      '/',
      '/linked',
      '/secret.svg',
      '/own.js',
      '/folder/page',
      '/folder/secret.svg',
      '/..%2fpage',
      '/%2e%2e/secret.svg',
    ]) {
      const { text } = await get(path);
      expect(text).not.toContain(SECRET);
    }
    for (const file of ['index.mdx', 'linked.mdx', 'folder/page.mdx', 'snippets/part.mdx', '..%2Fpage.mdx']) {
      const { text } = await get(`/_emulator/modules/${file}`);
      expect(text).not.toContain(SECRET);
    }
    expect(JSON.stringify(await faultsOf(directory))).not.toContain(SECRET);
    expect((await new SiteReader(directory).read()).assets.scripts).toEqual([]);
  }, 60_000);

  it('nor are packages of the folder', async () => {
    const directory = await folderWith({
      'index.mdx':
        "import Part from 'part'\nimport Own from '/node_modules/part/index.jsx'\n\n<Part /><Own />",
      'node_modules/part/index.jsx': `export default () => '${SECRET}';`,
      'node_modules/part/page.mdx': SECRET,
      'node_modules/part/own.js': SECRET,
    });
    const get = await serve(directory);
    expect((await get('/_emulator/modules/index.mdx')).text).not.toContain(SECRET);
    expect((await get('/node_modules/part/own.js')).text).not.toContain(SECRET);
    expect((await faultsOf(directory)).toSorted()).toEqual([
      'index.mdx: imports "/node_modules/part/index.jsx", but the file does not exist.',
      'index.mdx: imports "part": packages cannot be imported, other than react.',
    ]);
  });
});

describe('what is too large', () => {
  /** A sparse file: it takes no space. */
  const grow = (directory: string, file: string, bytes: number) => truncate(join(directory, file), bytes);

  it('is named, and a page of it is for no one', async () => {
    const directory = await folderWith({
      'docs.json': '{"navigation":{"pages":["index","huge"]}}',
      'index.mdx': "import Part from '/snippets/part.mdx'\n\nHello <Part />",
      'huge.mdx': '---\ngroups: [admin]\n---\nx',
      'snippets/part.mdx': 'x',
      'huge.svg': 'x',
    });
    await grow(directory, 'huge.mdx', 6_000_000);
    await grow(directory, 'snippets/part.mdx', 3_000_000);
    await grow(directory, 'huge.svg', 200_000_000);
    expect(await faultsOf(directory)).toEqual([
      'snippets/part.mdx: is over 2000000 bytes. Split it.',
      'huge.mdx: is over 2000000 bytes. Split it.',
    ]);
    const site = await new SiteReader(directory).read();
    expect(site.navigation.items.at(-1)).toMatchObject({ path: '/huge', rules: [{ includes: [] }] });
    const get = await serve(directory);
    expect((await get('/huge.svg')).status).toBe(413);
    expect((await get('/')).status).toBe(200);
    await grow(directory, 'docs.json', 20_000_000);
    await expect(new SiteReader(directory).read()).rejects.toThrow(/^docs\.json: is over 10000000 bytes/);
  });
});

describe('what leads back to itself', () => {
  it('a snippet that shows itself is a fault, and other pages are shown', async () => {
    const directory = await folderWith({
      'docs.json': '{"navigation":{"pages":["index","other"]}}',
      'index.mdx': "import A from '/snippets/a.mdx'\n\n<A />",
      'other.mdx': 'Other',
      'snippets/a.mdx': "import B from '/snippets/b.mdx'\n\n<B />",
      'snippets/b.mdx': "import A from '/snippets/a.mdx'\n\n<A />",
    });
    const faults = await faultsOf(directory);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(
      /^index\.mdx: throws for the visitor anonymous: (?:Maximum call stack|it does not end|it takes too much)/,
    );
    // On a busy machine it gets its time of the CPU later.
  }, 60_000);

  it('files of $ref that name each other are a warning', async () => {
    const directory = await folderWith({
      'docs.json': '{"navigation":{"pages":["index",{"$ref":"a.json"}]}}',
      'index.mdx': 'Hello',
      'a.json': '{"group":"A","pages":[{"$ref":"b.json"}]}',
      'b.json': '{"group":"B","pages":[{"$ref":"a.json"},{"$ref":"b.json"}]}',
    });
    const { warnings } = await new SiteReader(directory).read();
    expect(warnings.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('it leads back to a.json'),
        expect.stringContaining('it leads back to b.json'),
      ]),
    );
  });
});

describe('front matter and headings that are made to take long', () => {
  const SIZE = 19_000;
  it.each([
    ['nested lists', `a: ${'['.repeat(SIZE)}`],
    ['nested objects', `a: ${'{a: '.repeat(SIZE / 4)}`],
    ['nested entries', `${'- '.repeat(SIZE / 2)}a`],
    ['spaces', `groups:${' '.repeat(SIZE)}x: y`],
    ['quotes', `a: "${'\\'.repeat(SIZE)}`],
    ['many keys', Array.from({ length: SIZE / 10 }, (_, index) => `k${index}: [a]`).join('\n')],
    ['marks', `---${' '.repeat(SIZE)}x\n`.repeat(1)],
  ])('end: %s', (_, yaml) => {
    const values = readFrontMatterLeniently(`---\n${yaml}\n---\n`, 'a.mdx');
    expect(Object.keys(values).every((key) => ['isPublic', 'rule', 'lines', 'warnings'].includes(key))).toBe(
      true,
    );
  });

  it('end: marks without an end, and ids of headings', () => {
    expect(readFrontMatterLeniently(`---\n${'---x\n'.repeat(100_000)}`, 'a.mdx')).toEqual({});
    const line = `## ${'{#'.repeat(300)}${' '.repeat(1300)}x`;
    expect(escapeHeadingIds(`${line}\n`.repeat(1000))).toHaveLength((line.length + 1) * 1000);
  });
});
