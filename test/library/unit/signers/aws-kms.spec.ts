import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { KMSClient } from '@aws-sdk/client-kms';
import {
  createAwsKmsTokenSigner,
  type AwsKmsTokenSignerOptions,
} from 'nestjs-mintlify-personalization/aws-kms';
import { KMS_CREDENTIALS, KMS_KEY_ARN, KmsServer } from '../../../support/aws-kms.support.js';
import { errorOf } from '../../../support/modules.support.js';
import { inspectAll, PATIENT, signAndVerify, signingInputOf } from '../../../support/remote-signers.support.js';
import { describeRemoteSigner } from './remote-signer.contract.js';

const configure = (endpoint: string): AwsKmsTokenSignerOptions => ({
  kmsKeyId: 'alias/docs',
  clientConfig: { region: 'eu-west-1', endpoint, credentials: KMS_CREDENTIALS },
});

describeRemoteSigner('AWS KMS', {
  serve: () => new KmsServer().listen(),
  start: (url, options) => createAwsKmsTokenSigner({ ...configure(url), ...options }),
  passing: ['down', 'throttled', 'busy', 'skewed'],
  lasting: ['denied', 'disabled', 'wrongKey', 'malformed', 'short', 'missing'],
});

describe('A signer of AWS KMS', () => {
  const opened: KmsServer[] = [];
  const serve = async (curve?: 'P-256' | 'Ed25519'): Promise<KmsServer> => {
    const server = await new KmsServer(curve).listen();
    opened.push(server);
    return server;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((server) => server.close()));
  });

  it.each([
    ['P-256', 'ES256'],
    ['Ed25519', 'EdDSA'],
  ] as const)('of a %s key signs %s', async (curve, algorithm) => {
    const server = await serve(curve);
    const signer = await createAwsKmsTokenSigner({ ...configure(server.url), keyId: 'docs-2026' });
    expect(signer).toMatchObject({ algorithm, keyId: 'docs-2026' });
    expect(signer.publicKey.equals(server.keyPair.publicKey)).toBe(true);
    const { protectedHeader } = await signAndVerify(signer);
    expect(protectedHeader.alg).toBe(algorithm);
  });

  it('names the key by its ARN, though it was found by an alias that may move', async () => {
    const server = await serve();
    await createAwsKmsTokenSigner(configure(server.url));
    expect(server.requests.map(({ body }) => (JSON.parse(body) as { KeyId: string }).KeyId)).toEqual([
      'alias/docs',
      KMS_KEY_ARN,
    ]);
  });

  it('sends a hash of the token and not the token, so that its length is no matter', async () => {
    const server = await serve();
    const signer = await createAwsKmsTokenSigner(configure(server.url));
    await expect(signAndVerify(signer, signingInputOf(signer, 20_000))).resolves.toBeDefined();
    expect(server.requests.every(({ body }) => body.length < 1_000)).toBe(true);
  });

  it('with Ed25519 takes a token of 4,096 bytes, and refuses a longer one without asking or breaking', async () => {
    const server = await serve('Ed25519');
    const signer = await createAwsKmsTokenSigner({ ...configure(server.url), breakerFailures: 1 });
    const longest = Buffer.concat([signingInputOf(signer, 4_000), Buffer.alloc(4_096)]).subarray(0, 4_096);
    await expect(signer.sign(longest, PATIENT)).resolves.toHaveLength(64);
    const requests = server.requests.length;
    const error = await errorOf(() => signer.sign(Buffer.alloc(4_097), PATIENT));
    expect(error).toMatchObject({ code: 'invalid_user', message: expect.stringMatching(/4097 bytes.*4096/) });
    expect(server.requests).toHaveLength(requests);
    await expect(signAndVerify(signer)).resolves.toBeDefined();
  });

  it("uses the app's own client, and leaves it open", async () => {
    const server = await serve();
    const client = new KMSClient({ ...configure(server.url).clientConfig, maxAttempts: 1 });
    const signers = await Promise.all(
      [1, 2].map(() => createAwsKmsTokenSigner({ kmsKeyId: 'alias/docs', client })),
    );
    const destroy = jest.spyOn(client, 'destroy');
    signers[0]!.close();
    expect(destroy).not.toHaveBeenCalled();
    await expect(signAndVerify(signers[1]!)).resolves.toBeDefined();
    client.destroy();
  });

  it('refuses a client that tries again by itself: two policies would multiply', async () => {
    const server = await serve();
    const client = new KMSClient({ ...configure(server.url).clientConfig });
    expect(await errorOf(() => createAwsKmsTokenSigner({ kmsKeyId: 'a', client }))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('maxAttempts: 1'),
    });
    expect(server.requests).toHaveLength(0);
  });

  const spki = (key: ReturnType<typeof generateKeyPairSync>['publicKey']): string =>
    (key as unknown as { export: (o: object) => Buffer })
      .export({ format: 'der', type: 'spki' })
      .toString('base64');

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['is for agreeing on keys', { KeyUsage: 'KEY_AGREEMENT' }, /SIGN_VERIFY/],
    ['does not sign with SHA-256', { SigningAlgorithms: ['ECDSA_SHA_512'] }, /ECDSA_SHA_256/],
    ['names no algorithm', { SigningAlgorithms: undefined }, /ECDSA_SHA_256/],
    ['has no public key', { PublicKey: undefined }, /cannot be read/],
    ['has garbage for a public key', { PublicKey: 'AAAA' }, /cannot be read/],
    [
      'is on P-384',
      { PublicKey: spki(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey) },
      /neither a P-256 key.*nor an Ed25519/,
    ],
    [
      'is RSA',
      { PublicKey: spki(generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey) },
      /neither a P-256 key.*nor an Ed25519/,
    ],
    [
      'has the public key of another',
      { PublicKey: spki(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey) },
      /not a signature of its own key/,
    ],
  ])('does not start when the key %s', async (_, description, message) => {
    const server = await serve();
    server.description = description;
    expect(await errorOf(() => createAwsKmsTokenSigner(configure(server.url)))).toMatchObject({
      code: 'invalid_signing_key',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['denied', /AccessDeniedException.*kms:Sign/],
    ['disabled', /DisabledException.*Enable/],
  ] as const)('does not start where access is %s, and says what to do', async (fault, message) => {
    const server = await serve();
    server.fault = fault;
    const error = await errorOf(() => createAwsKmsTokenSigner(configure(server.url)));
    expect(error).toMatchObject({ code: 'invalid_signing_key', message: expect.stringMatching(message) });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, object, RegExp]>([
    ['no key', { kmsKeyId: undefined }, /kmsKeyId/],
    ['an empty key', { kmsKeyId: '' }, /kmsKeyId/],
    ['two clients', { client: new KMSClient({ region: 'x' }) }, /clientConfig/],
    ['an option that does not exist', { keyARN: 'a' }, /keyARN.*kmsKeyId/],
  ])('does not start with %s', async (_, options, message) => {
    const given = { ...configure('http://127.0.0.1:1'), ...options } as AwsKmsTokenSignerOptions;
    expect(await errorOf(() => createAwsKmsTokenSigner(given))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(message),
    });
  });

  it('does not start without a region', async () => {
    const { AWS_REGION: _, ...others } = process.env;
    const replaced = jest.replaceProperty(process, 'env', { ...others, AWS_CONFIG_FILE: '/no/such/file' });
    const clientConfig = { credentials: KMS_CREDENTIALS };
    const error = await errorOf(() => createAwsKmsTokenSigner({ kmsKeyId: 'a', clientConfig }));
    replaced.restore();
    expect(error).toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('AWS_REGION'),
    });
  });

  it('shows no secret of what the credentials were fetched with', async () => {
    const server = await serve();
    let isBroken = false;
    const credentials = (): Promise<typeof KMS_CREDENTIALS> =>
      isBroken
        ? Promise.reject(new Error('topsecret'))
        : Promise.resolve({ ...KMS_CREDENTIALS, expiration: new Date() });
    const clientConfig = { region: 'eu-west-1', endpoint: server.url, credentials };
    const signer = await createAwsKmsTokenSigner({ kmsKeyId: 'a', clientConfig });
    isBroken = true;
    const error = await errorOf(() => signAndVerify(signer));
    expect(error).toMatchObject({ code: 'signer_failed' });
    expect(inspectAll(error)).not.toContain('topsecret');
  });

  it('does not start without credentials, and shows none where they cannot be had', async () => {
    const server = await serve();
    const credentials = (): Promise<never> =>
      Promise.reject(Object.assign(new Error('topsecret'), { name: 'CredentialsProviderError' }));
    const clientConfig = { region: 'eu-west-1', endpoint: server.url, credentials };
    const error = await errorOf(() => createAwsKmsTokenSigner({ kmsKeyId: 'a', clientConfig }));
    expect(error).toMatchObject({
      code: 'signer_failed',
      message: expect.stringMatching(/CredentialsProviderError.*credentials/),
    });
    expect(inspectAll(error)).not.toContain('topsecret');
  });
});
