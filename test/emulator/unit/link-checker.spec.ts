import { afterEach, describe, expect, it } from '@jest/globals';
import { checkSite } from '../../../libs/mintlify-docs-emulator/src/site/site-checker.js';
import { makeFolder } from './sample-folder-helper.js';
import type { SampleFolder } from './sample-folder-helper.js';

let folder: SampleFolder | undefined;
afterEach(async () => {
  await folder?.remove();
  folder = undefined;
});

/** The links that lead nowhere, one line each. */
async function brokenLinks(files: Record<string, string>, basePath = ''): Promise<string[]> {
  folder = await makeFolder({ 'docs.json': NAVIGATION, ...files });
  const { report, broken } = await checkSite({
    directory: folder.path,
    mode: 'personalization',
    visitors: [{ name: 'anonymous' }],
    basePath,
  });
  const listed = [...report.warnings, ...report.pages.flatMap(({ warnings }) => warnings)];
  expect(listed).toEqual(expect.arrayContaining(broken));
  return broken.map(({ file, line, message }) => `${file}:${line} ${message}`);
}
const NAVIGATION = '{"navigation":{"pages":["start"]}}';
const page = (...lines: string[]) => ({ 'start.mdx': lines.join('\n') });

describe('links of a page', () => {
  it('that lead to a page, a file, the front page, another site or a redirect are fine', async () => {
    const found = await brokenLinks({
      'docs.json': JSON.stringify({
        navigation: { pages: ['start', 'guides/index'] },
        redirects: [
          { source: '/old/*', destination: '/guides/*' },
          { source: '/away', destination: 'https://foo.test/a' },
        ],
      }),
      'guides/index.mdx': '[a](./deep) [b](deep) [c](guides/deep) [d](../start)',
      'guides/deep.mdx': 'Deep',
      'files/a.pdf': 'x',
      'img/a.svg': '<svg/>',
      ...page(
        '[a](/) [b](/guides) [c](/guides/index) [d](guides/deep?x=1) [e](/files/a.pdf) [f](https://foo.test/nope)',
        '[a](/old/deep) [b](/away) [c](mailto:a@foo.test) [d](//foo.test/x) [e](/llms.txt) [f][ref]',
        '<Card title="C" href="/guides/deep" img="/img/a.svg" icon="/img/a.svg" />',
        '![a](img/a.svg) ![b](data:image/png;base64,AA) <a href={user.link}>x</a>',
        '<iframe src="/nope" />',
        '',
        '[ref]: /guides/deep',
      ),
    });
    expect(found).toEqual([]);
  });

  it('that lead nowhere are named with file and line, in snippets too', async () => {
    const found = await brokenLinks({
      'snippets/part.mdx': 'one\n\n[gone](/gone-too)',
      'docs.json': JSON.stringify({
        navigation: { pages: ['start'] },
        redirects: [
          { source: '/loop', destination: '/loop2' },
          { source: '/loop2', destination: '/loop' },
        ],
      }),
      ...page(
        "import Part from '/snippets/part.mdx'",
        '',
        '[gone](/gone)',
        '',
        '<Card title="C" href="gone" /> <img src="/gone.png" />',
        '',
        '![gone](../gone.svg) [loop](/loop)',
        '',
        '<Part />',
      ),
    });
    expect(found.toSorted()).toEqual([
      'docs.json:1 redirects /loop to /loop2, but there is no such page or file.',
      'docs.json:1 redirects /loop2 to /loop, but there is no such page or file.',
      'snippets/part.mdx:3 links to "/gone-too", but there is no such page or file.',
      'start.mdx:3 links to "/gone", but there is no such page or file.',
      'start.mdx:5 links to "gone", but there is no such page or file.',
      'start.mdx:5 shows "/gone.png", but the folder has no such file.',
      'start.mdx:7 links to "/loop", but there is no such page or file.',
      'start.mdx:7 shows "../gone.svg", but the folder has no such file.',
    ]);
  });

  it('must not begin with the base path, which the docs add', async () => {
    expect(
      await brokenLinks({ 'deep.mdx': 'Deep', ...page('[a](/docs/deep) [b](/deep) [c](/docs)') }, '/docs'),
    ).toEqual([
      'start.mdx:1 links to "/docs/deep", with the base path. Write "/deep": the docs add it.',
      'start.mdx:1 links to "/docs", with the base path. Write "/": the docs add it.',
    ]);
  });

  it('may lead to the pages that Mintlify makes of an OpenAPI file', async () => {
    const found = await brokenLinks({
      'docs.json': JSON.stringify({
        navigation: {
          tabs: [
            { tab: 'A', pages: ['start'] },
            { tab: 'API', openapi: 'openapi.json' },
            { tab: 'B', openapi: { source: 'b.json', directory: '/made/b' } },
          ],
        },
      }),
      ...page('[a](/api-reference/plants/get) [b](/made/b/x) [c](/made/c)'),
    });
    expect(found).toEqual(['start.mdx:1 links to "/made/c", but there is no such page or file.']);
  });
});

