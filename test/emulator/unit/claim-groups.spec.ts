import { generateKeyPairSync } from 'node:crypto';
import { deepEqual, equal } from 'node:assert/strict';
import { afterEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { SignJWT } from 'jose';
import { readHandshakeFlags } from '../../../libs/mintlify-docs-emulator/src/cli/handshake-arguments.js';
import {
  beginAuthorization,
  finishAuthorization,
} from '../../../libs/mintlify-docs-emulator/src/client/oauth-flow.js';
import {
  decodeClaims,
  readClaimGroups,
} from '../../../libs/mintlify-docs-emulator/src/shared/claim-groups.js';
import type { GroupsClaim } from '../../../libs/mintlify-docs-emulator/src/shared/handshake-types.js';
import { propertyRuns } from '../../support/property-runs.support.js';

const SECRET = Buffer.from('a secret of these tests, long enough for HS256');
const tokenOf = (claims: Record<string, unknown>): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(SECRET);

describe('readClaimGroups', () => {
  it.each<[unknown, Partial<GroupsClaim>, string[]]>([
    [{ groups: ['a', 'b,c'] }, { groupsDelimiter: ',' }, ['a', 'b,c']],
    [{ groups: ' a, b ,,c ' }, { groupsDelimiter: ',' }, ['a', 'b', 'c']],
    [{ groups: 'a::b:c' }, { groupsDelimiter: '::' }, ['a', 'b:c']],
    [{ groups: 'a b' }, { groupsDelimiter: ' ' }, ['a', 'b']],
    [{ groups: '' }, { groupsDelimiter: ',' }, []],
    [{ 'https://acme.example/groups': ['a'] }, { groupsClaim: 'https://acme.example/groups' }, ['a']],
    [{}, {}, []],
    [{ groups: null }, {}, []],
    [{}, { groupsClaim: 'constructor' }, []],
  ])('reads %j with %j', (claims, settings, groups) => {
    expect(readClaimGroups(claims, { source: 'id_token', ...settings })).toEqual(groups);
  });

  it.each([
    [undefined, /The id_token is no JWT/],
    [{ groups: 'a,b' }, /"groups" of the id_token is one string\. Set groupsDelimiter/],
    [{ groups: 7 }, /must be a list of strings/],
    [{ groups: ['a', 1] }, /must be a list of strings/],
  ])('says what is wrong with %j', (claims, message) => {
    expect(readClaimGroups(claims, { source: 'id_token' })).toMatch(message);
  });

  it('never gives a group that is empty, has white space around it, or has the delimiter in it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1, maxLength: 4 }), (text, groupsDelimiter) => {
        const groups = readClaimGroups({ groups: text }, { source: 'access_token', groupsDelimiter });
        if (typeof groups === 'string') throw new Error(groups);
        for (const group of groups) {
          equal(group !== '' && group.trim() === group && !group.includes(groupsDelimiter), true);
        }
      }),
      propertyRuns(300),
    );
    expect.assertions(0);
  });
});

describe('the flags of a claim', () => {
  const FLAGS = {
    handshake: 'oauth',
    'authorization-url': 'https://auth.acme.example/auth',
    'client-id': 'docs',
    'token-url': 'https://auth.acme.example/token',
  };

  it('take the place of the Info API', () => {
    const claim = { 'groups-from': 'access_token', 'groups-claim': 'roles', 'groups-delimiter': ';' };
    expect(readHandshakeFlags({ ...FLAGS, ...claim })).toMatchObject({
      claims: { source: 'access_token', groupsClaim: 'roles', groupsDelimiter: ';' },
    });
    expect(readHandshakeFlags({ ...FLAGS, ...claim })).not.toHaveProperty('infoApiUrl');
  });

  it('need the token, and OAuth', () => {
    const url = 'http://localhost:3000/docs/user-info';
    expect(() => readHandshakeFlags(FLAGS)).toThrow('--info-api-url is missing');
    expect(() => readHandshakeFlags({ ...FLAGS, 'info-api-url': url, 'groups-claim': 'roles' })).toThrow(
      '--groups-from is missing',
    );
    expect(() =>
      readHandshakeFlags({ handshake: 'shared-session', 'info-api-url': url, 'groups-from': 'id_token' }),
    ).toThrow('--groups-from is not for --handshake shared-session');
  });
});

describe('decodeClaims', () => {
  it('reads what jose signed, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })), async (extra) => {
        deepEqual({ ...(decodeClaims(await tokenOf({ extra })) as { extra: object }).extra }, { ...extra });
      }),
      { numRuns: 30 },
    );
    expect.assertions(0);
  });

  it.each([undefined, '', 'opaque', 'a.b', 'a.b.c.d', 'a.!.c', 'a.AA.c'])('reads nothing of %p', (token) => {
    expect(decodeClaims(token)).toBeUndefined();
  });
});

describe('docs that read groups from a token', () => {
  const globals = globalThis as unknown as Record<string, unknown>;
  const { fetch: realFetch } = globalThis;

  afterEach(() => {
    globals['fetch'] = realFetch;
    delete globals['sessionStorage'];
    delete globals['location'];
  });

  /** A login as the callback page completes it. */
  async function logIn(claims: GroupsClaim, tokens: Record<string, unknown>) {
    const kept = new Map<string, string>();
    globals['sessionStorage'] = {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, value: string) => kept.set(name, value),
      removeItem: (name: string) => kept.delete(name),
    };
    globals['location'] = { origin: 'http://localhost:3004' };
    const asked: string[] = [];
    globals['fetch'] = (url: string | URL) => {
      asked.push(String(url));
      return Promise.resolve(Response.json({ token_type: 'bearer', ...tokens }));
    };
    const handshake = {
      type: 'oauth' as const,
      authorizationUrl: 'https://auth.acme.example/auth',
      tokenUrl: 'https://auth.acme.example/token',
      clientId: 'docs',
      scopes: ['openid'],
      claims,
    };
    const { searchParams } = new URL(await beginAuthorization(handshake, '', '/quickstart'));
    const parameters = new URLSearchParams({ code: 'code', state: searchParams.get('state') ?? '' });
    return { ...(await finishAuthorization(handshake, '', parameters)), asked };
  }

  it('take them from the access token, and ask no Info API', async () => {
    const token = await tokenOf({ groups: 'admin; beta' });
    const { answer, asked, returnTo } = await logIn(
      { source: 'access_token', groupsDelimiter: ';' },
      { access_token: token },
    );
    expect([answer, asked, returnTo]).toEqual([
      { visitor: { groups: ['admin', 'beta'] } },
      ['https://auth.acme.example/token'],
      '/quickstart',
    ]);
  });

  it('take them from the ID token, which has to be there', async () => {
    const nowSeconds = Math.floor(Date.now() / 1_000);
    const { privateKey } = generateKeyPairSync('ed25519');
    const signed = await new SignJWT({ groups: ['admin'] })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer('https://auth.acme.example')
      .setAudience('docs')
      .setSubject('ada')
      .setIssuedAt(nowSeconds)
      .setExpirationTime(nowSeconds + 60)
      .sign(privateKey);
    const known = await logIn({ source: 'id_token' }, { access_token: 'opaque', id_token: signed });
    expect(known.answer).toEqual({ visitor: { groups: ['admin'] } });
    const missing = await logIn({ source: 'id_token' }, { access_token: 'opaque' });
    expect(missing.answer).toEqual({ error: expect.any(String) });
    const opaque = await logIn({ source: 'access_token' }, { access_token: 'opaque' });
    expect(opaque.answer).toEqual({ error: expect.stringContaining('is no JWT') });
  });
});
