import { describe, expect, it } from '@jest/globals';
import { SessionCookie } from '../../../libs/mintlify-docs-emulator/src/session/session.cookie.js';
import { VisitorSessions } from '../../../libs/mintlify-docs-emulator/src/session/visitor.sessions.js';

describe('VisitorSessions', () => {
  it('finds a visitor by an id of 256 bits, another for each session', () => {
    const sessions = new VisitorSessions(() => 0);
    const peter = { content: { firstName: 'Peter' } };
    const ids = [sessions.open(peter), sessions.open(peter)];
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) {
      expect(Buffer.from(id, 'base64url')).toHaveLength(32);
      expect(sessions.find(id)).toBe(peter);
    }
    expect(sessions.find(undefined)).toBeUndefined();
    expect(sessions.find('')).toBeUndefined();
    expect(sessions.find('__proto__')).toBeUndefined();
  });

  it('ends a session at expiresAt, and for good', () => {
    let nowMs = 99_999;
    const sessions = new VisitorSessions(() => nowMs);
    const id = sessions.open({ expiresAt: 100 });
    expect(sessions.find(id)).toBeDefined();
    nowMs = 100_000;
    expect(sessions.find(id)).toBeUndefined();
    nowMs = 99_999;
    expect(sessions.find(id)).toBeUndefined();
  });

  it('ends one session and no other', () => {
    const sessions = new VisitorSessions(() => 0);
    const [first, second] = [sessions.open({}), sessions.open({})];
    sessions.end(first);
    sessions.end(undefined);
    expect(sessions.find(first)).toBeUndefined();
    expect(sessions.find(second)).toBeDefined();
  });

  it('keeps no more than its limit: what has expired goes first, then the oldest', () => {
    let nowMs = 0;
    const sessions = new VisitorSessions(() => nowMs, 2);
    const oldest = sessions.open({});
    const expired = sessions.open({ expiresAt: 10 });
    nowMs = 10_000;
    const third = sessions.open({});
    expect([oldest, expired, third].map((id) => sessions.find(id) !== undefined)).toEqual([
      true,
      false,
      true,
    ]);
    const fourth = sessions.open({});
    expect([oldest, third, fourth].map((id) => sessions.find(id) !== undefined)).toEqual([false, true, true]);
  });
});

describe('SessionCookie', () => {
  const cookie = new SessionCookie({ origin: 'http://localhost:3002', port: 3002 });

  it('is named after the port, so that two emulators on one host do not meet', () => {
    expect(cookie.name).toBe('docs-session-3002');
    expect(cookie.read('docs-session-3001=a; docs-session-3002=b')).toBe('b');
  });

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['docs-session-3002', undefined],
    ['xdocs-session-3002=a', undefined],
    ['docs-session-30021=a', undefined],
    ['a=docs-session-3002=b', undefined],
    ['theme=dark;docs-session-3002=abc-_', 'abc-_'],
  ])('reads %j as %j', (header, id) => {
    expect(cookie.read(header)).toBe(id);
  });

  it('hides from scripts and other sites, and lives as long as the session', () => {
    const base = 'docs-session-3002=abc; Path=/; HttpOnly; SameSite=Lax';
    expect(cookie.write('abc', undefined, 0)).toBe(base);
    expect(cookie.write('abc', 100.5, 40_000)).toBe(`${base}; Max-Age=61`);
    expect(cookie.write('abc', 1e300, 0)).toBe(`${base}; Max-Age=34560000`);
    expect(cookie.clear()).toBe('docs-session-3002=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0');
  });

  it('travels over TLS alone where the docs do', () => {
    const secure = new SessionCookie({ origin: 'https://docs.foo.test', port: 3002 });
    expect(secure.write('abc', undefined, 0)).toContain('; Secure');
    expect(secure.clear()).toContain('; Secure');
  });
});
