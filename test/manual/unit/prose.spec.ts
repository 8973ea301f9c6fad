import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expect, it } from '@jest/globals';

/** What no colleague would say, and what to write instead. Whole words, in any case; parts of names count as words. */
const UNUSUAL: readonly [phrase: string, instead: string][] = [
  ['nobody', 'no one'],
  ['anybody', 'anyone'],
  ['whoever', 'anyone who, or the person'],
  ['dear', 'slow, or expensive'],
  ['mend(?:s|ed|ing)?', 'fix'],
  ['houses?', 'package, or repository'],
  ['doors?', 'route, or handler'],
  ['strangers?', 'unknown, or anonymous'],
  ['(?:is|are|be|was|were) told of', 'gets, or see'],
  ['belong(?:s|ed)? into', 'belongs in'],
  ['counts? for nothing', 'is ignored'],
  ['could not be had', 'failed'],
  ['the judge', 'decides'],
  // `words` for a message. The words of a path or of a command line, which are taken apart, are words.
  ['in (?:\\w+ ){0,2}words', 'nothing: a message is always in words'],
  ['(?:its|their|own|other|of the) words', 'message'],
  ['words (?:of|for) (?:the|a|an|it|its|each|what)', 'message'],
];

const RULES = [
  ...UNUSUAL.map(([phrase, instead]) => ({
    pattern: new RegExp(`(?<![a-z])(?:${phrase})(?![a-z])`, 'i'),
    instead,
    isRaw: false,
  })),
  // A name for a message: `refusalWords`, `request.words.ts`, `request-words.ts`.
  { pattern: /[a-z]Words(?![a-z])|[.-]words\./, instead: 'message', isRaw: true },
];

/** What is not ours to word, or is generated: and this list itself. */
const IGNORED = [
  /(?:^|\/)CHANGELOG\.md$/,
  /^package-lock\.json$/,
  /^docs\/reference\//,
  /\.(?:png|svg|ico|woff2?)$/,
  new RegExp(
    `^${relative('', import.meta.filename)
      .replaceAll('\\', '/')
      .replaceAll('.', '\\.')}$`,
  ),
];

/** In a test, the name of an account or a tenant that does not exist. */
const NAMES_IN_TESTS = /(['"`])nobody\1/gi;

function findUnusual(text: string, file: string): string[] {
  const prose = file.startsWith('test/') ? text.replaceAll(NAMES_IN_TESTS, '$1$1') : text;
  return prose.split('\n').flatMap((line, index) => {
    const apart = line.replaceAll(/(?<=[a-z])(?=[A-Z])|_/g, ' ');
    return RULES.flatMap(({ pattern, instead, isRaw }) => {
      const [found] = pattern.exec(isRaw ? line : apart) ?? [];
      return found === undefined ? [] : [`${file}:${index + 1}: "${found}": write ${instead}`];
    });
  });
}

it.each([
  ['Mend it and try again.', 'Mend'],
  ['const DEFAULT_MEND = 1;', 'MEND'],
  ['class UserInfoDoor {}', 'Door'],
  ['Nobody is told of it', 'Nobody'],
  ['says so in words', 'in words'],
  ['in the same words', 'in the same words'],
  ['function refusalWords() {}', 'lWords'],
  ["from './request.words.js'", '.words.'],
  ["an account, which is 'nobody' outside of tests", 'nobody'],
])('finds what is unusual in: %s', (text, found) => {
  expect(findUnusual(text, 'docs/a.mdx').join()).toContain(`"${found}"`);
});

it.each([
  'recommended',
  'amendment',
  'warehouse',
  'indoor',
  'const words = path.split(" ");',
  '32 words of 64 bits',
])('leaves alone: %s', (text) => {
  expect(findUnusual(text, 'docs/a.mdx')).toEqual([]);
});

it('takes a name in a test for what it is', () => {
  expect(findUnusual("resolve: () => 'nobody'", 'test/a.spec.ts')).toEqual([]);
});

it('nothing in the repository is said in an unusual way, nor named so', () => {
  const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && !IGNORED.some((pattern) => pattern.test(file)));
  expect(files.length).toBeGreaterThan(500);
  const names = files.flatMap((file) => findUnusual(file, `The name of ${file}`));
  const texts = files.flatMap((file) => findUnusual(readFileSync(file, 'utf8'), file));
  const found = [...names, ...texts];
  expect(found).toEqual([]);
});
