import { describe, expect, it } from '@jest/globals';
import { compilePage } from '../../../libs/mintlify-docs-emulator/src/site/page.compiler.js';

const paths = { client: '/docs/_emulator/client', modules: '/docs/_emulator/modules' };
const compile = (source: string) => compilePage(source, 'guides/a.mdx', paths);

describe('compilePage', () => {
  it('makes a module that imports from the client bundle alone', async () => {
    const code = await compile('# Hello {user.firstName ?? "there"}');
    const imports = Array.from(code.matchAll(/from ["']([^"']+)["']/g), (match) => match[1]);
    expect(new Set(imports)).toEqual(
      new Set([`${paths.client}/page-runtime.js`, `${paths.client}/jsx-runtime`]),
    );
    expect(code).toMatch(/^import \{ user, /);
    expect(code).toContain('user.firstName ?? "there"');
  });

  it('does not show the front matter as text', async () => {
    expect(await compile('---\ntitle: Not in the body\n---\nText')).not.toContain('Not in the body');
  });

  it('gives headings an id, tables their cells, and code blocks their title, also inside components', async () => {
    const code = await compile(
      '## Step one\n\n| A |\n| - |\n| b |\n\n<CodeGroup>\n\n```bash Terminal\nls\n```\n\n</CodeGroup>',
    );
    expect(code).toContain('id: "step-one"');
    expect(code).toContain('_components.td');
    expect(code).toContain('title: "Terminal"');
  });

  it('names the components that the page needs, each once', async () => {
    const code = await compile('<Note>a</Note>\n\n<Note>b</Note>\n\n<Tree.Folder name="x" />');
    expect(code).toContain('_offerComponents(["Note","Tree.Folder"]);');
  });

  it('does not ask for a component that the page defines', async () => {
    const code = await compile('export const Mine = () => <b>{user.plan}</b>\n\n<Mine />');
    expect(code).toContain('_offerComponents([]);');
  });

  it('finds snippets from the root of the docs folder', async () => {
    const code = await compile("import Snippet from '/snippets/note.mdx'\n\n<Snippet />");
    expect(code).toContain('from "/docs/_emulator/modules/snippets/note.mdx"');
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
    ['front matter that is no YAML', '---\nfoo: [\n---\n', /^guides\/a\.mdx:[234]: the front matter/],
  ])('names file, line and column of %s', async (_, source, message) => {
    await expect(compile(source)).rejects.toThrow(message);
  });
});
