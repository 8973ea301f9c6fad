import { createHash, createPublicKey } from 'node:crypto';
import type * as Kms from '@aws-sdk/client-kms';
import { InvalidMintlifyUserError } from '../errors.js';
import { asKmsFailure } from './aws-kms/failure.js';
import { createCircuitBreaker } from './service/circuit-breaker.js';
import { parseDerSignature } from './aws-kms/der-signature.js';
import { missingPackageError } from '../options/optional-package.js';
import type { RemoteTokenSigner, RemoteTokenSignerOptions } from './service/remote-token-signer.js';
import {
  invalidServiceKeyError,
  readServicePublicKey,
  type ServicePublicKey,
} from './service/service-public-key.js';
import { invalidOptionError, requireString, resolveFaultPolicy } from './service/signer-options.js';
import { callAtStart, VerifiedTokenSigner, type KeyService } from './service/verified-token-signer.js';

export type { RemoteTokenSigner, RemoteTokenSignerOptions };

const NAME = 'AWS KMS';
const FACTORY_NAME = 'createAwsKmsTokenSigner';
/** The maximum message size of KMS Sign; a digest is always shorter. */
const MAX_MESSAGE_BYTES = 4_096;
/** AWS's names of the algorithms that Mintlify verifies. */
const SIGNING_ALGORITHMS = { ES256: 'ECDSA_SHA_256', EdDSA: 'ED25519_SHA_512' } as const;

/** The options of {@link createAwsKmsTokenSigner}. */
export interface AwsKmsTokenSignerOptions extends RemoteTokenSignerOptions {
  /** Id, ARN, alias name or alias ARN of a `SIGN_VERIFY` key. An alias is resolved once, at start. */
  readonly kmsKeyId: string;
  /** Configuration for a new client: region, endpoint, credentials. Default: AWS's usual sources. */
  readonly clientConfig?: Kms.KMSClientConfig;
  /** Your own client, instead of `clientConfig`. It must have `maxAttempts: 1`. */
  readonly client?: Kms.KMSClient;
}

/**
 * Creates a signer whose private key never leaves AWS KMS.
 *
 * A key with the spec `ECC_NIST_P256` signs ES256; only a hash of the token is sent to KMS. `ECC_NIST_EDWARDS25519` signs
 * EdDSA; the whole token is sent, and KMS accepts at most 4,096 bytes. The app needs `kms:GetPublicKey` and `kms:Sign`.
 * Key and permissions are checked at once, with a test signature.
 *
 * Source: AWS KMS API Reference, GetPublicKey and Sign.
 *
 * @example
 * ```ts
 * import { createAwsKmsTokenSigner } from 'nestjs-mintlify-personalization/aws-kms';
 *
 * MintlifyPersonalizationModule.forRootAsync({
 *   useFactory: async () => ({
 *     docsUrl: 'https://docs.foo.com',
 *     signingKey: await createAwsKmsTokenSigner({ kmsKeyId: 'alias/docs', clientConfig: { region: 'eu-west-1' } }),
 *   }),
 * });
 * ```
 * @throws MintlifyPersonalizationError `invalid_option` or `invalid_signing_key`; `signer_failed` or
 * `signer_timeout` if KMS cannot be reached
 */
