import { describe, expect, it } from '@jest/globals';
import {
  readAnswerHeaders,
  readContentType,
  readPageAnswer,
  readResults,
  readRetryAfter,
} from '../../../../libs/mintlify-personalization/src/discovery/discovery-answers.js';

describe('answers of the discovery API', () => {
  it('are results with a text and a path, and nothing else of what they hold', () => {
    const result = { content: 'Text', path: 'quickstart', metadata: { title: 'A' }, secret: 1 };
    expect(readResults([result, { ...result, metadata: [] }])).toEqual([
      { content: 'Text', path: 'quickstart', metadata: { title: 'A' } },
      { content: 'Text', path: 'quickstart', metadata: {} },
    ]);
    for (const answer of [null, {}, 'x', [null], [{}], [{ content: 'a' }], [{ content: 'a', path: 1 }]]) {
      expect(() => readResults(answer)).toThrow('sent no results in its documented format');
    }
  });

  it('are a page with a text', () => {
    expect(readPageAnswer({ content: 'Text' }, 'asked')).toEqual({ path: 'asked', content: 'Text' });
    expect(readPageAnswer({ content: '', path: 'a' }, 'asked')).toEqual({ path: 'a', content: '' });
    for (const answer of [null, [], 7, { content: 1 }, { content: 'a', path: null }]) {
      expect(() => readPageAnswer(answer, 'asked')).toThrow('sent no page in its documented format');
    }
  });

  it.each([
    ['text/event-stream', 'text/event-stream'],
    ['application/json; charset=utf-8', 'application/json; charset=utf-8'],
    ['text/html', 'text/plain; charset=utf-8'],
    ['text/event-streams', 'text/plain; charset=utf-8'],
    ['image/svg+xml', 'text/plain; charset=utf-8'],
    [undefined, 'text/plain; charset=utf-8'],
  ])('of the type %s have the type %s', (type, expected) => {
    expect(readContentType(new Headers(type === undefined ? {} : { 'content-type': type }))).toBe(expected);
  });

  it('keep the headers that pages need, and no other', () => {
    const headers = new Headers({ 'X-Thread-Id': 't', 'Set-Cookie': 'a=b', Server: 'x' });
    expect(readAnswerHeaders(headers)).toEqual({ 'x-thread-id': 't' });
  });

  it.each([
    ['30', '30'],
    ['Tue, 01 Dec 2026 00:00:00 GMT', 'Tue, 01 Dec 2026 00:00:00 GMT'],
    ['-1', undefined],
    ['soon', undefined],
    ['99999999', undefined],
    [undefined, undefined],
  ])('with Retry-After: %s say %s', (value, expected) => {
    expect(readRetryAfter(new Headers(value === undefined ? {} : { 'retry-after': value }))).toBe(expected);
  });
});
