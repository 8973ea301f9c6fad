import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { AnswerCheck } from '../../../bench/soak/answer-check.js';
import { requestOf, toPem, type SoakRequest, type SoakVisitor } from '../../../bench/soak/visitors.js';

const NOW_SECONDS = 1_800_000_000;
const ACME = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const GLOBEX = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const INITECH = generateKeyPairSync('ed25519');

const ADA: SoakVisitor = {
  name: 'Ada',
  tenantId: 'acme',
  cookie: 'session=1',
  docs: { origin: 'https://acme.example', mode: 'personalization', publicKey: toPem(ACME.publicKey) },
};
const BOB: SoakVisitor = {
  name: 'Bob',
  tenantId: 'initech',
  cookie: 'session=2',
  docs: { origin: 'https://initech.example', mode: 'authentication', publicKey: toPem(INITECH.publicKey) },
};
/** The first without an anchor, the second with one, the third a page that asks who its visitor is. */
const [LOGIN, LOGIN_AT_STEP, USER_INFO] = [1, 2, 0].map((number) => requestOf(number, [ADA])) as [
  SoakRequest,
  SoakRequest,
  SoakRequest,
];
const PRIVATE_LOGIN = requestOf(2, [BOB]);

function sign(
  claims: Record<string, unknown> = {},
  key: KeyObject = ACME.privateKey,
  algorithm = 'ES256',
): Promise<string> {
  return new SignJWT({ exp: NOW_SECONDS + 10, content: { firstName: 'Ada', tenant: 'acme' }, ...claims })
    .setProtectedHeader({ alg: algorithm })
    .sign(key);
}

function findFault(request: SoakRequest, text: string): string | undefined {
  return new AnswerCheck().findFault(request, text, NOW_SECONDS * 1_000);
}

describe('a Location', () => {
  it('is good when its token is of the visitor who asked, at the page that was asked for', async () => {
    expect(findFault(LOGIN, `https://acme.example/guides/1#${await sign()}`)).toBeUndefined();
    expect(
      findFault(LOGIN_AT_STEP, `https://acme.example/guides/2#jwt=${await sign()}&anchor=step-2`),
    ).toBeUndefined();
  });

  it('is that of the callback page for private docs', async () => {
    const content = { firstName: 'Bob', tenant: 'initech' };
    const callback = 'https://initech.example/login/jwt-callback?redirect=%2Fguides%2F2%23step-2#';
    const good = await sign({ content, host: 'initech.example' }, INITECH.privateKey, 'EdDSA');
    const forOthers = await sign({ content, host: 'acme.example' }, INITECH.privateKey, 'EdDSA');
    expect(findFault(PRIVATE_LOGIN, callback + good)).toBeUndefined();
    expect(findFault(PRIVATE_LOGIN, callback + forOthers)).toBe('A token is for another host.');
  });

  it.each([
    ['https://acme.example/guides/2#', ''],
    ['https://globex.example/guides/1#', ''],
    ['https://acme.example/guides/1?', ''],
    ['https://acme.example/guides/1#jwt=', '&anchor=step-1'],
  ])('is wrong elsewhere: %s', async (before, after) => {
    expect(findFault(LOGIN, before + (await sign()) + after)).toBeDefined();
  });

  it.each([
    [{ exp: undefined }, 'A token has no exp.'],
    [{ exp: NOW_SECONDS + 11 }, 'A token is valid for more than ten seconds.'],
    [{ exp: NOW_SECONDS }, 'A token had expired when it arrived.'],
    [{ content: { firstName: 'Eve', tenant: 'acme' } }, 'A response is for another visitor.'],
    [{ content: { firstName: 'Ada', tenant: 'globex' } }, 'A response is for a visitor of another tenant.'],
    [{ content: undefined }, 'A response is for a visitor of another tenant.'],
  ])('is wrong with the claims %j', async (claims, fault) => {
    expect(findFault(LOGIN, `https://acme.example/guides/1#${await sign(claims)}`)).toBe(fault);
  });

  it('is wrong when another tenant’s key signed, or when its claims were changed', async () => {
    const ofGlobex = await sign({}, GLOBEX.privateKey);
    const [header, , signature] = ofGlobex.split('.');
    expect(findFault(LOGIN, `https://acme.example/guides/1#${ofGlobex}`)).toMatch('signature');
    expect(findFault(LOGIN, `https://acme.example/guides/1#${header}.e30.${signature}`)).toMatch('signature');
    expect(findFault(LOGIN, 'https://acme.example/guides/1#')).toBeDefined();
  });
});

describe('a user-info answer', () => {
  it('is good when it is of the visitor who asked', () => {
    expect(findFault(USER_INFO, '{"content":{"firstName":"Ada","tenant":"acme"}}')).toBeUndefined();
  });

  it.each(['{"content":{"firstName":"Eve","tenant":"acme"}}', '{}', '', '<html>'])(
    'is wrong otherwise: %s',
    (body) => {
      expect(findFault(USER_INFO, body)).toBeDefined();
    },
  );
});