export async function createAwsKmsTokenSigner(options: AwsKmsTokenSignerOptions): Promise<RemoteTokenSigner> {
  const policy = resolveFaultPolicy(options, ['kmsKeyId', 'clientConfig', 'client']);
  const { clientConfig, keyId } = options;
  const kmsKeyId = requireString('kmsKeyId', options.kmsKeyId);
  if (options.client !== undefined && clientConfig !== undefined) {
    throw invalidOptionError('clientConfig', 'cannot be combined with client. Remove one of them');
  }
  const kms = await loadKms();
  const circuitBreaker = await createCircuitBreaker(NAME, policy, FACTORY_NAME);
  // Only the signer retries, not the SDK.
  const client = options.client ?? new kms.KMSClient({ ...clientConfig, maxAttempts: 1 });
  const destroyClient = (): void => {
    // The app closes its own client.
    if (options.client === undefined) client.destroy();
  };
  try {
    await assertClient(client);
    const key = await callAtStart(
      NAME,
      (abortSignal) =>
        client
          .send(new kms.GetPublicKeyCommand({ KeyId: kmsKeyId }), { abortSignal })
          .catch(asKmsFailure('GetPublicKey')),
      policy,
    );
    const publicKey = readKey(key);
    // An alias may later point to another key; the ARN always means this key.
    const service = new AwsKms(kms, client, key.KeyId ?? kmsKeyId, publicKey, destroyClient);
    return await new VerifiedTokenSigner(service, publicKey, policy, circuitBreaker, keyId).assertUsable();
  } catch (error) {
    destroyClient();
    throw error;
  }
}

async function assertClient({ config }: Kms.KMSClient): Promise<void> {
  if ((await config.maxAttempts()) !== 1) {
    throw invalidOptionError(
      'client',
      'must not retry, since the signer does. Create it with maxAttempts: 1',
    );
  }
  await config.region().catch(() => {
    throw invalidOptionError('clientConfig', 'has no region. Set clientConfig.region or AWS_REGION');
  });
}

function readKey({ KeyUsage, PublicKey, SigningAlgorithms }: Kms.GetPublicKeyResponse): ServicePublicKey {
  if (KeyUsage !== 'SIGN_VERIFY')
    throw invalidServiceKeyError('The KMS key', 'is not for signing (key usage SIGN_VERIFY)');
  const publicKey = readServicePublicKey('The KMS key', () =>
    createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' }),
  );
  const name = SIGNING_ALGORITHMS[publicKey.algorithm];
  if (!SigningAlgorithms?.includes(name))
    throw invalidServiceKeyError('The KMS key', `does not sign with ${name}`);
  return publicKey;
}

class AwsKms implements KeyService {
  readonly name = NAME;
  readonly #kms: typeof Kms;
  readonly #client: Kms.KMSClient;
  readonly #keyArn: string;
  readonly #algorithm: ServicePublicKey['algorithm'];

  constructor(
    kms: typeof Kms,
    client: Kms.KMSClient,
    keyArn: string,
    { algorithm }: ServicePublicKey,
    readonly close: () => void,
  ) {
    this.#kms = kms;
    this.#client = client;
    this.#keyArn = keyArn;
    this.#algorithm = algorithm;
  }

  assertSignable({ length }: Uint8Array): void {
    if (this.#algorithm === 'ES256' || length <= MAX_MESSAGE_BYTES) return;
    throw new InvalidMintlifyUserError([
      {
        path: 'user',
        message:
          `makes a token of ${length} bytes, and AWS KMS signs at most ${MAX_MESSAGE_BYTES} with Ed25519. ` +
          'Let the claim mapper return less.',
      },
    ]);
  }

  async sign(signingInput: Uint8Array, abortSignal: AbortSignal): Promise<Uint8Array | undefined> {
    const isEcdsa = this.#algorithm === 'ES256';
    const command = new this.#kms.SignCommand({
      KeyId: this.#keyArn,
      SigningAlgorithm: SIGNING_ALGORITHMS[this.#algorithm],
      // A hash always fits, however long the token is; Ed25519 needs the whole message.
      MessageType: isEcdsa ? 'DIGEST' : 'RAW',
      Message: isEcdsa ? createHash('sha256').update(signingInput).digest() : signingInput,
    });
    const { Signature } = await this.#client.send(command, { abortSignal }).catch(asKmsFailure('Sign'));
    return isEcdsa && Signature !== undefined ? parseDerSignature(Signature) : Signature;
  }
}

async function loadKms(): Promise<typeof Kms> {
  try {
    return await import('@aws-sdk/client-kms');
  } catch (cause) {
    throw missingPackageError('@aws-sdk/client-kms', FACTORY_NAME, cause);
  }
}
