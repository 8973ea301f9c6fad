import { doesNotThrow, equal } from 'node:assert/strict';
import { beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { expiryWords } from '../../../libs/mintlify-docs-emulator/src/shared/expiry.words.js';
import { loginLink } from '../../../libs/mintlify-docs-emulator/src/shared/login.link.js';
import { visitorName } from '../../../libs/mintlify-docs-emulator/src/shared/visitor.name.js';
import { readVisitor } from '../../../libs/mintlify-docs-emulator/src/shared/visitor.reader.js';
import {
  VISITOR_STORAGE_KEY,
  VisitorStore,
} from '../../../libs/mintlify-docs-emulator/src/shared/visitor.store.js';
import type { TextStorage } from '../../../libs/mintlify-docs-emulator/src/shared/visitor.store.js';
import { propertyRuns } from '../../support/property-runs.support.js';

/** The browser's storage, as far as it is used. */
class MapStorage implements TextStorage {
  readonly entries = new Map<string, string>();
  getItem(key: string): string | null {
    return this.entries.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.entries.set(key, value);
  }
  removeItem(key: string): void {
    this.entries.delete(key);
  }
}

describe('VisitorStore', () => {
  let lasting: MapStorage;
  let session: MapStorage;
  let nowMs: number;
  let store: VisitorStore;
  beforeEach(() => {
    lasting = new MapStorage();
    session = new MapStorage();
    nowMs = 1_000_000;
    store = new VisitorStore(lasting, session, () => nowMs);
  });

  it('keeps a visitor across sessions until expiresAt, in seconds', () => {
    const visitor = { expiresAt: 1010, groups: ['admin'], content: { firstName: 'Ada' } };
    store.save(visitor);
    session.entries.clear();
    nowMs = 1_009_999;
    expect(store.load()).toEqual(visitor);
    nowMs = 1_010_000;
    expect(store.load()).toBeUndefined();
    expect(lasting.entries.size).toBe(0);
  });

  it('keeps a visitor without expiresAt for the session alone', () => {
    store.save({ content: { firstName: 'Ada' } });
    expect(lasting.entries.size).toBe(0);
    expect(store.load()).toEqual({ content: { firstName: 'Ada' } });
    session.entries.clear();
    expect(store.load()).toBeUndefined();
  });

  it('forgets the one before when another visitor comes', () => {
    store.save({ expiresAt: 2000, content: { firstName: 'Ada' } });
    store.save({ content: { firstName: 'Grace' } });
    expect(store.load()).toEqual({ content: { firstName: 'Grace' } });
  });

  it('forgets everything on clear', () => {
    store.save({ expiresAt: 2000 });
    store.clear();
    expect(store.load()).toBeUndefined();
  });

  it.each([
    '',
    'null',
    '[]',
    '"x"',
    '{',
    '{"groups":"admin"}',
    '{"expiresAt":"soon"}',
    '{"content":[]}',
    '{}',
  ])('drops lasting data of the form %j', (text) => {
    lasting.setItem(VISITOR_STORAGE_KEY, text);
    expect(store.load()).toBeUndefined();
    expect(lasting.entries.size).toBe(0);
  });

  it('survives whatever is stored', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        lasting.setItem(VISITOR_STORAGE_KEY, text);
        session.setItem(VISITOR_STORAGE_KEY, text);
        doesNotThrow(() => store.load());
      }),
      propertyRuns(100),
    );
  });
});

describe('readVisitor', () => {
  it('takes over the four known keys alone', () => {
    const known = { expiresAt: 1, groups: [], content: {}, apiPlaygroundInputs: { header: {} } };
    expect(readVisitor({ ...known, exp: 5, __proto__: null, host: 'x' })).toEqual(known);
  });

  it.each([
    [null, /JSON object/],
    [{ expiresAt: Number.NaN }, /`expiresAt` must be a number/],
    [{ groups: [1] }, /`groups` must be a list of strings/],
    [{ content: 'Ada' }, /`content` must be an object/],
    [{ apiPlaygroundInputs: [] }, /`apiPlaygroundInputs` must be an object/],
  ])('says what is wrong with %j', (data, message) => {
    expect(readVisitor(data)).toMatch(message);
  });
});

describe('loginLink', () => {
  it('names the page, and the anchor where there is one', () => {
    expect(loginLink('https://foo.com/docs-login', { path: '/docs/quickstart', anchor: 'step-one' })).toBe(
      'https://foo.com/docs-login?redirect=%2Fdocs%2Fquickstart&anchor=step-one',
    );
    expect(loginLink('https://foo.com/docs-login', { path: '/', anchor: '' })).toBe(
      'https://foo.com/docs-login?redirect=%2F',
    );
  });

  it('keeps the query of the login URL, and gives back any path and anchor', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed());
    fc.assert(
      fc.property(text, text, (path, anchor) => {
        const { searchParams } = new URL(loginLink('https://foo.com/login?site=a&x=%26', { path, anchor }));
        equal(searchParams.get('site'), 'a');
        equal(searchParams.get('x'), '&');
        equal(searchParams.get('redirect'), path);
        equal(searchParams.get('anchor') ?? '', anchor);
      }),
      propertyRuns(100),
    );
  });
});

describe('visitorName', () => {
  it.each([
    [{ firstName: 'Ada', lastName: 'Lovelace' }, 'Ada Lovelace'],
    [{ firstName: 'Ada' }, 'Ada'],
    [{ name: 'Grace Hopper', firstName: 7 }, 'Grace Hopper'],
    [{ email: 'ada@acme.example' }, 'ada@acme.example'],
    [{}, 'Logged in'],
  ])('of %j is %s', (content, name) => {
    expect(visitorName(content)).toBe(name);
  });
});

describe('expiryWords', () => {
  it.each([
    [5, 'in 5 seconds'],
    [1_209_598, 'in 14 days'],
    [7200, 'in 2 hours'],
    [180, 'in 3 minutes'],
    [-60, '1 minute ago'],
  ])('of %d seconds ahead is "%s"', (ahead, words) => {
    expect(expiryWords(1_000 + ahead, 1_000_000)).toBe(words);
  });

  it('names milliseconds, and a missing expiresAt', () => {
    expect(expiryWords(1_800_000_000_000, 0)).toMatch(/looks like milliseconds/);
    expect(expiryWords(undefined, 0)).toMatch(/browser session/);
  });
});
