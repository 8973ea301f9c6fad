import { describe, expect, it } from '@jest/globals';
import {
  formatJsonPath,
  type JsonPathSegment,
} from '../../../../libs/mintlify-personalization/src/user/json-path.js';

describe('A path', () => {
  it.each<[string, JsonPathSegment[]]>([
    ['(the user)', []],
    ['content', ['content']],
    ['content.company.plan', ['content', 'company', 'plan']],
    ['groups[3]', ['groups', 3]],
    ['content.list[0][1].a', ['content', 'list', 0, 1, 'a']],
    ['["a b"]', ['a b']],
    ['content.$a_1', ['content', '$a_1']],
    ['content.a$', ['content', 'a$']],
    ['content["1a"]', ['content', '1a']],
    ['content[" a"]', ['content', ' a']],
    ['content["a "]', ['content', 'a ']],
    ['content["a-b"].c', ['content', 'a-b', 'c']],
  ])('is written as %s', (written, segments) => {
    expect(formatJsonPath(segments)).toBe(written);
  });

  it('quotes a name of more than 64 characters, and cuts it there', () => {
    expect(formatJsonPath(['x'.repeat(64)])).toBe('x'.repeat(64));
    expect(formatJsonPath(['x'.repeat(65)])).toBe(`["${'x'.repeat(64)}…"]`);
    expect(formatJsonPath(['-'.repeat(64)])).toBe(`["${'-'.repeat(64)}"]`);
    expect(formatJsonPath(['-'.repeat(65)])).toBe(`["${'-'.repeat(64)}…"]`);
  });

  it.each([
    ['\u007f', String.raw`["\u007f"]`],
    ['\u009f', String.raw`["\u009f"]`],
    ['\u2028\u2029', String.raw`["\u2028\u2029"]`],
    ['\u202e\u2066\u200f', String.raw`["\u202e\u2066\u200f"]`],
    ['\uD83D', String.raw`["\ud83d"]`],
    ['\u007e\u00a0', '["\u007e\u00a0"]'],
    ['a"\\\n', String.raw`["a\"\\\n"]`],
  ])('escapes what a log would not show as it is: %j', (name, written) => {
    expect(formatJsonPath([name])).toBe(written);
  });
});
