import { afterEach, expect, it } from '@jest/globals';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { TenantResolver } from 'nestjs-mintlify-personalization';
import { createAwsKmsTokenSigner, type RemoteTokenSigner } from 'nestjs-mintlify-personalization/aws-kms';
import { createVaultTransitTokenSigner } from 'nestjs-mintlify-personalization/vault-transit';
import { describeOnEveryHost } from '../../support/apps.support.js';
import { KMS_CREDENTIALS, KmsServer } from '../../support/aws-kms.support.js';
import { readArrival } from '../../support/docs-arrival.support.js';
import { until } from '../../support/until.support.js';
import { bearer } from '../../support/sessions.support.js';
import { VaultServer } from '../../support/vault.support.js';

const SECRET = /topsecret|AKIA|eyJ/i;
const opened: (KmsServer | VaultServer)[] = [];

/** So that a service that hangs costs a test little, and one that answers is never too late. */
const ATTEMPT = { attemptTimeoutMs: 250, breakerFailures: 2 };

async function startKms(): Promise<{ server: KmsServer; signingKey: RemoteTokenSigner }> {
  const server = await new KmsServer().listen();
  opened.push(server);
  const clientConfig = { region: 'eu-west-1', endpoint: server.url, credentials: KMS_CREDENTIALS };
  const signingKey = await createAwsKmsTokenSigner({ kmsKeyId: 'alias/docs', clientConfig, ...ATTEMPT });
  return { server, signingKey };
}

async function startVault(): Promise<{ server: VaultServer; signingKey: RemoteTokenSigner }> {
  const server = await new VaultServer('ed25519').listen();
  opened.push(server);
  const signingKey = await createVaultTransitTokenSigner({
    address: server.url,
    token: () => server.token,
    keyName: 'docs',
    keyId: 'vault-docs-1',
    ...ATTEMPT,
  });
  return { server, signingKey };
}

const SERVICES = [
  { service: 'AWS KMS', mode: 'personalization', algorithm: 'ES256', keyId: undefined, start: startKms },
  { service: 'Vault', mode: 'authentication', algorithm: 'EdDSA', keyId: 'vault-docs-1', start: startVault },
] as const;

describeOnEveryHost('docs login with a key service', ({ boot }) => {
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((server) => server.close()));
  });

  it.each(SERVICES)(
    'brings the visitor to the docs with a token of $service',
    async ({ start, ...expected }) => {
      const { server, signingKey } = await start();
      const host = await boot({ options: { mode: expected.mode, signingKey } });
      server.requests.length = 0;
      const response = await host.get('/docs-login', await bearer()).expect(302);
      const { token } = readArrival(response.get('location'));
      const { payload } = await jwtVerify(token, signingKey.publicKey, { algorithms: [expected.algorithm] });
      expect(payload).toMatchObject({ content: { firstName: 'Ada' } });
      expect(decodeProtectedHeader(token).kid).toBe(expected.keyId);
      expect(server.requests).toHaveLength(1);
      expect(host.logs.text).not.toMatch(SECRET);
    },
  );

  it.each(SERVICES)('brings the visitor there though $service fails once', async ({ start, mode }) => {
    const { server, signingKey } = await start();
    const host = await boot({ options: { mode, signingKey } });
    for (const fault of ['reset', 'hang'] as const) {
      server.nextFaults = [fault];
      const { status } = await host.get('/docs-login', await bearer());
      expect([fault, status]).toEqual([fault, 302]);
    }
  });

  const faults = SERVICES.flatMap(({ service, start, mode }) =>
    (
      [
        ['hang', 'signer_timeout'],
        ['garbage', 'signer_failed'],
        ['throttled', 'signer_failed'],
        ['denied', 'signer_failed'],
        ['wrongKey', 'signer_failed'],
      ] as const
    ).map(([fault, code]) => ({ service, start, mode, fault, code })),
  );

  it.each(faults)(
    'is 503, to be tried again, when $service does $fault',
    async ({ start, mode, fault, code }) => {
      const { server, signingKey } = await start();
      const host = await boot({ options: { mode, signingKey } });
      server.fault = fault;
      for (const expected of [code, code, 'signer_unavailable']) {
        const response = await host.get('/docs-login', await bearer()).expect(503);
        expect(response.body).toEqual({ statusCode: 503, code: expected });
        expect(response.get('location')).toBeUndefined();
        expect(response.get('retry-after')).toMatch(/^[1-9]\d*$/);
        expect(response.get('cache-control')).toBe('no-store');
      }
      expect(host.logs.text).toMatch(/error (AWS KMS|Vault)/);
      expect(host.logs.text).not.toMatch(SECRET);
    },
  );

  it.each(SERVICES)(
    "is 503 at the module's own deadline when $service hangs for longer",
    async ({ start, mode }) => {
      const { server, signingKey } = await start();
      const host = await boot({ options: { mode, signingKey, signerTimeoutMs: 50 } });
      server.fault = 'hang';
      const response = await host.get('/docs-login', await bearer()).expect(503);
      expect(response.body).toEqual({ statusCode: 503, code: 'signer_timeout' });
      expect(host.logs.text).toContain('signerTimeoutMs (50 ms)');
      await until(() => server.requests.at(-1)!.isAbandoned);
    },
  );

  it('leaves one tenant in peace when the key service of another is down', async () => {
    const [acme, globex] = [await startKms(), await startKms()];
    const host = await boot({
      options: {
        signingKey: acme.signingKey,
        tenants: { globex: { docsUrl: 'https://docs.globex.example', signingKey: globex.signingKey } },
        tenantResolver: TenantByQuery,
      },
    });
    globex.server.fault = 'denied';
    for (let request = 0; request < 3; request += 1) {
      await host.get('/docs-login?tenant=globex', await bearer()).expect(503);
    }
    await host.get('/docs-login', await bearer()).expect(302);
    globex.server.fault = undefined;
    const response = await host.get('/docs-login?tenant=globex', await bearer()).expect(503);
    expect(response.body).toMatchObject({ code: 'signer_unavailable' });
  });
});

class TenantByQuery implements TenantResolver {
  resolve(_: unknown, { url }: { url: string }): string | undefined {
    return new URL(url, 'http://a').searchParams.get('tenant') ?? undefined;
  }
}
