import { sign as signBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { compactVerify, decodeProtectedHeader } from 'jose';
import type { DocsMode, SignatureAlgorithm, SigningKey, TokenSigner } from 'nestjs-mintlify-personalization';
import { KEYS_BY_MODE, pkcs8, privateJwk, type KeyPair } from '../../../support/keys.support.js';
import { errorOf, startSigning } from '../../../support/modules.support.js';

const MODES = Object.keys(KEYS_BY_MODE) as DocsMode[];
const ALGORITHMS: Record<DocsMode, SignatureAlgorithm> = {
  personalization: 'ES256',
  authentication: 'EdDSA',
};
const otherThan = (mode: DocsMode): DocsMode =>
  mode === 'authentication' ? 'personalization' : 'authentication';

/** A key service that signs with a pair of its own. */
function signerFor(mode: DocsMode, keyId?: string): TokenSigner {
  const { privateKey }: KeyPair = KEYS_BY_MODE[mode];
  const digest = mode === 'authentication' ? null : 'sha256';
  return {
    algorithm: ALGORITHMS[mode],
    ...(keyId !== undefined && { keyId }),
    sign: (input) => signBytes(digest, input, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
}

describe.each(MODES)('mode %s', (mode) => {
  const pair = KEYS_BY_MODE[mode];
  const alg = ALGORITHMS[mode];

  it.each<[string, SigningKey]>([
    ['PEM', pkcs8(pair)],
    ['a JWK', privateJwk(pair)],
    ['a KeyObject', pair.privateKey],
    ['a TokenSigner of its algorithm', signerFor(mode)],
  ])('signs with %s, and says so in a header of one word', async (_, signingKey) => {
    const { service } = await startSigning({ mode, signingKey });
    const token = await service.sign({});
    await expect(compactVerify(token, pair.publicKey)).resolves.toBeDefined();
    const [header = ''] = token.split('.');
    expect(Buffer.from(header, 'base64url').toString()).toBe(`{"alg":"${alg}"}`);
  });

  it.each<[string, SigningKey, string, string]>([
    ['a key', pkcs8(KEYS_BY_MODE[otherThan(mode)]), 'invalid_signing_key', `mode '${mode}' signs with`],
    ['a TokenSigner', signerFor(otherThan(mode)), 'invalid_option', `mode '${mode}' signs with ${alg} alone`],
  ])('does not start with %s of the other mode', async (_, signingKey, code, says) => {
    expect(await errorOf(() => startSigning({ mode, signingKey }))).toMatchObject({
      code,
      message: expect.stringContaining(says),
    });
  });

  it.each(['HS256', 'none', 'Ed25519', 'es256', '', undefined])(
    'does not start with a TokenSigner of the algorithm %j',
    async (algorithm) => {
      const signingKey = { ...signerFor(mode), algorithm } as TokenSigner;
      const error = await errorOf(() => startSigning({ mode, signingKey }));
      expect(error).toMatchObject({
        code: 'invalid_option',
        message: expect.stringContaining('another algorithm'),
      });
      expect(String(error)).not.toMatch(/HS256|none|es256/);
    },
  );

  it('has no other algorithm, whatever a JWK calls itself', async () => {
    const { service } = await startSigning({
      mode,
      signingKey: { ...privateJwk(pair), alg: mode === 'authentication' ? 'Ed25519' : 'ES256' },
    });
    expect(decodeProtectedHeader(await service.sign({})).alg).toBe(alg);
  });

  const named = { ...privateJwk(pair), kid: 'of-the-key' };
  it.each<[string, object, string | undefined]>([
    ['a JWK', { signingKey: named }, 'of-the-key'],
    ['a JWK as text', { signingKey: JSON.stringify(named) }, 'of-the-key'],
    [
      'a JWK as text in base64',
      { signingKey: Buffer.from(JSON.stringify(named)).toString('base64') },
      'of-the-key',
    ],
    ['a TokenSigner', { signingKey: signerFor(mode, 'of-the-signer') }, 'of-the-signer'],
    [
      'the option rather than a TokenSigner',
      { signingKey: signerFor(mode, 'of-the-signer'), keyId: 'b' },
      'b',
    ],
    ['the option rather than a JWK', { signingKey: named, keyId: 'of-the-option' }, 'of-the-option'],
    ['the option beside a PEM', { signingKey: pkcs8(pair), keyId: 'of-the-option' }, 'of-the-option'],
    ['a key that is given later', { signingKey: () => Promise.resolve(named) }, 'of-the-key'],
    ['nobody', { signingKey: privateJwk(pair) }, undefined],
  ])('takes the kid from %s', async (_, options, kid) => {
    const { service } = await startSigning({ mode, ...options });
    const token = await service.sign({});
    expect(decodeProtectedHeader(token)).toEqual(kid === undefined ? { alg } : { alg, kid });
    await expect(compactVerify(token, pair.publicKey)).resolves.toBeDefined();
  });

  it('carries a kid in any script', async () => {
    const { service } = await startSigning({ mode, signingKey: pkcs8(pair), keyId: 'clé "1" 鍵' });
    const token = await service.sign({});
    expect(decodeProtectedHeader(token).kid).toBe('clé "1" 鍵');
    await expect(compactVerify(token, pair.publicKey)).resolves.toBeDefined();
  });

  it.each([[5], [null], [''], [' '], [{}]])(
    'does not start with a TokenSigner whose keyId is %j',
    async (keyId) => {
      const signingKey = { ...signerFor(mode), keyId } as unknown as TokenSigner;
      expect(await errorOf(() => startSigning({ mode, signingKey }))).toMatchObject({
        code: 'invalid_option',
        message: expect.stringMatching(/TokenSigner whose keyId is not a text\. Leave/),
      });
    },
  );
});
