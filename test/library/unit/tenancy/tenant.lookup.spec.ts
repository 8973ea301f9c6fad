import { describe, expect, it, jest } from '@jest/globals';
import type { MintlifyPersonalizationOptions, TenantSource } from 'nestjs-mintlify-personalization';
import type { Type } from '@nestjs/common';
import { heapInUse } from '../../../support/heap.support.js';
import { errorOf } from '../../../support/modules.support.js';
import {
  away,
  docsOf,
  PrincipalIsTenant,
  resolverOf,
  sourceOf,
  startTable,
  startTenants,
} from '../../../support/tenants.support.js';

const ACME = 'https://docs.acme.example';
const FIXED = { ...docsOf('fixed'), additionalDocsOrigins: ['https://preview.fixed.example'] };

/** What may be left of 10,000 origins: the caches' own bounds, and what the engine has not given back yet. */
const MAX_LEFT_BYTES = 2 ** 20;

/** A source that also tells of origins. */
const originSource = (knowsOrigin: unknown): Type<TenantSource> =>
  class implements TenantSource {
    load = (): Promise<undefined> => Promise.resolve(undefined);
    knowsOrigin = knowsOrigin as NonNullable<TenantSource['knowsOrigin']>;
  };

/** A shared-session handshake at an API from which `docs.foo.com` and its neighbours get cookies. */
const SHARED_SESSION: Partial<MintlifyPersonalizationOptions> = {
  apiUrl: 'https://api.foo.com',
  handshakes: { jwt: false, sharedSession: { guards: [] } },
  signingKey: undefined,
};

describe('An origin', () => {
  it.each([
    ['the default docs site', 'https://docs.foo.com'],
    ['a tenant of the options', 'https://docs.fixed.example'],
    ['additional docs of a tenant', 'https://preview.fixed.example'],
  ])('is known where it is that of %s, and the source is not asked', async (_, origin) => {
    const knowsOrigin = jest.fn(() => true);
    const { registry } = await startTenants({
      tenants: { fixed: FIXED },
      tenantSource: originSource(knowsOrigin),
    });
    expect(registry.knowsOrigin(origin)).toBe(true);
    expect(knowsOrigin).not.toHaveBeenCalled();
  });

  it('that is not in the options is unknown where there is no source', async () => {
    const { registry } = await startTenants({ tenants: { fixed: FIXED } });
    expect(registry.knowsOrigin(ACME)).toBe(false);
  });

  it('may be one of docs where the source does not say', async () => {
    const { registry } = await startTenants({ tenantSource: sourceOf(() => undefined) });
    expect(registry.knowsOrigin(ACME)).toBeUndefined();
  });

  it('is known where the source says so, which is remembered until a tenant is forgotten', async () => {
    const knowsOrigin = jest.fn((origin: string) => origin === ACME);
    const { registry, age } = await startTenants({
      tenantSource: originSource(knowsOrigin),
      tenantMaxAgeSeconds: 100,
    });
    expect(await registry.knowsOrigin(ACME)).toBe(true);
    expect(await registry.knowsOrigin('https://evil.example')).toBe(false);
    age.pass(99);
    expect(registry.knowsOrigin(ACME)).toBe(true);
    expect(knowsOrigin.mock.calls).toEqual([[ACME], ['https://evil.example']]);
    registry.invalidate('acme');
    expect(await registry.knowsOrigin(ACME)).toBe(true);
    expect(knowsOrigin).toHaveBeenCalledTimes(3);
  });

  it('is one that the source is asked about as long as any host name can be, and no longer', async () => {
    const knowsOrigin = jest.fn(() => true);
    const { registry } = await startTenants({ tenantSource: originSource(knowsOrigin) });
    const label = 'a'.repeat(63);
    const longest = `https://${label}.${label}.${label}.${'a'.repeat(61)}:65535`;
    expect(await registry.knowsOrigin(longest)).toBe(true);
    for (const tooLong of [longest.replace('a', 'aa'), `https://${'a'.repeat(15_000)}.example`]) {
      expect(registry.knowsOrigin(tooLong)).toBe(false);
    }
    expect(knowsOrigin.mock.calls).toEqual([[longest]]);
  });

  it.each([15_000, 200])(
    'of %i characters leaves next to nothing, however many there are',
    async (length) => {
      const { registry } = await startTenants({ tenantSource: originSource(() => Promise.resolve(false)) });
      // As a parser of HTTP makes them: none shares its characters with another.
      const ask = async (number: number): Promise<void> => {
        const origin = Buffer.from(`https://${String(number).padStart(length, 'a')}.example`).toString(
          'latin1',
        );
        expect(await registry.knowsOrigin(origin)).toBe(false);
      };
      const askAll = async (from: number, to: number): Promise<void> => {
        for (let number = from; number < to; number += 1) await ask(number);
      };
      await askAll(0, 2_000);
      const before = await heapInUse();
      await askAll(2_000, 12_000);
      expect((await heapInUse()) - before).toBeLessThan(MAX_LEFT_BYTES);
    },
    60_000,
  );

  it('is asked about in vain where the source fails', async () => {
    const { registry } = await startTenants({ tenantSource: originSource(away) });
    await expect(registry.knowsOrigin(ACME)).rejects.toMatchObject({ code: 'tenant_source_failed' });
  });

  it('is asked about with a function alone: anything else stops the app', async () => {
    const options = { tenantSource: originSource('https://docs.acme.example') };
    expect(await errorOf(() => startTenants(options))).toMatchObject({
      code: 'invalid_option',
      message: 'tenantSource.knowsOrigin must be a function of an origin, or be left out.',
    });
  });
});

