import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readDocsFolder } from 'mintlify-docs-emulator/reader';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docs-'));
  folders.push(folder);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return folder;
}

const CONFIG = `{
  "name": "Docs",
  "navigation": {
    "groups": [
      { "group": "A", "pages": ["a"] },
      {
        "group": "B",
        "groups": [
          "admin",
          "support"
        ],
        "pages": ["b"],
        "openapi": "api/openapi.yaml"
      },
      { "$ref": "nav/c.json" }
    ]
  }
}`;

describe('readDocsFolder', () => {
  it('finds every place of groups, with the line of each name', async () => {
    const folder = await folderOf({
      'docs.json': CONFIG,
      'nav/c.json':
        '{\n  "group": "C",\n  "groups": [{ "includes": ["pro"],\n    "excludes": ["eu"] }],\n  "pages": ["c"]\n}',
      'a.mdx': '---\ntitle: A\ngroups:\n  - admin\n  - "viewer"\n---\nA',
      'b.mdx': "---\ngroups: ['admin']\n---\nB",
      'c.mdx': 'C',
      'd.mdx': '---\ngroups: admin\n---\nD',
      '.mintlify/skills/pay/SKILL.md': '---\nname: pay\ngroups: [payer]\n---\nPay',
      'api/openapi.yaml':
        'openapi: 3.1.0\npaths:\n  /plants:\n    x-mint:\n      groups: [api]\n    get:\n      responses: {}\n',
    });
    const { groupPlaces } = await readDocsFolder(folder);
    const shown = groupPlaces.flatMap(({ kind, file, line, isReadable, names }) =>
      names.map(
        (name) =>
          `${kind} ${file}:${line} ${name.kind} ${name.name}:${name.line}${isReadable ? '' : ' unreadable'}`,
      ),
    );
    expect(shown).toEqual([
      'navigation docs.json:8 includes admin:9',
      'navigation docs.json:8 includes support:10',
      'navigation nav/c.json:3 includes pro:3',
      'navigation nav/c.json:3 excludes eu:4',
      'page a.mdx:3 includes admin:4',
      'page a.mdx:3 includes viewer:5',
      'page b.mdx:2 includes admin:2',
      'page d.mdx:2 includes admin:2 unreadable',
      'skill .mintlify/skills/pay/SKILL.md:3 includes payer:3',
      'api api/openapi.yaml:5 includes api:5',
    ]);
  });

  it('tells pages from parts, and what is served as it is', async () => {
    const folder = await folderOf({
      'docs.json': CONFIG,
      'a.mdx': 'A',
      'snippets/note.mdx': 'N',
      'snippets/card.jsx': 'export const Card = () => null;',
      'images/logo.svg': '<svg/>',
      'internal/plan.pdf': '%PDF',
      'style.css': '',
      '.env': 'A=1',
      'notes.txt': '',
    });
    const { pages, parts, staticFiles } = await readDocsFolder(folder);
    expect(pages.map(({ path, isListed }) => [path, isListed])).toEqual([['/a', true]]);
    expect(parts.map(({ file }) => file)).toEqual(['snippets/card.jsx', 'snippets/note.mdx']);
    expect(staticFiles).toEqual(['images/logo.svg', 'internal/plan.pdf', 'style.css']);
  });

  it('knows the rules around a page, and who may read it', async () => {
    const folder = await folderOf({
      'docs.json': CONFIG,
      'nav/c.json': '{ "group": "C", "pages": [] }',
      'b.mdx': '---\ngroups: [staff]\n---\nB',
    });
    const { pages } = await readDocsFolder(folder);
    expect(pages).toMatchObject([
      { file: 'b.mdx', rule: { includes: ['staff'] }, placeRules: [[{ includes: ['admin', 'support'] }]] },
    ]);
  });

  it.each([
    [
      'api.json',
      '{ "openapi": "3.1.0", "x-mint-enum": { "a": ["one"] },\n "x-mint": { "groups": ["two"] } }',
      ['one:1', 'two:2'],
    ],
    ['api.json', '{ not json', []],
    ['api.yaml', 'a: [', []],
  ])('reads %s', async (file, text, names) => {
    const folder = await folderOf({
      'docs.json': JSON.stringify({ name: 'D', navigation: { openapi: file } }),
      [file]: text,
    });
    const { apiFiles, groupPlaces } = await readDocsFolder(folder);
    expect(apiFiles).toMatchObject([{ file }]);
    expect(apiFiles[0]?.problem === undefined).toBe(names.length > 0);
    expect(
      groupPlaces.flatMap((place) => place.names.map(({ name, line }) => `${name}:${line}`)).toSorted(),
    ).toEqual(names);
  });

  it('fails without docs.json, and says so', async () => {
    await expect(readDocsFolder(await folderOf({}))).rejects.toThrow('docs.json');
  });
});
