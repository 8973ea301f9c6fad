import { describe, expect, it } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { newDocsKeyPair } from '../../../src/tenants/docs-key-pair.js';
import { TenantKeyCipher } from '../../../src/tenants/tenant-key-cipher.js';

describe('the cipher for tenant keys', () => {
  const cipher = new TenantKeyCipher('a secret of these tests, long enough');

  it('opens a key that it has sealed', async () => {
    const { privateKey } = await newDocsKeyPair('personalization');
    const sealed = await cipher.seal('acme', privateKey);
    expect(await cipher.open('acme', privateKey.kid, sealed)).toEqual(privateKey);
    expect(
      await new TenantKeyCipher('a secret of these tests, long enough').open('acme', privateKey.kid, sealed),
    ).toEqual(privateKey);
  });

  it('reveals only the id of the key', async () => {
    const { privateKey } = await newDocsKeyPair('authentication');
    const sealed = await cipher.seal('initech', privateKey);
    expect(decodeProtectedHeader(sealed)).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
      kid: privateKey.kid,
      tenant: 'initech',
    });
    const readable = sealed
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString('latin1'))
      .join('\n');
    expect(sealed + readable).not.toContain(privateKey.d);
    expect(readable).not.toContain('"d"');
    expect(await cipher.seal('initech', privateKey)).not.toBe(sealed);
  });

  it('rejects another secret, another tenant, another id and modified ciphertexts', async () => {
    const { privateKey } = await newDocsKeyPair('personalization');
    const { kid } = privateKey;
    const sealed = await cipher.seal('acme', privateKey);
    const otherCipher = new TenantKeyCipher('another secret of these tests, as long');
    await expect(otherCipher.open('acme', kid, sealed)).rejects.toThrow('decryption operation failed');
    await expect(cipher.open('globex', kid, sealed)).rejects.toThrow('another row');
    await expect(cipher.open('acme', 'another', sealed)).rejects.toThrow('another row');
    const parts = sealed.split('.');
    parts[0] = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid, tenant: 'globex' })).toString(
      'base64url',
    );
    await expect(cipher.open('globex', kid, parts.join('.'))).rejects.toThrow('decryption operation failed');
  });
});

describe('a new key for docs', () => {
  it.each([
    ['personalization', { kty: 'EC', crv: 'P-256' }],
    ['authentication', { kty: 'OKP', crv: 'Ed25519' }],
  ] as const)('has the key type for %s and is unique', async (mode, kind) => {
    const [one, other] = [await newDocsKeyPair(mode), await newDocsKeyPair(mode)];
    expect(one.publicKey).toMatchObject({ ...kind, kid: one.privateKey.kid });
    expect(one.publicKey).not.toHaveProperty('d');
    expect(one.privateKey).toEqual({ ...one.publicKey, d: expect.any(String) });
    expect(one.publicKey.kid).not.toBe(other.publicKey.kid);
  });
});
