import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { afterEach, describe, expect, it } from '@jest/globals';
import { takeCodeMarks } from '../../../libs/mintlify-docs-emulator/src/mdx/code-marks.js';
import * as fc from 'fast-check';
import { propertyRuns } from '../../support/property-runs.support.js';
import { readFenceMeta, readLines } from '../../../libs/mintlify-docs-emulator/src/mdx/fence-meta.js';
import { escapeHeadingIds } from '../../../libs/mintlify-docs-emulator/src/mdx/heading-ids.js';
import { readStyles } from '../../../libs/mintlify-docs-emulator/src/mdx/html-attributes.js';
import { PageBundler } from '../../../libs/mintlify-docs-emulator/src/mdx/page-bundler.js';
import { locateFile } from '../../../libs/mintlify-docs-emulator/src/site/file-locator.js';
import { makeFolder } from './sample-folder-helper.js';
import type { SampleFolder } from './sample-folder-helper.js';

const client = '/docs/_emulator/client';
let folder: SampleFolder | undefined;
afterEach(async () => {
  await folder?.remove();
  folder = undefined;
});

/** Bundles the page `guides/a.mdx` of a folder. */
async function bundle(source: string, files: Record<string, string> = {}, variables = {}) {
  await folder?.remove();
  folder = await makeFolder({ ...files, 'guides/a.mdx': source });
  return bundleAgain(new PageBundler({ directory: folder.path, client }), variables);
}

async function bundleAgain(bundler: PageBundler, variables = {}) {
  const file = await locateFile(folder?.path ?? '', ['guides', 'a.mdx']);
  if (!file) throw new Error('There is no page.');
  return bundler.bundle(file, variables);
}

