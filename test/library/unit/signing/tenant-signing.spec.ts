import { inspect } from 'node:util';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  InvalidMintlifyUserError,
  MintlifyPersonalizationError,
  MintlifyUserValidator,
  type ClaimMapper,
  type MintlifyPersonalizationOptions,
  type MintlifyUser,
  type TenantOptions,
  type TokenSigner,
} from 'nestjs-mintlify-personalization';
import { decodeProtectedHeader } from 'jose';
import { docsKeys, ecPair, pkcs8, privateJwk } from '../../../support/keys.support.js';
import { errorOf, NOW_SECONDS } from '../../../support/modules.support.js';
import {
  docsOf,
  keyPairFor,
  resolverOf,
  sourceOf,
  startTenants,
  tableSource,
  verifyTenantToken,
  type Tenants,
} from '../../../support/tenants.support.js';

const acmeKeys = keyPairFor('authentication');
const ACME: TenantOptions = {
  ...docsOf('acme'),
  mode: 'authentication',
  signingKey: acmeKeys.privateKey,
  keyId: 'acme-1',
  tokenLifetimeSeconds: 7,
  sessionLifetimeSeconds: 1_000,
  claims: { iat: false, aud: true },
};
const ZETA: TenantOptions = { docsUrl: 'https://zeta.example/docs' };

const start = (options: Partial<MintlifyPersonalizationOptions> = {}): Promise<Tenants> =>
  startTenants({ tenants: { acme: ACME, zeta: ZETA }, ...options });

