import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { checkSite } from '../../../libs/mintlify-docs-emulator/src/site/site-checker.js';
import { ensureClientBundle } from './client-bundle-helper.js';
import { makeFolder } from './sample-folder-helper.js';
import type { SampleFolder } from './sample-folder-helper.js';

let folder: SampleFolder | undefined;
beforeAll(ensureClientBundle, 60_000);
afterEach(async () => {
  await folder?.remove();
  folder = undefined;
});
const visitors = [
  { name: 'anonymous' },
  { name: 'guest', visitor: { content: { firstName: 'Bob' } } },
  { name: 'owner', visitor: { groups: ['owners'], content: { org: { plan: 'pro' } } } },
];

/** The faults of each page, and the warnings of the whole site. */
async function faultsOf(
  pages: Record<string, string>,
  mode: 'personalization' | 'authentication' = 'personalization',
) {
  const names = Object.keys(pages).map((name) => name.replace(/\.mdx$/, ''));
  folder = await makeFolder({
    'docs.json': JSON.stringify({ navigation: { pages: names.filter((name) => !name.includes('/')) } }),
    ...pages,
  });
  const { report } = await checkSite({ directory: folder.path, mode, visitors });
  expect(report.warnings).toEqual([]);
  return report.pages.flatMap(({ faults }) =>
    faults.map(({ file, line, message }) => `${file}:${line ?? ''} ${message}`),
  );
}

describe('a page that throws', () => {
  it('is a fault that names the visitors, and the line', async () => {
    const faults = await faultsOf({
      'plan.mdx': '---\ntitle: Plan\n---\n\nYour plan: {user.org.plan}',
      'safe.mdx': 'Your plan: {user.org?.plan ?? "none"}',
      'snippets/box.mdx': '{user.org.plan}',
      'boxed.mdx': "import Box from '/snippets/box.mdx'\n\n<Note><Box /></Note>",
      'object.mdx': '{user.org}',
      'always.mdx': 'export const Bad = () => { throw new Error("always"); };\n\n<Bad />',
    });
    const hint =
      'For a visitor without this value, user has none: write user.org?.plan instead of user.org.plan.';
    const reason = `Cannot read properties of undefined (reading 'plan') ${hint}`;
    expect(faults).toEqual([
      `plan.mdx:5 throws for the visitors anonymous, guest: ${reason}`,
      `snippets/box.mdx:1 throws for the visitors anonymous, guest: ${reason}`,
      'object.mdx: throws for the visitor owner: object with keys {plan} cannot be shown as text.',
      'always.mdx: throws for the visitors anonymous, guest, owner: always',
    ]);
  });

  it('is none for a visitor who may not read it', async () => {
    const pages = { 'plan.mdx': '---\ngroups: [owners]\n---\n{user.org.plan}' };
    expect(await faultsOf(pages, 'authentication')).toEqual([]);
    await folder?.remove();
    expect(await faultsOf(pages)).toHaveLength(1);
  });

  it('is none because it was made for a browser', async () => {
    const faults = await faultsOf({
      'browser.mdx': [
        'export const Size = () => {',
        '  const [size] = useState(window.innerWidth);',
        '  const saved = JSON.parse(localStorage.getItem("x") ?? "{}");',
        '  document.querySelectorAll("h1").forEach((each) => each.classList.add("x"));',
        '  return <b>{String(size)}{saved.a}{window.mintlify.user.firstName}</b>;',
        '};',
        '',
        '<Size />',
      ].join('\n'),
      'components.mdx': [
        '<Card title="C" icon="star" href="/x">c</Card>',
        '<Tabs><Tab title="A">a</Tab></Tabs>',
        '<CodeGroup>\n\n```js A\n1\n```\n\n</CodeGroup>',
        '<Steps><Step title="S">s</Step></Steps>',
        '<AccordionGroup><Accordion title="Q">a</Accordion></AccordionGroup>',
        '<Unknown>u</Unknown>',
        '$$x^2$$',
        '```mermaid\ngraph TD; A-->B\n```',
        '<Tooltip tip="t">x</Tooltip> <Frame caption="f"><img src="data:," /></Frame>',
        '<ParamField query="q" type="string">p</ParamField>',
      ].join('\n\n'),
    });
    expect(faults).toEqual([]);
  });
});

describe('the code of a page', () => {
  it('reaches nothing of Node: no process, no files, no code from text', async () => {
    const tries = [
      'process.env.HOME',
      'globalThis.process.pid',
      'require("node:fs")',
      '(() => {}).constructor("return process")().pid',
      'this.constructor.constructor("return process")()',
    ];
    const pages = Object.fromEntries(
      tries.map((code, index) => [
        `p${index}.mdx`,
        `export const Bad = function () { return String(${code}); };\n\n<Bad />`,
      ]),
    );
    const faults = await faultsOf(pages);
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(tries.map((_, index) => `p${index}.mdx`));
    for (const fault of faults)
      expect(fault).toMatch(/not defined|of undefined|cannot be imported|disallowed|not a function/);
  });

  it('is not one with an element as the label of an update, a link or a heading as components', async () => {
    const pages = {
      'update.mdx': '<Update label={<><b>New</b> things</>} tags={["API"]}>Text</Update>',
      'link.mdx':
        'See the <Link href="/update">updates</Link>.\n\n<Heading level={3} id="more">More</Heading>',
    };
    expect(await faultsOf(pages)).toEqual([]);
  });

  it('that never ends is a fault, and the next page is shown', async () => {
    const faults = await faultsOf({
      'endless.mdx': 'export const Endless = () => { for (;;); };\n\n<Endless />',
      'after.mdx': '{user.org.plan}',
    });
    expect(faults.map((fault) => fault.replace(/ For a visitor.*/, ''))).toEqual([
      'endless.mdx: throws for the visitors anonymous, guest, owner: it does not end within 5 seconds.',
      "after.mdx:1 throws for the visitors anonymous, guest: Cannot read properties of undefined (reading 'plan')",
    ]);
    // On a busy machine the endless page gets its time of the CPU later.
  }, 60_000);
});
