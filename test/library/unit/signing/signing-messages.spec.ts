import { sign as signBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { compactVerify } from 'jose';
import type { MintlifyPersonalizationError, TokenSigner } from 'nestjs-mintlify-personalization';
import { docsKeys } from '../../../support/keys.support.js';
import { errorOf, startSigning } from '../../../support/modules.support.js';
import { docsOf, startTenants } from '../../../support/tenants.support.js';

const messageOf = async (run: () => unknown): Promise<string> =>
  ((await errorOf(run)) as MintlifyPersonalizationError).message;

const signerOf = (sign: TokenSigner['sign']): TokenSigner => ({ algorithm: 'ES256', sign });

describe('The signing service says what failed, and how to mend it:', () => {
  it('a user of one tenant was to be signed for another', async () => {
    const { identity, signing } = await startTenants({ tenants: { acme: docsOf('acme') } });
    const ofAcme = await identity.identify('acme', {});
    expect(await messageOf(() => signing.sign(ofAcme, { tenantId: 'zeta' }))).toBe(
      'Tenant "acme": The user was identified for it, and was to be signed for another tenant. ' +
        'Leave tenantId out: the user knows.',
    );
  });

  it('a user of the default docs site was to be signed for a tenant', async () => {
    const { identity, signing } = await startTenants({
      tenants: { acme: docsOf('acme') },
      tenantResolver: undefined,
    });
    const user = await identity.identify('ada', {});
    expect(await messageOf(() => signing.sign(user, { tenantId: 'acme' }))).toBe(
      'The user was identified for the default docs site, and was to be signed for another tenant. ' +
        'Leave tenantId out: the user knows.',
    );
  });

  it('there is no key', async () => {
    const { service } = await startSigning({ signingKey: undefined });
    expect(await messageOf(() => service.sign({}))).toBe('signingKey is not set. Set it to sign tokens.');
  });

  it('the signer threw', async () => {
    const { service } = await startSigning({
      signingKey: signerOf(() => Promise.reject(new Error('canary'))),
    });
    expect(await messageOf(() => service.sign({}))).toBe('The token signer threw an error: see its cause.');
  });

  it('the signer gave no signature', async () => {
    const { service } = await startSigning({ signingKey: signerOf(() => new Uint8Array(63)) });
    expect(await messageOf(() => service.sign({}))).toBe(
      'The token signer gave something that is not a signature of 64 bytes. Return r‖s, not DER.',
    );
  });

  it('the signature came too late', async () => {
    const clock = { pass: (): void => undefined };
    const signer = signerOf(() => {
      clock.pass();
      return new Uint8Array(64);
    });
    const started = await startSigning({ signingKey: signer });
    clock.pass = () => {
      started.clock.nowMs += 60_000;
    };
    expect(await messageOf(() => started.service.sign({}))).toBe(
      'The signature came too late for its token, or the clock was stepped meanwhile. Try again; if it lasts, ' +
        'look at the signer and at the time synchronisation.',
    );
  });

  it('the address is too long', async () => {
    const { service } = await startSigning({ maxRedirectUrlLength: 256 });
    const content = { text: 'a'.repeat(300) };
    expect(await messageOf(() => service.createRedirectUrl({ content }))).toMatch(
      /^The redirect URL is \d+ characters long and maxRedirectUrlLength is 256\. Let the claim mapper send less: only what the pages use\.$/,
    );
  });

  it('the address is long', async () => {
    const { service, logger } = await startSigning();
    await service.createRedirectUrl({ content: { text: 'a'.repeat(3_000) } });
    expect(logger.lines).toEqual([
      expect.stringMatching(
        /^warn A redirect URL is \d+ characters long\. Some proxies stop at 4 KB: send the docs a smaller user\. MintlifyPersonalization$/,
      ),
    ]);
  });
});

describe('A signature', () => {
  it('may stand anywhere in a larger buffer', async () => {
    const { service } = await startSigning({
      signingKey: signerOf((input) => {
        const key = { key: docsKeys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
        return new Uint8Array([1, 2, 3, ...signBytes('sha256', input, key), 4, 5]).subarray(3, 67);
      }),
    });
    await expect(compactVerify(await service.sign({}), docsKeys.publicKey)).resolves.toBeDefined();
  });
});
