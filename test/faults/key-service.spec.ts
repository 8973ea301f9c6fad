import { it } from '@jest/globals';
import { createAwsKmsTokenSigner, type RemoteTokenSigner } from 'nestjs-mintlify-personalization/aws-kms';
import { createVaultTransitTokenSigner } from 'nestjs-mintlify-personalization/vault-transit';
import { KMS_CREDENTIALS, KmsServer, type KmsFault } from '../support/aws-kms.support.js';
import type { TransportFault } from '../support/faulty-server.support.js';
import {
  describeFaults,
  FAULTY,
  LOGIN,
  siteOf,
  SOUND,
  type DesignedAnswer,
  type FaultLab,
} from '../support/fault-lab.support.js';
import { VaultServer, type VaultFault } from '../support/vault.support.js';

const FAILED: DesignedAnswer = { status: 503, code: 'signer_failed' };
const LATE: DesignedAnswer = { status: 503, code: 'signer_timeout' };
const LEFT_ALONE: DesignedAnswer = { status: 503, code: 'signer_unavailable' };

/** Nobody is kept from the service by what happened before, save where that is what is looked at. */
const PATIENCE = { attemptTimeoutMs: 20_000, breakerFailures: 1_000, breakerPauseMs: 1 };
const HASTE = { ...PATIENCE, attemptTimeoutMs: 200 };

const TRANSPORT: [fault: TransportFault, kind: string, expected: DesignedAnswer][] = [
  ['hang', 'never answers', LATE],
  ['stall', 'stops in the midst of an answer', LATE],
  ['reset', 'resets the connection', FAILED],
  ['garbage', 'answers with a page that repeats what it was sent', FAILED],
];

const VAULT_FAULTS: [fault: VaultFault | TransportFault, kind: string, expected: DesignedAnswer][] = [
  ...TRANSPORT,
  ['down', 'is down', FAILED],
  ['sealed', 'is sealed', FAILED],
  ['throttled', 'throttles', FAILED],
  ['behind', 'is behind', FAILED],
  ['denied', 'denies', FAILED],
  ['redirect', 'redirects', FAILED],
  ['wrongKey', 'signs with another key', FAILED],
  ['wrongVersion', 'names another version of the key', FAILED],
  ['malformed', 'signs in DER', FAILED],
  ['short', 'gives 63 bytes', FAILED],
  ['missing', 'gives no signature', FAILED],
  ['long', 'answers with a megabyte', FAILED],
];

const KMS_FAULTS: [fault: KmsFault | TransportFault, kind: string, expected: DesignedAnswer][] = [
  ...TRANSPORT,
  ['down', 'is down', FAILED],
  ['throttled', 'throttles', FAILED],
  ['busy', 'is busy', FAILED],
  ['denied', 'denies', FAILED],
  ['disabled', 'has its key disabled', FAILED],
  ['skewed', 'finds the time wrong', FAILED],
  ['wrongKey', 'signs with another key', FAILED],
  ['malformed', 'gives no DER', FAILED],
  ['short', 'gives a byte less', FAILED],
  ['missing', 'gives no signature', FAILED],
];

type Policy = typeof PATIENCE;

async function startVault(policy: Policy): Promise<[VaultServer, RemoteTokenSigner]> {
  const server = await new VaultServer().listen();
  const { url: address, token } = server;
  return [server, await createVaultTransitTokenSigner({ address, token, keyName: 'docs', ...policy })];
}

async function startKms(policy: Policy): Promise<[KmsServer, RemoteTokenSigner]> {
  const server = await new KmsServer().listen();
  const clientConfig = { region: 'eu-west-1', endpoint: server.url, credentials: KMS_CREDENTIALS };
  return [server, await createAwsKmsTokenSigner({ kmsKeyId: 'alias/docs', clientConfig, ...policy })];
}

/** Starts an app in which the faulty tenant, and nobody else, signs with the service. */
async function startWith<Server extends { close(): Promise<void> }>(
  lab: FaultLab,
  start: (policy: Policy) => Promise<[Server, RemoteTokenSigner]>,
  policy: Policy,
): Promise<Server> {
  const [server, signer] = await start(policy);
  lab.onClose(() => signer.close());
  lab.onClose(() => server.close());
  lab.publicKeys.set(FAULTY, [signer.publicKey]);
  const faulty = { ...siteOf(FAULTY), signingKey: signer };
  await lab.start({ signerTimeoutMs: 60_000, tenants: { [SOUND]: siteOf(SOUND), [FAULTY]: faulty } });
  return server;
}

/** So that a service that hangs costs little, and one that answers is not too late. */
const policyFor = ({ code }: DesignedAnswer): Policy => (code === 'signer_timeout' ? HASTE : PATIENCE);

describeFaults('Vault', (run) => {
  it.each(VAULT_FAULTS)(
    'that does %s (%s) gives no token, and concerns nobody else',
    (fault, kind, expected) =>
      run(async (lab) => {
        const server = await startWith(lab, startVault, policyFor(expected));
        server.fault = fault;
        await lab.inject({ kind, expected });
        server.fault = undefined;
        await lab.untilRecovery();
      }),
  );

  it('that fails every other time is asked twice, and gives no wrong token', () =>
    run(async (lab) => {
      const server = await startWith(lab, startVault, PATIENCE);
      const beforeEach = (): void => {
        server.nextFaults = Array.from(
          { length: 10 },
          () => ['reset', undefined, 'down', undefined] as const,
        ).flat();
      };
      await lab.inject({ kind: 'fails every other time', expected: [LOGIN, FAILED], beforeEach });
      server.nextFaults = [];
      await lab.untilRecovery();
    }));

  it('that refuses connections gives no token until it is back', () =>
    run(async (lab) => {
      const server = await startWith(lab, startVault, PATIENCE);
      await server.close();
      await lab.inject({ kind: 'refuses connections', expected: FAILED });
      await server.listen();
      await lab.untilRecovery();
    }));

  it('that is down for long is left alone, and found again', () =>
    run(async (lab) => {
      const server = await startWith(lab, startVault, {
        ...PATIENCE,
        breakerFailures: 3,
        breakerPauseMs: 20,
      });
      server.fault = 'down';
      await lab.inject({ kind: 'is down for long', expected: [FAILED, LEFT_ALONE], times: 200 });
      server.fault = undefined;
      await lab.untilRecovery();
    }));
});

describeFaults('AWS KMS', (run) => {
  it.each(KMS_FAULTS)('that does %s (%s) gives no token, and concerns nobody else', (fault, kind, expected) =>
    run(async (lab) => {
      const server = await startWith(lab, startKms, policyFor(expected));
      server.fault = fault;
      await lab.inject({ kind, expected });
      server.fault = undefined;
      await lab.untilRecovery();
    }),
  );
});
