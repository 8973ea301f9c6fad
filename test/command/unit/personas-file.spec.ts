import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { callCommand } from '../../support/terminal.support.js';

let directory = '';
const personas = (...words: string[]) => callCommand(['personas', ...words], { directory });

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'personas-'));
  await mkdir(join(directory, 'docs'));
  await writeFile(join(directory, 'docs/docs.json'), '{"name":"Docs","navigation":{"pages":["index"]}}');
  await writeFile(join(directory, 'docs/index.mdx'), '{user.name ?? "<b> | *"}');
});
afterAll(() => rm(directory, { recursive: true }));

it.each([
  ['{"ada":{"principal":{"id":"ada"}}}', /^The persona "ada" has a principal, so --app is needed/],
  ['{"ada":{"principal":1,"tenant":2}}', /^personas\.json: ada: tenant must be a text/],
  ['{"ada":{"principal":1,"request":2}}', /^personas\.json: ada: request must be an object/],
  ['{"ada":{"group":["a"]}}', /^personas\.json: ada: group is not known\./],
  ['{"ada":{"groups":"a"}}', /^personas\.json: ada: groups: /],
  ['{"ada":7}', /^personas\.json: ada must be an object or null/],
  ['[]', /^personas\.json must be an object/],
  ['{}', /^personas\.json must be an object/],
  ['{"personas":{"ada":{"pages":{}}}}', /is what this command writes/],
  ['{', /^personas\.json is not JSON/],
])('says what is wrong with %s', async (text, message) => {
  await writeFile(join(directory, 'personas.json'), text);
  expect(await personas()).toMatchObject({ exitCode: 2, output: '', errors: expect.stringMatching(message) });
});

it.each(['docs', 'docs/seen', './docs/../docs/x'])(
  'does not write its files into the docs: %s',
  async (out) => {
    expect(await personas('--out', out)).toMatchObject({
      exitCode: 2,
      errors: expect.stringContaining('is inside the docs folder docs'),
    });
  },
);

it('needs no app for users, and keeps names and texts out of the Markdown', async () => {
  const given = JSON.stringify({ 'a | *b*': { content: { name: '`x` | <i>' } }, __proto__x: null });
  await writeFile(join(directory, 'personas.json'), given);
  expect(await personas('--check')).toMatchObject({
    exitCode: 1,
    output: expect.stringMatching(/^personas\/personas\.json is missing/),
  });
  expect(await personas()).toMatchObject({ exitCode: 0, errors: '' });
  const markdown = await readFile(join(directory, 'personas/personas.md'), 'utf8');
  expect(markdown).toContain('| place | a \\| \\*b\\* | \\_\\_proto\\_\\_x |');
  expect(markdown).toContain('| `{user.name ?? "<b> \\| *"}` | \\`x\\` \\| &lt;i> | &lt;b> \\| \\* |');
  expect(await personas('--check')).toMatchObject({ exitCode: 0 });
  await writeFile(join(directory, 'personas/personas.md'), markdown.replaceAll('\n', '\r\n'));
  expect(await personas('--check')).toMatchObject({ exitCode: 0 });
  await writeFile(join(directory, 'personas/personas.md'), 'by hand');
  expect(await personas('--check')).toMatchObject({
    exitCode: 1,
    output: expect.stringMatching(/^✗ personas\/personas\.md must change/),
  });
});
