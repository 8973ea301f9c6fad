import { describe, expect, it, jest } from '@jest/globals';
import type {
  MintlifyPersonalizationOptions,
  SigningKey,
  TenantOptions,
} from 'nestjs-mintlify-personalization';
import { decodeProtectedHeader } from 'jose';
import { docsKeys, pkcs8, privateJwk } from '../../../support/keys.support.js';
import { errorOf } from '../../../support/modules.support.js';
import {
  backgroundWork,
  docsOf,
  keyPairFor,
  startTenants,
  verifyTenantToken,
} from '../../../support/tenants.support.js';

const acmeKeys = keyPairFor('personalization');
const privateDocsKeys = keyPairFor('authentication');

const startAcme = (acme: TenantOptions, options: Partial<MintlifyPersonalizationOptions> = {}) =>
  startTenants({ ...options, tenants: { fine: {}, acme } });

describe('A tenant of the options', () => {
  it.each<[string, SigningKey]>([
    ['a PEM text', pkcs8(acmeKeys)],
    ['a JWK', privateJwk(acmeKeys)],
    ['a JWK as text', JSON.stringify(privateJwk(acmeKeys))],
    ['a KeyObject', acmeKeys.privateKey],
  ])('signs with a key of its own, given as %s', async (_, signingKey) => {
    const { identity, signing } = await startAcme({ ...docsOf('acme'), signingKey });
    const token = await signing.sign(await identity.identify('acme', {}));
    await expect(verifyTenantToken(token, acmeKeys)).resolves.toMatchObject({
      groups: ['acme', 'docs.acme.example'],
    });
  });

  it('signs with a key that a function gives, called once at start', async () => {
    const signingKey = jest.fn(() => Promise.resolve(acmeKeys.privateKey));
    const { identity, signing } = await startAcme({ signingKey });
    expect(signingKey).toHaveBeenCalledTimes(1);
    const token = await signing.sign(await identity.identify('acme', {}));
    await expect(verifyTenantToken(token, acmeKeys)).resolves.toBeDefined();
    expect(signingKey).toHaveBeenCalledTimes(1);
  });

  it('shares a key function of the default docs site, which is called once for all', async () => {
    const signingKey = jest.fn(() => acmeKeys.privateKey);
    const { identity, signing } = await startAcme({}, { signingKey });
    for (const id of ['acme', 'fine', undefined]) {
      const token = await signing.sign(await identity.identify(id ?? 'fine', {}));
      await expect(verifyTenantToken(token, acmeKeys)).resolves.toBeDefined();
    }
    expect(signingKey).toHaveBeenCalledTimes(1);
  });

  it('shares a key function of the default docs site at an age of its own', async () => {
    const signingKey = jest.fn(() => acmeKeys.privateKey);
    const { signing, age } = await startAcme({ signingKeyMaxAgeSeconds: 10 }, { signingKey });
    const called = signingKey.mock.calls.length;
    age.pass(10);
    await signing.sign({}, { tenantId: 'fine' });
    await backgroundWork();
    expect(signingKey).toHaveBeenCalledTimes(called);
    await signing.sign({}, { tenantId: 'acme' });
    await backgroundWork();
    expect(signingKey).toHaveBeenCalledTimes(called + 1);
  });

  it.each<[string, TenantOptions, string | undefined]>([
    ["the default's name", {}, 'default-1'],
    ['a name of its own', { keyId: 'acme-1' }, 'acme-1'],
    ['no name, for a key of its own', { signingKey: acmeKeys.privateKey }, undefined],
    ['no name, for a key of its own that is the same', { signingKey: docsKeys.privateKey }, undefined],
  ])('names its key in the header: %s', async (_, acme, kid) => {
    const { signing } = await startAcme(acme, { keyId: 'default-1' });
    const kidOf = async (tenantId?: string) =>
      decodeProtectedHeader(await signing.sign({}, { tenantId })).kid;
    expect([await kidOf('acme'), await kidOf('fine'), await kidOf()]).toEqual([
      kid,
      'default-1',
      'default-1',
    ]);
  });

  it('signs private docs with Ed25519 beside a default site of public docs', async () => {
    const acme: TenantOptions = {
      ...docsOf('acme'),
      mode: 'authentication',
      signingKey: privateDocsKeys.privateKey,
    };
    const { identity, signing } = await startAcme(acme);
    const token = await signing.sign(await identity.identify('acme', {}));
    await expect(verifyTenantToken(token, privateDocsKeys, 'authentication')).resolves.toMatchObject({
      host: 'docs.acme.example',
    });
  });

  it.each<[string, TenantOptions, string, RegExp]>([
    ['no key at all', { signingKey: '' }, 'invalid_signing_key', /environment variable/],
    ['a text that is no key', { signingKey: 'topsecret' }, 'invalid_signing_key', /signingKey/],
    ['a public key', { signingKey: acmeKeys.publicKey }, 'invalid_signing_key', /public key/],
    ['a key of private docs', { signingKey: privateDocsKeys.privateKey }, 'invalid_signing_key', /P-256/],
    [
      'a key of public docs',
      { mode: 'authentication', signingKey: acmeKeys.privateKey },
      'invalid_signing_key',
      /Ed25519/,
    ],
    ["the default's key in another mode", { mode: 'authentication' }, 'invalid_signing_key', /Ed25519/],
    [
      'a signer of another algorithm',
      { signingKey: { algorithm: 'EdDSA', sign: () => new Uint8Array(64) } },
      'invalid_option',
      /P-256/,
    ],
    [
      'a function that fails',
      { signingKey: () => Promise.reject(new Error('topsecret')) },
      'signing_key_unavailable',
      /signingKey is a function/,
    ],
    ['a function that gives no key', { signingKey: () => 'topsecret' }, 'invalid_signing_key', /signingKey/],
  ])('stops the app at start, and is named, when it has %s', async (_, acme, code, message) => {
    const error = await errorOf(() => startAcme({ ...docsOf('acme'), ...acme }));
    expect(error).toMatchObject({
      code,
      tenantId: 'acme',
      message: expect.stringMatching(/^Tenant "acme": /),
    });
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('topsecret');
  });

  it('needs no key where no handshake signs', async () => {
    const options = { signingKey: undefined, handshakes: { jwt: false } } as const;
    const { signing, groupsOf } = await startAcme(docsOf('acme'), options);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    expect(await errorOf(() => signing.sign({}, { tenantId: 'acme' }))).toMatchObject({
      code: 'invalid_option',
      tenantId: 'acme',
      message: expect.stringContaining('signingKey is not set'),
    });
  });

  it('is held to its key even where no handshake signs', async () => {
    const options = { handshakes: { jwt: false } } as const;
    expect(await errorOf(() => startAcme({ signingKey: 'topsecret' }, options))).toMatchObject({
      code: 'invalid_signing_key',
      tenantId: 'acme',
    });
  });

  it("does not stop the app for a mistake of the default site's without saying whose it is", async () => {
    const error = await errorOf(() => startAcme(docsOf('acme'), { signingKey: 'no key' }));
    expect(error).toMatchObject({ code: 'invalid_signing_key' });
    expect(error).not.toHaveProperty('tenantId');
  });
});