describe('anchors', () => {
  it('may be headings, written ids, and the titles of components', async () => {
    const found = await brokenLinks({
      'snippets/part.mdx': '## From a snippet',
      'other.mdx': [
        "import Part from '/snippets/part.mdx'",
        '',
        "## What's new & old?",
        '## Setup',
        '## Setup',
        '## Named {#the name}',
        '<h2>By hand</h2>',
        '<div id="own" />',
        '<Update label="2026-01-30">x</Update>',
        '<Accordion title="Why: a question?">x</Accordion>',
        '<Tabs><Tab title="First tab">x</Tab></Tabs>',
        '<ParamField query="userName" type="string">x</ParamField>',
        '## Größe 測試',
        '<Part />',
      ].join('\n\n'),
      ...page(
        '# Top',
        '[a](#top) [b](#) [c](/other#setup-2) [d](other#the-name) [e](/other#whats-new-%26-old)',
        '[a](/other#by-hand) [b](/other#own) [c](/other#2026-01-30) [d](/other#why-a-question) [e](/other#first-tab)',
        '[a](/other#param-user-name) [b](/other#from-a-snippet) [c](/other#gr%C3%B6%C3%9Fe-測試) [d](/other#:~:text=x)',
      ),
    });
    expect(found).toEqual([]);
  });

  it('of the fields of an operation are not checked', async () => {
    const found = await brokenLinks({
      'other.mdx': '---\nopenapi: GET /plants\n---\n\n[a](#body-messages)',
      ...page('[a](/other#parameter-limit)'),
    });
    expect(found).toEqual([]);
  });

  it('of accordions and views have the words that Mintlify makes of their titles, and count from 1', async () => {
    const found = await brokenLinks({
      'other.mdx': [
        '<Accordion title="Hosting & infrastructure">x</Accordion>',
        '<Accordion title="JWT_SECRET is required">x</Accordion>',
        '<Accordion title="Setup">x</Accordion>',
        '<Accordion title="Setup">x</Accordion>',
        '<View title="Setup">x</View>',
        '<Accordion title="Café: what\'s new">x</Accordion>',
      ].join('\n\n'),
      ...page(
        '[a](/other#hosting-and-infrastructure) [b](/other#jwt-secret-is-required) [c](/other#setup-1)',
        '[a](/other#cafe-whats-new) [b](/other#setup-2)',
      ),
    });
    expect(found).toEqual([
      'start.mdx:2 links to "/other#setup-2", but other.mdx has no heading or element with the id "setup-2".',
    ]);
  });

  it('in drawings name a part of a picture, and are no links', async () => {
    expect(await brokenLinks(page('<svg><use href="assets/icons.svg#anchor" /></svg>'))).toEqual([]);
  });

  it('that are missing are named, unless a component could make them', async () => {
    const found = await brokenLinks({
      'docs.json':
        '{"navigation":{"pages":["start"]},"redirects":[{"source":"/old","destination":"/other"}]}',
      'other.mdx': '## Setup',
      'scripted.mdx': "import { Part } from '/snippets/part.jsx'\n\n<Part />",
      'snippets/part.jsx': 'export const Part = () => <h2 id="made">x</h2>;',
      ...page('[a](/other#stup)', '[b](#none) [c](/old#none)', '[d](/scripted#made)'),
    });
    expect(found).toEqual([
      'start.mdx:1 links to "/other#stup", but other.mdx has no heading or element with the id "stup".',
      'start.mdx:2 links to "#none", but start.mdx has no heading or element with the id "none".',
      'start.mdx:2 links to "/old#none", but other.mdx has no heading or element with the id "none".',
    ]);
  });
});

describe('docs.json', () => {
  it('is checked too: pages, links, navbar and redirects, with their lines', async () => {
    const found = await brokenLinks({
      'docs.json': JSON.stringify(
        {
          navigation: {
            global: {
              anchors: [
                { anchor: 'Blog', href: '/blog' },
                { anchor: 'Out', href: 'https://foo.test' },
              ],
            },
            tabs: [
              {
                tab: 'A',
                pages: ['start', 'missing', { group: 'G', pages: [{ group: 'L', href: '/start' }] }],
              },
            ],
          },
          navbar: { links: [{ label: 'Changes', href: '/changes' }] },
          redirects: [
            { source: '/a', destination: '/start' },
            { source: '/b', destination: '/nowhere' },
          ],
        },
        null,
        1,
      ),
      ...page('Hello'),
    });
    expect(found).toEqual([
      'docs.json:20 the navigation lists /missing, but the folder has no such page.',
      'docs.json:7 links to "/blog", but there is no such page or file.',
      'docs.json:38 links to "/changes", but there is no such page or file.',
      'docs.json:49 redirects /b to /nowhere, but there is no such page or file.',
    ]);
  });
});
