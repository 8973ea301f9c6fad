import { verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { DocsMode, SignatureAlgorithm } from 'nestjs-mintlify-personalization';
import { LocalTokenSigner } from '../../../../libs/mintlify-personalization/src/keys/local-token-signer.js';
import { edPair, KEYS_BY_MODE } from '../../../support/keys.support.js';

const INPUT = Buffer.from('header.payload');
const CASES: [SignatureAlgorithm, DocsMode, 'sha256' | null][] = [
  ['ES256', 'personalization', 'sha256'],
  ['EdDSA', 'authentication', null],
];

describe('LocalTokenSigner', () => {
  it.each(CASES)('signs with %s in 64 bytes', async (algorithm, mode, digest) => {
    const { privateKey: key, publicKey } = KEYS_BY_MODE[mode];
    const signer = new LocalTokenSigner(algorithm, { key, keyId: 'a' });
    const signature = await signer.sign(INPUT);
    expect(signature).toHaveLength(64);
    expect(verify(digest, INPUT, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
    expect([signer.algorithm, signer.keyId]).toEqual([algorithm, 'a']);
  });

  it('passes on what OpenSSL has against a key', async () => {
    const signer = new LocalTokenSigner('ES256', { key: edPair().privateKey, keyId: undefined });
    await expect(signer.sign(INPUT)).rejects.toThrow(/digest|unsupported/i);
  });
});
