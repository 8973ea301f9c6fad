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
const BREAKER_OPEN: DesignedAnswer = { status: 503, code: 'signer_unavailable' };

/** The circuit breaker stays closed, except in the specs about it. */
const PATIENT = { attemptTimeoutMs: 20_000, breakerFailures: 1_000, breakerPauseMs: 1 };
const IMPATIENT = { ...PATIENT, attemptTimeoutMs: 200 };

const TRANSPORT: [fault: TransportFault, kind: string, expected: DesignedAnswer][] = [
  ['hang', 'never answers', LATE],
  ['stall', 'stops in the middle of a response', LATE],
  ['reset', 'resets the connection', FAILED],
  ['garbage', 'answers with a page that echoes the request', FAILED],
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
  ['short', 'returns 63 bytes', FAILED],
  ['missing', 'returns no signature', FAILED],
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
  ['malformed', 'returns no DER', FAILED],
  ['short', 'returns a byte less', FAILED],
  ['missing', 'returns no signature', FAILED],
];

type Policy = typeof PATIENT;

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

/** Starts an app in which only the faulty tenant signs with the service. */
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

/** Short enough for a service that hangs, long enough for one that answers. */
const policyFor = ({ code }: DesignedAnswer): Policy => (code === 'signer_timeout' ? IMPATIENT : PATIENT);

describeFaults('Vault', (run) => {
  it.each(VAULT_FAULTS)(
    'with the fault %s (%s) gives no token and does not affect other tenants',
    (fault, kind, expected) =>
      run(async (lab) => {
        const server = await startWith(lab, startVault, policyFor(expected));
        server.fault = fault;
        await lab.inject({ kind, expected });
        server.fault = undefined;
        await lab.untilRecovery();
      }),
  );

  it('that fails every second time is called twice, and gives no wrong token', () =>
    run(async (lab) => {
      const server = await startWith(lab, startVault, PATIENT);
      const beforeEach = (): void => {
        server.nextFaults = Array.from(
          { length: 10 },
          () => ['reset', undefined, 'down', undefined] as const,
        ).flat();
      };
      await lab.inject({ kind: 'fails every second time', expected: [LOGIN, FAILED], beforeEach });
      server.nextFaults = [];
      await lab.untilRecovery();
    }));

  it('that refuses connections gives no token until it recovers', () =>
    run(async (lab) => {
      const server = await startWith(lab, startVault, PATIENT);
      await server.close();
      await lab.inject({ kind: 'refuses connections', expected: FAILED });
      await server.listen();
      await lab.untilRecovery();
    }));

  it('that is down for a long time is not called, and used again after it recovers', () =>
    run(async (lab) => {
      const server = await startWith(lab, startVault, {
        ...PATIENT,
        breakerFailures: 3,
        breakerPauseMs: 20,
      });
      server.fault = 'down';
      await lab.inject({ kind: 'is down for a long time', expected: [FAILED, BREAKER_OPEN], times: 200 });
      server.fault = undefined;
      await lab.untilRecovery();
    }));
});

describeFaults('AWS KMS', (run) => {
  it.each(KMS_FAULTS)(
    'with the fault %s (%s) gives no token and does not affect other tenants',
    (fault, kind, expected) =>
      run(async (lab) => {
        const server = await startWith(lab, startKms, policyFor(expected));
        server.fault = fault;
        await lab.inject({ kind, expected });
        server.fault = undefined;
        await lab.untilRecovery();
      }),
  );
});