describe('a compiled page', () => {
  it('imports only from the client bundle', async () => {
    const { code } = await bundle('# Hello {user.firstName ?? "there"}');
    const imports = Array.from(code.matchAll(/from ["']([^"']+)["']/g), (match) => match[1]);
    expect(new Set(imports)).toEqual(new Set([`${client}/page-runtime.js`, `${client}/jsx-runtime`]));
    expect(code).toContain('user.firstName ?? "there"');
  });

  it('does not show the front matter as text', async () => {
    expect((await bundle('---\ntitle: Not in the body\n---\nText')).code).not.toContain('Not in the body');
  });

  it('is a page in the current folder too', async () => {
    folder = await makeFolder({ 'index.mdx': 'Hello {nothing}' });
    const before = process.cwd();
    process.chdir(folder.path);
    try {
      const bundler = new PageBundler({ directory: folder.path, client });
      const file = await locateFile(folder.path, ['index.mdx']);
      if (!file) throw new Error('There is no page.');
      const { code, warnings } = await bundler.bundle(file);
      expect(code).not.toContain('props.nothing');
      expect(warnings.map((warning) => warning.file)).toEqual(['index.mdx']);
    } finally {
      process.chdir(before);
    }
  });

  it('has heading ids, tables and code titles, also inside components', async () => {
    const { code } = await bundle(
      '## Step one\n\n| A |\n| - |\n| b |\n\n<CodeGroup>\n\n```bash Terminal\nls\n```\n\n</CodeGroup>',
    );
    expect(code).toContain('id: "step-one"');
    expect(code).toContain('_components.td');
    expect(code).toContain('title: "Terminal"');
  });

  it('warns of components that do not exist, once, and shows links and images as Markdown does', async () => {
    const { code, warnings } = await bundle(
      '<Sparkles>a</Sparkles> <Sparkles.Deep /> <Note>b</Note>\n\n<a href="/x">x</a> <img src="/a.png" />\n\n<Tree.File name="c" />',
    );
    expect(warnings.map(({ message }) => message)).toEqual([
      '<Sparkles> is not a component that the emulator knows. Its children are shown.',
      '<Sparkles.Deep> is not a component that the emulator knows. Its children are shown.',
    ]);
    expect(code).toMatch(/_jsx\(DocsLink, \{[^]*_jsx\(DocsImage, \{/);
  });

  it('lists the components that it needs, each once, without those that it defines', async () => {
    const { code } = await bundle(
      'export const Mine = () => <b>{user.plan}</b>\n\n<Mine />\n\n<Note>a</Note>\n\n<Note>b</Note>\n\n<Tree.Folder name="x" />',
    );
    expect(code).toContain('registerComponents(["Note", "Tree.Folder"]);');
  });

  it('has the ids of headings that name one, and keeps code as it is', async () => {
    const { code } = await bundle('## My heading {#custom-id}\n\n```md\n## Not {#this}\n```');
    expect(code).toContain('id: "custom-id"');
    expect(code).toContain('children: "My heading"');
    expect(code).toContain('{#this}');
  });

  it('replaces variables by text', async () => {
    const { code, warnings } = await bundle('Hi {{product}}, {{ other }}', {}, { product: 'A<b>{c}' });
    expect(code).toContain('Hi Abc');
    expect(code).toContain('{{other}}');
    expect(warnings).toEqual([
      {
        file: 'guides/a.mdx',
        line: 1,
        message: 'The variable {{other}} is not defined. Add it to `variables` of docs.json.',
      },
    ]);
  });

  it('drops a lone name that nothing declares, and warns once', async () => {
    const { code, warnings } = await bundle(
      "export const mine = 'yes'\nexport const { deep: [inner] } = { deep: ['in'] }\n\nText {mine} {inner} {nothing} {user} {nothing}\n\n<Card title={nothing} />",
    );
    expect(code).not.toMatch(/\bnothing\b/);
    expect(code).toMatch(/mine, " ", inner,/);
    expect(warnings.map(({ line, message }) => [line, message])).toEqual([
      [4, '{nothing} is not defined. It is left out.'],
    ]);
  });

  it('may have a `user` of its own, hooks without an import, and imports from react', async () => {
    const own = await bundle("export const user = { name: 'Sample' }\n\n{user.name}");
    expect(own.code).not.toMatch(/import \{[^}]*\buser\b/);
    const hooks = await bundle(
      'export const Counter = () => { const [n] = useState(0); return <b>{n}</b> }\n\n<Counter />',
    );
    expect(hooks.code).toMatch(
      /import \{[^}]*\buseState\b[^}]*\} from "\/docs\/_emulator\/client\/react\.js"/,
    );
    const imported = await bundle(
      "import { useState } from 'react'\n\nexport const C = () => useState(0)[0]\n\n<C />",
    );
    expect(imported.code).toContain(`import { useState } from "${client}/react.js"`);
    for (const { faults } of [own, hooks, imported]) expect(faults).toEqual([]);
  });

  it('renders formulas, and loads their style sheet', async () => {
    const { code, faults, warnings } = await bundle(
      'Inline $$x^2$$ for $5 or $6.\n\n$$\n\\frac{a}{b}\n$$\n\n```math\ny\n```\n',
    );
    expect([faults, warnings]).toEqual([[], []]);
    expect(code.match(/className: "katex"/g)).toHaveLength(3);
    expect(code.match(/className: "katex-display"/g)).toHaveLength(2);
    expect(code).toContain("loadStyleSheet('katex/katex.min.css')");
    expect(code).toContain(' for $5 or $6.');
    expect((await bundle('It costs $5 or $6.')).code).not.toContain('loadStyleSheet');
  });

  it('shows a formula that cannot be read as it is written, and warns', async () => {
    const { code, faults, warnings } = await bundle('one\n\n$$\\frac{a}$$ two');
    expect(faults).toEqual([]);
    expect(code).toContain('\\\\frac{a}');
    expect(warnings).toEqual([
      {
        file: 'guides/a.mdx',
        line: 3,
        message: expect.stringMatching(/^A formula cannot be read: .*\. It is shown as TeX\.$/),
      },
    ]);
  });

  it('makes Mermaid code blocks diagrams, and no other', async () => {
    const { code } = await bundle('```mermaid\nflowchart LR\n A --> B{"{x}"}\n```\n\n```js\nmermaid\n```');
    expect(code).toContain('registerComponents(["Mermaid"]);');
    expect(code).toContain(String.raw`chart: "flowchart LR\n A --> B{\"{x}\"}"`);
  });

  it('takes styles that are texts', async () => {
    const { code, faults } = await bundle('<div style="margin-top: 1rem" class="x">a</div>');
    expect(faults).toEqual([]);
    expect(code).toMatch(/"marginTop": "1rem"/);
    expect(code).toMatch(/className: "x"/);
  });

  it.each([
    [
      'an element that is not closed',
      '---\ntitle: A\n---\n\n<Note>\n\ntext',
      /^guides\/a\.mdx:5:1: .*closing tag/,
    ],
    [
      'an expression that is no JavaScript',
      'one\n\n{user.}',
      /^guides\/a\.mdx:3:\d+: Could not parse expression/,
    ],
    ['an HTML comment', 'one\n\n<!-- two -->\n', /^guides\/a\.mdx:3:\d+: Unexpected character `!`/],
    ['front matter that is no YAML', '---\nfoo: [\n---\n', /^guides\/a\.mdx:[234]: the front matter/],
  ])('names file, line and column of %s', async (_, source, message) => {
    await expect(bundle(source)).rejects.toThrow(message);
  });
});

describe('the imports of a page', () => {
  const SNIPPETS = {
    '_snippets/old.mdx': 'Old one',
    'snippets/shared.mdx': 'Shared {word} {props.name} {{product}}',
    'snippets/vars.mdx': "export const product = 'Acme';\n\nexport const plans = { pro: 'Pro' };",
    'snippets/box.jsx':
      'import { inner } from "./inner.js";\nexport const Box = ({ children }) => { const [n] = useState(0); return <Card title={inner}>{children}{n}</Card>; };',
    'snippets/inner.js': "export const inner = 'from inner';",
    'snippets/typed.tsx': 'export default function Typed({ a }: { a?: string }) { return <i>typed {a}</i>; }',
    'snippets/outer.mdx': 'import Shared from \'./shared.mdx\'\n\nOuter <Shared word="in" />',
  };

  it.each([
    [
      'a snippet, with its properties',
      'import S from \'/snippets/shared.mdx\'\n\n<S word="x" />',
      /Shared ", props\.word, " ", props\.name, " Acme/,
    ],
    ['a snippet by a relative path', "import S from '../snippets/shared.mdx'\n\n<S />", /"Shared "/],
    [
      'a snippet inside a snippet',
      "import O from '/snippets/outer.mdx'\n\n<O />",
      /"Outer "[^]*word: "in"|word: "in"[^]*"Outer "/,
    ],
    ['a snippet of the older folder', '<Snippet file="old.mdx" />', /"Old one"/],
    ['a snippet by its file', '<Snippet file="shared.mdx" word="x" />', /"Shared "/],
    [
      'values',
      "import { product, plans } from '/snippets/vars.mdx'\n\n{product} {plans.pro}",
      /"Acme"[^]*"Pro"/,
    ],
    [
      'JSX, which may use hooks and components',
      "import { Box } from '/snippets/box.jsx'\n\n<Box>a</Box>",
      /"from inner"[^]*globalComponent\("Card"\)|globalComponent\("Card"\)[^]*"from inner"/,
    ],
    ['TSX, without an ending', "import Typed from '/snippets/typed'\n\n<Typed />", /"typed "/],
  ])('may be %s', async (_, source, expected) => {
    const { code, faults } = await bundle(source, SNIPPETS, { product: 'Acme' });
    expect(faults).toEqual([]);
    expect(code).toMatch(expected);
    expect(code).not.toMatch(/from ["'](?!\/docs\/_emulator\/client\/)/);
  });

  it.each([
    [
      'is missing',
      "import N from '/snippets/nope.mdx'",
      {
        file: 'guides/a.mdx',
        line: 1,
        message: 'imports "/snippets/nope.mdx", but the file does not exist.',
      },
    ],
    [
      'is a package',
      "import { N } from 'lodash'",
      {
        file: 'guides/a.mdx',
        line: 1,
        message: 'imports "lodash": packages cannot be imported, other than react.',
      },
    ],
    [
      'leads outside',
      "import N from '../../../etc/passwd.mdx'",
      {
        file: 'guides/a.mdx',
        line: 1,
        message: 'imports "../../../etc/passwd.mdx", but the file does not exist.',
      },
    ],
    [
      'has no such export',
      "import { N } from '/snippets/vars.mdx'",
      { file: 'snippets/vars.mdx', message: 'has no export "N".' },
    ],
    [
      'is broken MDX',
      "import N from '/snippets/bad.mdx'",
      { file: 'snippets/bad.mdx', line: 2, message: expect.stringContaining('closing tag') },
    ],
    [
      'is broken JSX',
      "import N from '/snippets/bad.jsx'",
      { file: 'snippets/bad.jsx', line: 2, message: expect.stringContaining('Unexpected') },
    ],
    [
      'is no code',
      "import N from '/images/a.svg'",
      { file: 'images/a.svg', message: 'cannot be imported: it is neither MDX nor JavaScript.' },
    ],
  ])(
    'show what is wrong in the place of one that %s, and the rest of the page',
    async (_, statement, fault) => {
      const files = {
        ...SNIPPETS,
        'snippets/bad.mdx': 'one\n<Note>',
        'snippets/bad.jsx': 'export const a = 1;\nexport default (',
        'images/a.svg': '<svg/>',
      };
      const { code, faults } = await bundle(`${statement}\n\nBefore\n\n<N />\n\nAfter`, files);
      expect(faults).toEqual([fault]);
      expect(code).toMatch(/partError\(/);
      expect(code).toMatch(/"Before"[^]*"After"/);
    },
  );

  it('survive snippets that import each other', async () => {
    const { code, faults } = await bundle("import A from '/snippets/a.mdx'\n\n<A />", {
      'snippets/a.mdx': "import B from './b.mdx'\n\nA",
      'snippets/b.mdx': "import A from './a.mdx'\n\nB",
    });
    expect(faults).toEqual([]);
    expect(code).toContain('"A"');
  });

  it('cannot follow a link out of the folder', async () => {
    await bundle('x', { 'outside.txt': '' });
    const path = folder?.path ?? '';
    await mkdir(join(path, 'snippets'));
    const outside = await makeFolder({ 'secret.mdx': 'the secret' });
    await symlink(join(outside.path, 'secret.mdx'), join(path, 'snippets/secret.mdx'));
    await writeFile(join(path, 'guides/a.mdx'), "import S from '/snippets/secret.mdx'\n\n<S />");
    const { code, faults } = await bundleAgain(new PageBundler({ directory: path, client }));
    expect(faults).toHaveLength(1);
    expect(code).not.toContain('the secret');
    await outside.remove();
  });

  it('are read again when a file changes, or comes back', async () => {
    await bundle("import S from '/snippets/s.mdx'\n\n<S />", { 'snippets/s.mdx': 'one' });
    const path = folder?.path ?? '';
    const bundler = new PageBundler({ directory: path, client });
    const first = await bundleAgain(bundler);
    expect(await bundleAgain(bundler)).toBe(first);
    await writeFile(join(path, 'snippets/s.mdx'), 'changed');
    expect((await bundleAgain(bundler)).code).toContain('"changed"');
    await rm(join(path, 'snippets/s.mdx'));
    expect((await bundleAgain(bundler)).faults).toHaveLength(1);
    await writeFile(join(path, 'snippets/s.mdx'), 'back');
    expect((await bundleAgain(bundler)).faults).toEqual([]);
  });

  it('are not kept when there is no room for them', async () => {
    await bundle('one');
    const bundler = new PageBundler({ directory: folder?.path ?? '', client, cacheBytes: 0 });
    expect(await bundleAgain(bundler)).not.toBe(await bundleAgain(bundler));
  });
});

describe('the text after the language of a code block', () => {
  it.each([
    ['Terminal', { title: 'Terminal' }],
    ['title="a.js" {1} highlight={2} lines', { title: 'a.js', hasLines: true, highlighted: [2] }],
    [
      'My file.js icon="js" {1,3-5} wrap',
      { title: 'My file.js', icon: 'js', isWrapped: true, highlighted: [1, 3, 4, 5] },
    ],
    ['expandable focus={2} lines={true}', { isExpandable: true, hasLines: true, focused: [2] }],
    ['diff {1}', { highlighted: [1] }],
    ['{x,0-,2-1}', {}],
  ])('%s', (meta, expected) => {
    expect(readFenceMeta(meta)).toEqual(expected);
  });
});

describe('the lines of code', () => {
  const blockOf = async (fence: string) => (await bundle(fence)).code;

  it('are marked by numbers and by comments, which are taken out', async () => {
    const code = await blockOf(
      '```js {1} focus={4} lines\na(); // [!code --]\n// [!code ++:2]\nb();\nc(); /* [!code nothing] */\nd();\n```',
    );
    const lines = Array.from(
      code.matchAll(/className: "(?<name>line[^"]*)"/g),
      (match) => match.groups?.name,
    );
    expect(lines).toEqual([
      'line line-removed line-highlighted',
      'line line-added',
      'line line-added',
      'line line-focused',
    ]);
    expect(code).not.toMatch(/\[!code [+-]/);
    expect(code).toContain('[!code nothing]');
    expect(code).toMatch(/"data-lines": "true"[^]*"data-focus": "true"|"data-focus": "true"[^]*"data-lines"/);
  });

  it('keep the colors of what goes over several of them', async () => {
    const code = await blockOf('```js {2}\n/* one\ntwo */ x\n```');
    expect(code.match(/className: "hljs-comment"/g)).toHaveLength(2);
  });

  it('are no elements of their own without marks', async () => {
    expect(await blockOf('```js Title icon="js" expandable wrap\na();\n```')).not.toContain('"line');
  });

  it('are colored in languages that API docs have', async () => {
    const code = await blockOf('```docker\nFROM node\n```\n\n```curl\necho 1\n```\n\n```nosuch\na\n```');
    expect(code.match(/className: "hljs-(?:keyword|built_in)"/g)).toHaveLength(2);
  });

  it('are all there without the comments, whatever the code is', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('x // [!code ++]', '# [!code focus:3]', '<!-- [!code hl] -->', '[!code --]', ''),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { code, marks } = takeCodeMarks(lines.join('\n'));
        const left = code.split('\n');
        assert.ok(left.length <= Math.max(lines.join('\n').split('\n').length, 1));
        for (const text of left.filter((each) => !each.includes('[!code'))) {
          assert.ok(text === '' || lines.join('\n').includes(text));
        }
        for (const number of marks.keys()) assert.ok(number >= 1);
        assert.deepEqual(
          takeCodeMarks(code).marks.size > 0,
          code.includes('[!code') && takeCodeMarks(code).code !== code,
        );
      }),
      propertyRuns(300),
    );
  });

  it('are read fast, whatever is written', () => {
    expect(takeCodeMarks(`${'// '.repeat(50_000)}[!code ++]`).marks.size).toBe(0);
    expect(readLines('1-999999,1-999999')).toHaveLength(5_000);
    expect(takeCodeMarks('a // [!code ++:9999]').marks.size).toBe(9_999);
  });
});

describe('readStyles', () => {
  it('reads names, custom properties and URLs', () => {
    expect(
      readStyles('margin-top: 1px; --my-x: 2; background: url(data:image/png;base64,AA==); bad'),
    ).toEqual({
      marginTop: '1px',
      '--my-x': '2',
      background: 'url(data:image/png;base64,AA==)',
    });
  });

  it('is fast for hostile texts', () => {
    expect(readStyles(`a:${'('.repeat(50_000)}`)).toBeDefined();
    expect(escapeHeadingIds(`# ${'{#'.repeat(50_000)}`)).toContain('{#');
  });
});
