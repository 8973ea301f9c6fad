import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  createVaultTransitTokenSigner,
  type VaultTransitTokenSignerOptions,
} from 'nestjs-mintlify-personalization/vault-transit';
import { errorOf } from '../../../support/modules.support.js';
import { inspectAll, signAndVerify, signingInputOf } from '../../../support/remote-signers.support.js';
import { VaultServer } from '../../../support/vault.support.js';
import { describeRemoteSigner } from './remote-signer.contract.js';

const TOKEN = 'hvs.topsecret-vault-token';
const configure = (address: string): VaultTransitTokenSignerOptions => ({
  address,
  token: TOKEN,
  keyName: 'docs',
});

describeRemoteSigner('Vault', {
  serve: () => new VaultServer().listen(),
  start: (url, options) => createVaultTransitTokenSigner({ ...configure(url), ...options }),
  passing: ['down', 'sealed', 'throttled', 'behind', 'long'],
  lasting: ['denied', 'redirect', 'wrongKey', 'wrongVersion', 'malformed', 'short', 'missing'],
});

describe('A signer of Vault', () => {
  const opened: VaultServer[] = [];
  const serve = async (type?: 'ecdsa-p256' | 'ed25519'): Promise<VaultServer> => {
    const server = await new VaultServer(type).listen();
    opened.push(server);
    return server;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((server) => server.close()));
  });

  it.each([
    ['ecdsa-p256', 'ES256'],
    ['ed25519', 'EdDSA'],
  ] as const)('of an %s key signs %s, whatever the length of the token', async (type, algorithm) => {
    const server = await serve(type);
    const signer = await createVaultTransitTokenSigner({ ...configure(server.url), keyId: 'docs-2026' });
    expect(signer).toMatchObject({ algorithm, keyId: 'docs-2026' });
    expect(signer.publicKey.equals(server.versions[0]!.publicKey)).toBe(true);
    const { protectedHeader } = await signAndVerify(signer, signingInputOf(signer, 20_000));
    expect(protectedHeader.alg).toBe(algorithm);
  });

  it('goes on with the version that it began with, though the key was rotated', async () => {
    const server = await serve();
    server.rotate();
    const signer = await createVaultTransitTokenSigner(configure(server.url));
    server.rotate();
    expect(signer.publicKey.equals(server.versions[1]!.publicKey)).toBe(true);
    await expect(signAndVerify(signer)).resolves.toBeDefined();
  });

  it('signs with the version that it was told', async () => {
    const server = await serve('ed25519');
    server.rotate();
    const signer = await createVaultTransitTokenSigner({ ...configure(server.url), keyVersion: 1 });
    expect(signer.publicKey.equals(server.versions[0]!.publicKey)).toBe(true);
    await expect(signAndVerify(signer)).resolves.toBeDefined();
  });

  it('asks for the token each time, so that a renewed one is used', async () => {
    const server = await serve();
    let token = TOKEN;
    const signer = await createVaultTransitTokenSigner({
      ...configure(server.url),
      token: () => Promise.resolve(token),
    });
    token = 'hvs.renewed-topsecret';
    server.token = token;
    await expect(signAndVerify(signer)).resolves.toBeDefined();
    expect(server.requests.map(({ headers }) => headers['x-vault-token'])).toEqual([TOKEN, TOKEN, token]);
  });

  it.each<[string, () => string | Promise<string>]>([
    [
      'throws',
      () => {
        throw new Error('topsecret');
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('topsecret'))],
    ['gives nothing', () => ''],
    ['gives no text', () => undefined as unknown as string],
    ['gives a line break, too', () => `${TOKEN}\n`],
  ])('shows no secret when its token function %s', async (_, token) => {
    const server = await serve();
    let isBroken = false;
    const signer = await createVaultTransitTokenSigner({
      ...configure(server.url),
      token: () => (isBroken ? token() : TOKEN),
    });
    isBroken = true;
    const error = await errorOf(() => signAndVerify(signer));
    expect(error).toMatchObject({ code: 'signer_failed', message: expect.stringMatching(/token/) });
    expect(inspectAll(error)).not.toContain('topsecret');
    expect(server.requests).toHaveLength(2);
  });

  it('knows namespaces, mounts below mounts, and servers below a path', async () => {
    const server = await serve();
    server.namespace = 'team/docs';
    server.mount = 'teams/docs/transit';
    const signer = await createVaultTransitTokenSigner({
      ...configure(server.url),
      namespace: 'team/docs',
      mount: 'teams/docs/transit',
    });
    await expect(signAndVerify(signer)).resolves.toBeDefined();
    await errorOf(() => createVaultTransitTokenSigner(configure(`${server.url}/vault`)));
    expect(server.requests.at(-1)?.path).toBe('/vault/v1/transit/keys/docs');
  });

  it('calls by the fetch that it was given', async () => {
    const server = await serve();
    const called: string[] = [];
    const signer = await createVaultTransitTokenSigner({
      ...configure('https://vault.example:8200'),
      fetch: (input, init) => {
        const { pathname, origin } = new URL(input as URL);
        called.push(origin);
        return fetch(new URL(pathname, server.url), init);
      },
    });
    await expect(signAndVerify(signer)).resolves.toBeDefined();
    expect(new Set(called)).toEqual(new Set(['https://vault.example:8200']));
  });

  it('takes no token to where a redirect leads', async () => {
    const server = await serve();
    server.fault = 'redirect';
    expect(await errorOf(() => createVaultTransitTokenSigner(configure(server.url)))).toMatchObject({
      code: 'invalid_signing_key',
      message: expect.stringContaining('redirect (HTTP 307)'),
    });
    expect(server.requests).toHaveLength(1);
  });

  const pem = (curve: string): string =>
    generateKeyPairSync('ec', { namedCurve: curve })
      .publicKey.export({ format: 'pem', type: 'spki' })
      .toString();

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['is of another type', { type: 'rsa-2048' }, /ecdsa-p256 or ed25519/],
    ['is of no type', { type: undefined }, /ecdsa-p256 or ed25519/],
    ['is derived', { derived: true }, /derived=false/],
    ['has a public key on another curve', { keys: { 1: { public_key: pem('P-384') } } }, /neither a P-256/],
    ['has no public key', { keys: { 1: {} } }, /cannot be read/],
    ['says that it is Ed25519 and is not', { type: 'ed25519' }, /cannot be read/],
    [
      'has the public key of another',
      { keys: { 1: { public_key: pem('P-256') } } },
      /not a signature of its own/,
    ],
  ])('does not start when the key %s', async (_, description, message) => {
    const server = await serve();
    server.description = description;
    expect(await errorOf(() => createVaultTransitTokenSigner(configure(server.url)))).toMatchObject({
      code: 'invalid_signing_key',
      message: expect.stringMatching(message),
    });
  });

  it('does not start when an Ed25519 key passes for ecdsa-p256', async () => {
    const server = await serve();
    const { publicKey } = generateKeyPairSync('ed25519');
    server.description = { keys: { 1: { public_key: publicKey.export({ format: 'pem', type: 'spki' }) } } };
    expect(await errorOf(() => createVaultTransitTokenSigner(configure(server.url)))).toMatchObject({
      code: 'invalid_signing_key',
      message: expect.stringContaining('another type'),
    });
  });

  it.each<[string, number, Record<string, unknown>]>([
    ['there is not', 3, {}],
    ['may not sign any more', 1, { min_encryption_version: 2 }],
    ['was never there', 1, { keys: undefined }],
  ])('does not start with a version that %s', async (_, keyVersion, description) => {
    const server = await serve();
    server.rotate();
    server.description = description;
    const given = { ...configure(server.url), keyVersion };
    expect(await errorOf(() => createVaultTransitTokenSigner(given))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('keyVersion'),
    });
  });

  it.each([
    ['address', undefined],
    ['address', 'vault.foo.com'],
    ['address', 'http://vault.foo.com:8200'],
    ['address', 'http://127.0.0.1.evil.example'],
    ['address', 'ftp://127.0.0.1'],
    ['address', 'https://user:topsecret@vault.foo.com'],
    ['address', 'https://vault.foo.com?token=topsecret'],
    ['address', 'https://vault.foo.com#topsecret'],
    ['token', undefined],
    ['token', ''],
    ['namespace', ''],
    ['mount', 'transit/'],
    ['mount', '../sys'],
    ['keyName', undefined],
    ['keyName', 'a/b'],
    ['keyName', 'a?b'],
    ['keyName', '..'],
    ['keyVersion', 0],
    ['keyVersion', '1'],
    ['vaultToken', 'topsecret'],
  ])('does not start with %s: %j', async (option, value) => {
    const given = { ...configure('http://127.0.0.1:1'), [option]: value };
    const error = await errorOf(() => createVaultTransitTokenSigner(given));
    expect(error).toMatchObject({ code: 'invalid_option', message: expect.stringContaining(option) });
    expect(inspectAll(error)).not.toContain('topsecret');
  });

  it.each(['http://localhost:1', 'http://[::1]:1', 'http://vault.localhost:1', 'https://127.0.0.1:1'])(
    'takes the address %s',
    async (address) => {
      const error = await errorOf(() => createVaultTransitTokenSigner(configure(address)));
      expect(error).toMatchObject({ code: 'signer_failed' });
    },
  );

  it('does not start without options', async () => {
    expect(await errorOf(() => createVaultTransitTokenSigner(undefined as never))).toMatchObject({
      code: 'invalid_option',
    });
  });
});