describe('A user that the host made itself', () => {
  it('is signed for the tenant that is named: its key, host, claims and lifetimes', async () => {
    const { signing } = await start();
    const token = await signing.sign({ groups: ['admin'] }, { tenantId: 'acme' });
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', kid: 'acme-1' });
    expect(await verifyTenantToken(token, acmeKeys, 'authentication')).toEqual({
      host: 'docs.acme.example',
      aud: 'https://docs.acme.example',
      exp: NOW_SECONDS + 7,
      expiresAt: NOW_SECONDS + 1_000,
      groups: ['admin'],
    });
  });

  it('is signed for the default docs site where none is named', async () => {
    const { signing } = await start();
    for (const options of [undefined, {}, { tenantId: undefined }]) {
      const token = await signing.sign({ groups: ['admin'] }, options);
      expect(decodeProtectedHeader(token)).toEqual({ alg: 'ES256' });
      expect(await verifyTenantToken(token, docsKeys)).toEqual({
        iat: NOW_SECONDS,
        exp: NOW_SECONDS + 10,
        expiresAt: NOW_SECONDS + 1_209_600,
        groups: ['admin'],
      });
    }
  });

  it.each([
    ['acme', '/quickstart', 'https://docs.acme.example/login/jwt-callback?redirect=%2Fquickstart#'],
    ['zeta', '/docs/quickstart', 'https://zeta.example/docs/quickstart#'],
    [undefined, '/quickstart', 'https://docs.foo.com/quickstart#'],
  ])('is sent to the docs of tenant %s', async (tenantId, redirect, address) => {
    const { signing } = await start();
    const url = await signing.createRedirectUrl({}, { redirect }, { tenantId });
    expect(url.slice(0, url.indexOf('#') + 1)).toBe(address);
  });

  it('is sent to no page but one of the docs of the tenant', async () => {
    const { signing, logs } = await start();
    for (const redirect of [
      'https://docs.foo.com/a',
      'https://zeta.example/elsewhere',
      '//docs.acme.example',
    ]) {
      const url = await signing.createRedirectUrl({}, { redirect }, { tenantId: 'zeta' });
      expect(url).toMatch(/^https:\/\/zeta\.example\/docs\/?#/);
    }
    expect(logs.lines).toHaveLength(3);
    for (const line of logs.lines) expect(line).toMatch(/^warn .*"redirect\.refused",.*"tenantId":"zeta"/);
  });

  it('that passed the injected validator may be signed for any tenant that is named', async () => {
    const { module, signing } = await start();
    const user = module.get(MintlifyUserValidator).validate({ groups: ['admin'] });
    const token = await signing.sign(user, { tenantId: 'acme' });
    expect(await verifyTenantToken(token, acmeKeys, 'authentication')).toMatchObject({ groups: ['admin'] });
    await expect(verifyTenantToken(await signing.sign(user), docsKeys)).resolves.toBeDefined();
  });

  it('is loaded no tenant for that nobody knows', async () => {
    const load = jest.fn(() => undefined);
    const { signing } = await start({ tenantSource: sourceOf(load) });
    const user = { groups: ['admin'] };
    for (const run of [
      () => signing.sign(user, { tenantId: 'nemo' }),
      () => signing.createRedirectUrl(user, {}, { tenantId: 'nemo' }),
    ]) {
      expect(await errorOf(run)).toMatchObject({ code: 'unknown_tenant', tenantId: 'nemo' });
    }
    expect(load).toHaveBeenCalledTimes(2);
  });
});

describe('A user whom IdentityService identified', () => {
  it('for the default docs site is signed for no tenant', async () => {
    const { identity, signing } = await start({ tenantResolver: resolverOf(() => undefined) });
    const user = await identity.identify('ada', {});
    expect(await errorOf(() => signing.sign(user, { tenantId: 'acme' }))).toMatchObject({
      code: 'tenant_mismatch',
      message: expect.stringContaining('for the default docs site'),
    });
    await expect(verifyTenantToken(await signing.sign(user), docsKeys)).resolves.toBeDefined();
  });

  it('leaves no key in what a printed service shows', async () => {
    const tenants = { acme: { signingKey: privateJwk() }, zeta: { signingKey: pkcs8(ecPair()) } };
    const { identity, signing, registry } = await start({ signingKey: pkcs8(), tenants });
    const shown = [identity, signing, registry].map((service) => inspect(service, { depth: 12 })).join('');
    expect(shown).not.toMatch(/PRIVATE KEY|"d":|\bd: '/);
    expect(JSON.stringify(identity)).not.toMatch(/PRIVATE KEY|"d":/);
  });

  it('remembers the tenant: key, host and address are its own', async () => {
    const { identity, signing } = await start();
    const user = await identity.identify('acme', {});
    expect(user.expiresAt).toBe(NOW_SECONDS + 1_000);
    const token = await signing.sign(user);
    expect(await verifyTenantToken(token, acmeKeys, 'authentication')).toMatchObject({
      host: 'docs.acme.example',
      groups: ['acme', 'docs.acme.example'],
    });
    expect(await signing.createRedirectUrl(user)).toMatch(/^https:\/\/docs\.acme\.example\//);
    await expect(signing.sign(user, { tenantId: 'acme' })).resolves.toMatch(/^eyJ/);
  });

  it.each(['zeta', 'nemo', 'constructor', ''])('is never signed for another tenant: %j', async (tenantId) => {
    const load = jest.fn(() => undefined);
    const { identity, signing } = await start({ tenantSource: sourceOf(load) });
    const user = await identity.identify('acme', {});
    for (const run of [
      () => signing.sign(user, { tenantId }),
      () => signing.createRedirectUrl(user, {}, { tenantId }),
    ]) {
      expect(await errorOf(run)).toMatchObject({
        code: 'tenant_mismatch',
        tenantId: 'acme',
        message: expect.stringMatching(/^Tenant "acme": .*Leave tenantId out/),
      });
    }
    expect(load).not.toHaveBeenCalled();
  });

  it('is no longer known by a copy, which is one that the host made itself', async () => {
    const { identity, signing } = await start();
    const copy: MintlifyUser = Object.assign({}, await identity.identify('acme', {}));
    await expect(verifyTenantToken(await signing.sign(copy), docsKeys)).resolves.toMatchObject({
      groups: ['acme', 'docs.acme.example'],
    });
  });

  it('is signed as the tenant was then, though it is loaded anew meanwhile', async () => {
    const fresh = keyPairFor('personalization');
    const { table, Source } = tableSource({ third: { ...docsOf('third') } });
    const { identity, signing, registry } = await start({ tenantSource: Source, maxCachedTenants: 1 });
    const user = await identity.identify('third', {});
    table['third'] = { docsUrl: 'https://moved.example', signingKey: fresh.privateKey };
    table['fourth'] = docsOf('fourth');
    registry.invalidate('third');
    const later = await identity.identify('third', {});
    await identity.identify('fourth', {}); // takes the only place
    const url = await signing.createRedirectUrl(user);
    expect(url).toMatch(/^https:\/\/docs\.third\.example\//);
    await expect(verifyTenantToken(url.split('#')[1] ?? '', docsKeys)).resolves.toMatchObject({
      groups: ['third', 'docs.third.example'],
    });
    const laterUrl = await signing.createRedirectUrl(later, {}, { tenantId: 'third' });
    expect(laterUrl).toMatch(/^https:\/\/moved\.example\//);
    await expect(verifyTenantToken(laterUrl.split('#')[1] ?? '', fresh)).resolves.toBeDefined();
  });
});

describe('What fails for a tenant', () => {
  const signer = { algorithm: 'ES256' as const, sign: jest.fn<TokenSigner['sign']>() };
  beforeEach(() => {
    signer.sign.mockReset();
  });
  const startWith = (acme: TenantOptions, map: ClaimMapper['map'] = () => ({})): Promise<Tenants> =>
    start({
      tenants: { acme },
      claimMapper: class implements ClaimMapper {
        map = map;
      },
    });

  it('names the tenant when the mapper gives what is invalid, and keeps each violation', async () => {
    const user = { groups: [5], host: 'evil.example' } as unknown as MintlifyUser;
    const { identity, signing } = await startWith({}, () => user);
    for (const run of [() => identity.identify('acme', {}), () => signing.sign(user, { tenantId: 'acme' })]) {
      const error = await errorOf(run);
      expect(error).toBeInstanceOf(InvalidMintlifyUserError);
      expect(error).toMatchObject({
        name: 'InvalidMintlifyUserError',
        code: 'invalid_user',
        tenantId: 'acme',
        message: expect.stringMatching(/^Tenant "acme": The user cannot be sent/),
        cause: expect.any(InvalidMintlifyUserError),
      });
      const paths = (error as InvalidMintlifyUserError).violations.map(({ path }) => path);
      expect(paths.toSorted()).toEqual(['groups[0]', 'host']);
    }
  });

  it('names the tenant once, whatever it passes through', async () => {
    const { signing } = await startWith({ signingKey: signer });
    signer.sign.mockRejectedValue(new Error('canary'));
    const error = await errorOf(() => signing.createRedirectUrl({}, {}, { tenantId: 'acme' }));
    expect(error).toMatchObject({ code: 'signer_failed', tenantId: 'acme' });
    expect((error as Error).message).toMatch(/^Tenant "acme": The token signer threw/);
    expect((error as Error).message.match(/Tenant/g)).toHaveLength(1);
    expect(error).toHaveProperty('cause', expect.objectContaining({ message: 'canary' }));
  });

  it('keeps an error of the library that a mapper throws as the cause alone', async () => {
    const own = new MintlifyPersonalizationError('unauthenticated', 'The account is closed.');
    const { identity } = await startWith({}, () => Promise.reject(own));
    expect(await errorOf(() => identity.identify('acme', {}))).toMatchObject({
      code: 'claim_mapper_failed',
      message: expect.stringMatching(/^Tenant "acme": The claim mapper threw/),
      cause: own,
    });
  });

  it('names the tenant when the address is too long', async () => {
    const { signing } = await startWith({});
    const user = { content: { text: 'canary'.repeat(2_000) } };
    expect(await errorOf(() => signing.createRedirectUrl(user, {}, { tenantId: 'acme' }))).toMatchObject({
      code: 'redirect_url_too_long',
      tenantId: 'acme',
      message: expect.stringMatching(/^Tenant "acme": The redirect URL/),
    });
  });

  it('names the tenant in the log when the address is long', async () => {
    const { signing, logs } = await startWith({});
    await signing.createRedirectUrl({ content: { text: 'a'.repeat(3_000) } }, {}, { tenantId: 'acme' });
    expect(logs.lines).toEqual([expect.stringMatching(/^warn Tenant "acme": A redirect URL is \d+ char/)]);
  });

  it('names the tenant when the token came too late', async () => {
    const { signing, clock } = await startWith({ signingKey: signer });
    signer.sign.mockImplementation(() => {
      clock.nowMs += 8_000;
      return new Uint8Array(64);
    });
    expect(await errorOf(() => signing.sign({}, { tenantId: 'acme' }))).toMatchObject({
      code: 'token_stale',
      tenantId: 'acme',
    });
  });

  it('says in no message what a claim or a key is', async () => {
    const SECRET = 'topsecret';
    const content = { plan: SECRET, [`${'x'.repeat(70)}${SECRET}`]: 1n };
    const { identity, signing } = await startWith({ signingKey: signer }, (principal) =>
      principal === 'throw' ? Promise.reject(new Error(SECRET)) : { content },
    );
    const failures: unknown[] = [await errorOf(() => identity.identify('acme', {}))];
    for (const user of [{ content }, { groups: [SECRET, 7] }, { role: SECRET }, SECRET]) {
      failures.push(await errorOf(() => signing.sign(user as never, { tenantId: 'acme' })));
    }
    signer.sign.mockRejectedValue(new Error(SECRET));
    failures.push(await errorOf(() => signing.sign({ groups: [SECRET] }, { tenantId: 'acme' })));
    signer.sign.mockReturnValue(Buffer.from(SECRET));
    failures.push(await errorOf(() => signing.sign({ groups: [SECRET] }, { tenantId: 'acme' })));
    for (const signingKey of [SECRET, { kty: 'EC', crv: 'P-256', d: SECRET, x: SECRET, y: SECRET }]) {
      failures.push(await errorOf(() => startWith({ signingKey })));
      failures.push(await errorOf(() => startWith({ signingKey: () => signingKey })));
    }
    for (const failure of failures) {
      expect(failure).toBeInstanceOf(MintlifyPersonalizationError);
      const { message, tenantId } = failure as MintlifyPersonalizationError;
      expect(tenantId).toBe('acme');
      expect(message).not.toContain(SECRET);
    }
  });

  it('signs a user of your own making for a tenant that the source has to load first', async () => {
    const keys = keyPairFor('personalization');
    const { Source } = tableSource({ third: { ...docsOf('third'), signingKey: keys.privateKey } });
    const { signing } = await start({ tenantSource: Source });
    const token = await signing.sign({ groups: ['a'] }, { tenantId: 'third' });
    expect(await verifyTenantToken(token, keys)).toMatchObject({ groups: ['a'] });
  });
});
