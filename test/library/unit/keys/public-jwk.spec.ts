import { describe, expect, it } from '@jest/globals';
import { compactVerify } from 'jose';
import {
  exportPublicJwk,
  MintlifyPersonalizationError,
  type DocsMode,
  type SigningKey,
} from 'nestjs-mintlify-personalization';
import { KEYS_BY_MODE, pkcs8, privateJwk, spki } from '../../../support/keys.support.js';
import { errorOf, startSigning } from '../../../support/modules.support.js';

const MODES: [DocsMode, string[]][] = [
  ['personalization', ['crv', 'kty', 'x', 'y']],
  ['authentication', ['crv', 'kty', 'x']],
];

describe.each(MODES)('exportPublicJwk for %s', (mode, members) => {
  const pair = KEYS_BY_MODE[mode];
  const publicJwk = pair.publicKey.export({ format: 'jwk' });

  it.each<[string, SigningKey]>([
    ['PEM', pkcs8(pair)],
    ['a JWK', privateJwk(pair)],
    ['JSON', JSON.stringify(privateJwk(pair))],
    ['a KeyObject', pair.privateKey],
  ])('gives the public half of a key that came as %s, and nothing else', async (_, key) => {
    const jwk = await exportPublicJwk(key, mode);
    expect(jwk).toEqual(publicJwk);
    expect(Object.keys(jwk).sort()).toEqual(members);
  });

  it.each([
    ['as an object', (jwk: object) => jwk],
    ['as text', (jwk: object) => JSON.stringify(jwk)],
  ])('keeps the kid of a JWK %s, and none of its other words', async (_, write) => {
    const key = write({ ...privateJwk(pair), kid: '2027-01', use: 'sig', key_ops: ['sign'] }) as SigningKey;
    expect(await exportPublicJwk(key, mode)).toEqual({ ...publicJwk, kid: '2027-01' });
  });

  it('gives the key that verifies what the library signs with the same option', async () => {
    const key = { ...privateJwk(pair), kid: 'a' };
    const { service } = await startSigning({ mode, signingKey: key });
    const { protectedHeader } = await compactVerify(await service.sign({}), await exportPublicJwk(key, mode));
    expect(protectedHeader.kid).toBe('a');
  });

  it.each([
    [
      'a TokenSigner',
      { algorithm: 'ES256', sign: () => new Uint8Array(64) },
      'is a TokenSigner, which keeps',
    ],
    ['a function', () => pkcs8(pair), 'is a function. Call it'],
    ['a public key', spki(pair), 'is a public key'],
    ['nothing', undefined, 'is empty or undefined'],
  ])('refuses %s', async (_, key, says) => {
    const error = await errorOf(() => exportPublicJwk(key as SigningKey, mode));
    expect(error).toBeInstanceOf(MintlifyPersonalizationError);
    expect(error).toMatchObject({ code: 'invalid_signing_key', message: expect.stringContaining(says) });
  });
});

describe('exportPublicJwk', () => {
  it('reads a key for public docs where no mode is named', async () => {
    const jwk = await exportPublicJwk(pkcs8());
    expect(jwk).toMatchObject({ kty: 'EC', crv: 'P-256' });
    expect(await errorOf(() => exportPublicJwk(pkcs8(KEYS_BY_MODE.authentication)))).toMatchObject({
      code: 'invalid_signing_key',
      message: expect.stringContaining('wrong kind (Ed25519)'),
    });
  });
});
