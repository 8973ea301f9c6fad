import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import {
  readPage,
  readQuestion,
  readSearch,
} from '../../../../libs/mintlify-personalization/src/discovery/discovery-requests.js';

const READERS = [readSearch, readPage, readQuestion];
const NAMES = ['query', 'path', 'messages', 'filter', 'groups', 'fp', 'id', 'parts', '__proto__', 'x y'];

const label = fc.string({ minLength: 1, maxLength: 200 }).filter((text) => text.trim() !== '');
const search = fc.record(
  {
    query: label,
    pageSize: fc.integer({ min: 1, max: 50 }),
    scoreThreshold: fc.double({ min: 0, max: 1, noNaN: true }),
    filter: fc.record({ version: label, language: label, tag: label }, { requiredKeys: [] }),
  },
  { requiredKeys: ['query'] },
);
const message = fc.record({
  id: label,
  role: fc.constantFrom('user', 'assistant'),
  parts: fc.array(fc.record({ type: fc.constant('text'), text: fc.string() }), {
    minLength: 1,
    maxLength: 3,
  }),
});
const question = fc.record(
  {
    messages: fc.array(message, { minLength: 1, maxLength: 4 }),
    threadId: label,
    threadKey: label,
    retrievalPageSize: fc.integer({ min: 1, max: 50 }),
    filter: fc.record({ version: label, language: label }, { requiredKeys: [] }),
    currentPath: label,
  },
  { requiredKeys: ['messages'] },
);
/** What a client could send, with the names that mean something. */
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.double(),
    fc.constantFrom(null, true, 'user', 'text'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 4 }),
  ),
})).value;

function read(reader: (value: unknown) => unknown, value: unknown): unknown {
  try {
    return reader(value);
  } catch (error) {
    return error;
  }
}

/** The names of all fields, except in parts of messages, whose fields are up to the AI SDK. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([name, each]) => (name === 'parts' ? [] : namesIn(each)));
  return [...Object.keys(value), ...below];
}

describe('requests of visitors', () => {
  it('are passed on as they are, if they are right', () => {
    fc.assert(
      fc.property(search, question, label, (one, other, path) => {
        expect(readSearch(one)).toEqual(one);
        expect(readQuestion({ ...other, trigger: 'submit-message', id: 'chat' })).toEqual(other);
        expect(readPage({ path })).toEqual({ path });
      }),
      { numRuns: 200 },
    );
  });

  it('never name groups, and are refused with a field and nothing of its value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...READERS), anything, (reader, value) => {
        const result = read(reader, value);
        const error = result instanceof Error ? result : undefined;
        const named = error === undefined ? namesIn(result) : [];
        expect(named.filter((name) => name === 'groups' || name === 'fp')).toEqual([]);
        // A refusal names a field, and quotes nothing.
        const code = error instanceof MintlifyPersonalizationError ? error.code : undefined;
        const isQuiet = /^[\w.[\] ]+ (?:must|is not|is missing|has)[\w ,.:()-]*$/.test(error?.message ?? '');
        expect([code, isQuiet]).toEqual(
          error === undefined ? [undefined, false] : ['discovery_invalid', true],
        );
      }),
      { numRuns: 500 },
    );
  });

  it('are refused with groups wherever they stand', () => {
    fc.assert(
      fc.property(search, question, fc.array(fc.string()), (one, other, groups) => {
        const wrong = [
          read(readSearch, { ...one, groups }),
          read(readSearch, { ...one, filter: { ...one.filter, groups } }),
          read(readQuestion, { ...other, groups }),
          read(readQuestion, { ...other, filter: { ...other.filter, groups } }),
          read(readPage, { path: 'a', groups }),
        ];
        for (const error of wrong)
          expect(String(error)).toMatch(/groups is not allowed: the groups come from/);
      }),
      { numRuns: 200 },
    );
  });
});
