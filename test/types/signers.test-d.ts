import type { KeyObject } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { expectTypeOf } from 'expect-type';
import {
  MintlifyPersonalizationModule,
  type SigningKey,
  type TokenSigner,
} from 'nestjs-mintlify-personalization';
import { createAwsKmsTokenSigner, type RemoteTokenSigner } from 'nestjs-mintlify-personalization/aws-kms';
import { createPkcs11TokenSigner } from 'nestjs-mintlify-personalization/pkcs11';
import { createVaultTransitTokenSigner } from 'nestjs-mintlify-personalization/vault-transit';

const docsUrl = 'https://docs.foo.com';

expectTypeOf<RemoteTokenSigner>().toExtend<TokenSigner>();
expectTypeOf<RemoteTokenSigner>().toExtend<SigningKey>();
expectTypeOf<RemoteTokenSigner['publicKey']>().toEqualTypeOf<KeyObject>();
expectTypeOf(createAwsKmsTokenSigner).returns.resolves.toEqualTypeOf<RemoteTokenSigner>();
expectTypeOf(createVaultTransitTokenSigner).returns.resolves.toEqualTypeOf<RemoteTokenSigner>();
expectTypeOf(createPkcs11TokenSigner).returns.resolves.toEqualTypeOf<RemoteTokenSigner>();

// As the key of a docs site, and as a key that rotates.
MintlifyPersonalizationModule.forRootAsync({
  useFactory: async () => ({
    docsUrl,
    signingKey: await createAwsKmsTokenSigner({
      kmsKeyId: 'alias/docs',
      clientConfig: { region: 'eu-west-1' },
    }),
  }),
});
MintlifyPersonalizationModule.forRoot({
  docsUrl,
  signingKey: () => createVaultTransitTokenSigner({ address: 'https://a', token: 'a', keyName: 'docs' }),
});

// Every option that is documented.
const faults = { keyId: 'a', attemptTimeoutMs: 1, startTimeoutMs: 1, breakerFailures: 1, breakerPauseMs: 1 };
void createAwsKmsTokenSigner({ kmsKeyId: 'a', client: new KMSClient({ maxAttempts: 1 }), ...faults });
void createVaultTransitTokenSigner({
  address: 'https://a',
  token: () => Promise.resolve('a'),
  namespace: 'a',
  mount: 'a',
  keyName: 'a',
  keyVersion: 1,
  fetch,
  ...faults,
});
void createPkcs11TokenSigner({
  libraryPath: '/a',
  slot: 1,
  pin: () => Promise.resolve('a'),
  objectId: Uint8Array.of(1),
  sessions: 1,
  ...faults,
});

// What would be a mistake.
// @ts-expect-error -- the key has a name
void createAwsKmsTokenSigner({ clientConfig: {} });
// @ts-expect-error -- keyId is the JOSE key id: KMS has a name of its own
void createAwsKmsTokenSigner({ keyId: 'alias/docs' });
// @ts-expect-error -- a token is needed
void createVaultTransitTokenSigner({ address: 'https://a', keyName: 'a' });
// @ts-expect-error -- a PIN is needed
void createPkcs11TokenSigner({ libraryPath: '/a', tokenLabel: 'a', keyLabel: 'a' });
// @ts-expect-error -- a promise is not a signer: await it
MintlifyPersonalizationModule.forRoot({ docsUrl, signingKey: createAwsKmsTokenSigner({ kmsKeyId: 'a' }) });
