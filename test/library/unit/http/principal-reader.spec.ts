import { deepEqual, equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import type { HandshakeExchange } from '../../../../libs/mintlify-personalization/src/http/handshake-exchange.js';
import { PrincipalReader } from '../../../../libs/mintlify-personalization/src/http/principal-reader.js';
import { OAUTH } from '../../../../libs/mintlify-personalization/src/http/user-info/user-info.handshake.js';
import { resolveHandshakes } from '../../../../libs/mintlify-personalization/src/options/handshakes.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const exchangeOf = (request: object): HandshakeExchange =>
  ({ definition: OAUTH, request }) as HandshakeExchange;

const readerOf = (principal?: (request: unknown) => unknown): PrincipalReader =>
  new PrincipalReader(resolveHandshakes({ oauth: { guards: [], principal } }));

describe('PrincipalReader', () => {
  it('reads request.user by default, also for a handshake that is not mounted', () => {
    const unmounted = new PrincipalReader(resolveHandshakes({ oauth: false }));
    for (const reader of [readerOf(), unmounted])
      expect(reader.read(exchangeOf({ user: 'ada' }))).toBe('ada');
  });

  it('returns whatever the option returns, unless that is a promise', () => {
    fc.assert(
      fc.property(fc.anything(), (account) => {
        const reader = readerOf((request) => (request as { account: unknown }).account);
        equal(Object.is(reader.read(exchangeOf({ account })), account), true);
      }),
      propertyRuns(200),
    );
  });

  it.each<[string, () => unknown]>([
    ['an error', () => thrown(new Error('canary'))],
    ['a text', () => thrown('canary')],
    ['nothing', () => thrown(undefined)],
    ['an error of this library', () => thrown(new MintlifyPersonalizationError('unauthenticated', 'canary'))],
    ['an object that throws when it is looked at', () => new Proxy({}, { get: () => thrown('canary') })],
    ['a promise', () => Promise.resolve('ada')],
    ['a promise that rejects', () => Promise.reject(new Error('canary'))],
    // oxlint-disable-next-line unicorn/no-thenable -- as the query builders of some databases are
    ['a thenable', () => ({ then: () => thrown('canary') })],
  ])('fails with a code for %s, and is silent when it only looks', async (_, principal) => {
    const reader = readerOf(principal);
    expect(() => reader.read(exchangeOf({}))).toThrow(
      expect.objectContaining({
        code: 'principal_failed',
        message: expect.stringMatching(/^handshakes\.oauth\.principal (?:threw|returned a promise)/),
      }),
    );
    expect(reader.peek(exchangeOf({}))).toBeUndefined();
    // A rejection that no one handles would fail this test.
    await new Promise(setImmediate);
  });

  it('keeps what was thrown as the cause', () => {
    const cause = new TypeError('canary');
    const reader = readerOf(() => thrown(cause));
    expect(() => reader.read(exchangeOf({}))).toThrow(expect.objectContaining({ cause }));
  });

  it.each([
    [undefined, 'no guard set request.user. Add a guard that does, or set handshakes.oauth.principal'],
    [() => false, 'handshakes.oauth.principal returned none'],
  ])('says where it looked when there is no principal', (principal, message) => {
    const reader = readerOf(principal);
    const found = reader.read(exchangeOf({}));
    expect(() => reader.assert(exchangeOf({}), found)).toThrow(
      expect.objectContaining({ code: 'unauthenticated', message: expect.stringContaining(message) }),
    );
    deepEqual(reader.assert(exchangeOf({}), 'ada'), undefined);
  });
});

function thrown(error: unknown): never {
  // oxlint-disable-next-line typescript/only-throw-error -- a host app may
  throw error;
}