describe('A visitor', () => {
  it('is found without a promise where the resolver answers without one and the tenant is at hand', async () => {
    const { registry } = await startTable({ tenants: { fixed: FIXED } });
    expect(registry.find('fixed', {})).toMatchObject({ id: 'fixed' });
    expect(registry.find(undefined, {})).toBe(registry.defaultTenant);
    const loading = registry.find('acme', {});
    expect(loading).toBeInstanceOf(Promise);
    const acme = await loading;
    expect(registry.find('acme', {})).toBe(acme);
  });
});

describe('A visitor who is not logged in', () => {
  it('is one of the tenant that the request tells of', async () => {
    const tenantResolver = resolverOf((_, request) => (request as { tenant?: string }).tenant);
    const { registry } = await startTenants({ tenants: { fixed: FIXED }, tenantResolver });
    expect(await registry.findAnonymous({ tenant: 'fixed' })).toMatchObject({ id: 'fixed' });
  });

  it.each([
    ['says nothing of a tenant', (): unknown => undefined],
    ['names a tenant that does not exist', (): unknown => 'nemo'],
    ['makes the resolver fail', away],
    [
      'makes the resolver throw',
      (): never => {
        throw new Error('canary: no row');
      },
    ],
  ])('is of no tenant where the request %s', async (_, resolve) => {
    const { registry } = await startTenants({
      tenants: { fixed: FIXED },
      tenantResolver: resolverOf(resolve),
    });
    expect(await registry.findAnonymous({})).toBeUndefined();
  });

  it('is of no tenant where the request, later, says nothing of one', async () => {
    const tenantResolver = resolverOf(() => Promise.resolve(undefined));
    const { registry } = await startTenants({ tenants: { fixed: FIXED }, tenantResolver });
    expect(await registry.findAnonymous({})).toBeUndefined();
  });

  it('is one of the default docs site where there is no resolver', async () => {
    const { registry } = await startTenants({ tenantResolver: undefined });
    expect(registry.findAnonymous({})).toBe(registry.defaultTenant);
  });
});

describe('The registry', () => {
  it('tells the tenants of the options from those of the source, and from none', async () => {
    const { registry, identity } = await startTable({ tenants: { fixed: FIXED } });
    const [fixed, acme] = [await registry.get('fixed'), await registry.get('acme')];
    expect(registry.configured).toEqual([registry.defaultTenant, fixed]);
    expect(
      [undefined, registry.defaultTenant, fixed, acme].map((tenant) => registry.classOf(tenant)),
    ).toEqual(['unknown', 'default', 'configured', 'loaded']);
    expect(registry.ownerOf(await identity.identify('acme', {}))).toBe(acme);
    expect(registry.ownerOf({})).toBeUndefined();
  });

  it('does not own the users of another one', async () => {
    const [one, other] = [await startTable(), await startTable()];
    const user = await one.identity.identify('acme', {});
    expect(one.registry.ownerOf(user)).toBe(await one.registry.get('acme'));
    expect(other.registry.ownerOf(user)).toBeUndefined();
  });

  it('makes tenants that nothing can change', async () => {
    const { registry } = await startTable({ tenants: { fixed: FIXED } });
    for (const tenant of [registry.defaultTenant, await registry.get('fixed'), await registry.get('acme')]) {
      expect(Object.isFrozen(tenant)).toBe(true);
      expect(Object.isFrozen(tenant.site)).toBe(true);
    }
    expect([...(await registry.get('fixed')).docsOrigins]).toEqual([
      'https://docs.fixed.example',
      'https://preview.fixed.example',
    ]);
  });

  it('shares the validator of the default docs site with the tenants of the same session lifetime', async () => {
    const { registry } = await startTenants({
      tenants: { same: docsOf('same'), other: { ...docsOf('other'), sessionLifetimeSeconds: 60 } },
    });
    const { users } = registry.defaultTenant;
    expect((await registry.get('same')).users).toBe(users);
    expect((await registry.get('other')).users).not.toBe(users);
  });
});

describe('Docs that get no cookies from the API', () => {
  const OTHER_SITE = { docsUrl: 'https://docs.other.example' };

  it.each<[string, Partial<MintlifyPersonalizationOptions>, string | undefined]>([
    ['the default docs site', OTHER_SITE, undefined],
    ['a tenant of the options', { tenants: { acme: OTHER_SITE } }, 'acme'],
  ])('stop the app where they are those of %s', async (_, options, tenantId) => {
    const error = await errorOf(() => startTenants({ ...SHARED_SESSION, ...options }));
    expect(error).toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(/apiUrl https:\/\/api\.foo\.com and docsUrl .* are not same-site/),
    });
    expect((error as { tenantId?: string }).tenantId).toBe(tenantId);
  });

  it('are warned of where a source brings them, for their visitors may come through another handshake', async () => {
    const { groupsOf, logs } = await startTenants({
      ...SHARED_SESSION,
      tenantSource: sourceOf((id) => (id === 'near' ? { docsUrl: 'https://near.foo.com' } : OTHER_SITE)),
      tenantResolver: PrincipalIsTenant,
    });
    expect(await groupsOf('near')).toEqual(['near', 'near.foo.com']);
    expect(logs.lines.filter((line) => line.startsWith('warn'))).toEqual([]);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.other.example']);
    expect(logs.lines.filter((line) => line.startsWith('warn'))).toEqual([
      expect.stringMatching(/^warn Tenant "acme": apiUrl .* are not same-site.* MintlifyPersonalization$/),
    ]);
  });

  it('are nothing to a handshake without cookies, or where the API has no address', async () => {
    const near = { ...OTHER_SITE, handshakes: { jwt: { guards: [] } } };
    await expect(startTenants({ ...near, apiUrl: 'https://api.foo.com' })).resolves.toBeDefined();
    const { apiUrl: _, ...unnamed } = SHARED_SESSION;
    await expect(startTenants({ ...unnamed, ...OTHER_SITE })).resolves.toBeDefined();
  });
});
