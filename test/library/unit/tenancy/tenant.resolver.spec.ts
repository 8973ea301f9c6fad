import { equal } from 'node:assert/strict';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Inject, Injectable, Module, Scope, type Type } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { assert, asyncProperty, constantFrom, oneof, string, stringMatching } from 'fast-check';
import {
  MintlifyPersonalizationError,
  TENANT_RESOLVER,
  type ClaimMapper,
  type MintlifyUser,
  type TenantOptions,
  type TenantResolver,
} from 'nestjs-mintlify-personalization';
import { errorOf } from '../../../support/modules.support.js';
import { docsOf, resolverOf, sourceOf, startTenants } from '../../../support/tenants.support.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

const tenants = { acme: docsOf('acme'), zeta: docsOf('zeta') };

describe('The tenant resolver', () => {
  it.each<[string, (id: string) => unknown]>([
    ['at once', (id) => id],
    ['later', (id) => Promise.resolve(id)],
    // oxlint-disable-next-line unicorn/no-thenable -- as the query builders of some databases are
    ['as a thenable', (id) => ({ then: (resolve: (id: string) => void): void => resolve(id) })],
  ])('says %s whose visitor it is', async (_, answer) => {
    const { groupsOf } = await startTenants({
      tenants,
      tenantResolver: resolverOf((principal) => answer(String(principal))),
    });
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    expect(await groupsOf('zeta')).toEqual(['zeta', 'docs.zeta.example']);
  });

  it.each([
    ['at once', undefined],
    ['later', Promise.resolve(undefined)],
  ])('says by undefined, %s, that the visitor has no tenant: the default docs site', async (_, answer) => {
    const { groupsOf } = await startTenants({ tenants, tenantResolver: resolverOf(() => answer) });
    expect(await groupsOf('acme')).toEqual(['nobody', 'docs.foo.com']);
  });

  it('gets the principal and the request', async () => {
    const resolve = jest.fn((_principal: unknown, _request: unknown) => 'acme');
    const { identity } = await startTenants({ tenants, tenantResolver: resolverOf(resolve) });
    const [principal, request] = [{ id: 7 }, { headers: {} }];
    await identity.identify(principal, request);
    expect(resolve.mock.calls).toEqual([[principal, request]]);
    expect(resolve.mock.calls[0]?.[0]).toBe(principal);
    expect(resolve.mock.calls[0]?.[1]).toBe(request);
  });

  it('is not asked where there is none: every visitor goes to the default docs site', async () => {
    const { groupsOf } = await startTenants({ tenants, tenantResolver: undefined });
    expect(await groupsOf('acme')).toEqual(['nobody', 'docs.foo.com']);
  });

  it('is not asked about a visitor without a principal', async () => {
    const resolve = jest.fn(() => 'acme');
    const { groupsOf } = await startTenants({ tenants, tenantResolver: resolverOf(resolve) });
    for (const none of [undefined, null, false]) {
      expect(await errorOf(() => groupsOf(none))).toMatchObject({ code: 'unauthenticated' });
    }
    expect(resolve).not.toHaveBeenCalled();
  });

  it('may say by an error of the library what is wrong with the visitor', async () => {
    const closed = new MintlifyPersonalizationError('unauthenticated', 'The account is closed.');
    const { groupsOf } = await startTenants({ tenantResolver: resolverOf(() => Promise.reject(closed)) });
    expect(await errorOf(() => groupsOf('acme'))).toBe(closed);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('canary: no row');
      },
    ],
    ['rejects', () => Promise.reject(new Error('canary: no row'))],
  ])('fails with its cause, and without its message, when it %s', async (_, resolve) => {
    const { groupsOf } = await startTenants({ tenants, tenantResolver: resolverOf(resolve) });
    const error = await errorOf(() => groupsOf('acme'));
    expect(error).toMatchObject({
      code: 'tenant_resolver_failed',
      cause: expect.objectContaining({ message: 'canary: no row' }),
    });
    expect(String(error)).not.toContain('canary');
  });

  it('serves the next visitor after it failed', async () => {
    const answers = [(): string => [].at(0)!['id'], () => 'acme'];
    const tenantResolver = resolverOf(() => answers.shift()?.());
    const { groupsOf } = await startTenants({ tenants, tenantResolver });
    expect(await errorOf(() => groupsOf('acme'))).toMatchObject({ code: 'tenant_resolver_failed' });
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
  });
});

describe('What is not the id of a tenant', () => {
  /** Everything that must not be reached by a visitor without a tenant. */
  async function startWatched(resolve: (principal: unknown) => unknown) {
    const map = jest.fn((): MintlifyUser => ({}));
    const load = jest.fn((_id: string): Promise<TenantOptions | undefined> => Promise.resolve(undefined));
    const sign = jest.fn(() => new Uint8Array(64));
    const tenant = await startTenants({
      tenants,
      tenantResolver: resolverOf(resolve),
      tenantSource: sourceOf(load),
      claimMapper: class implements ClaimMapper {
        map = map;
      },
      signingKey: { algorithm: 'ES256', sign },
    });
    return { ...tenant, map, load, sign };
  }

  it.each<unknown>([
    null,
    '',
    0,
    42,
    NaN,
    true,
    false,
    {},
    { id: 'acme' },
    [],
    ['acme'],
    new String('acme'),
    { toString: () => 'acme' },
    Symbol('acme'),
    10n,
    () => 'acme',
    'Acme',
    ' acme',
    'acme\n',
    'acme ',
    'acme.example',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'a'.repeat(65),
  ])('is an unknown tenant, nothing is asked and nothing is signed: %p', async (id) => {
    const { signing, groupsOf, map, load, sign } = await startWatched(() => id);
    const error = await errorOf(() => groupsOf('ada'));
    expect(error).toMatchObject({ code: 'unknown_tenant' });
    expect(error).not.toHaveProperty('tenantId');
    const options = { tenantId: id as string };
    expect(await errorOf(() => signing.sign({}, options))).toMatchObject({ code: 'unknown_tenant' });
    expect(await errorOf(() => signing.createRedirectUrl({}, {}, options))).toMatchObject({
      code: 'unknown_tenant',
    });
    expect([map, load, sign].map(({ mock }) => mock.calls.length)).toEqual([0, 0, 0]);
  });

  it('is not repeated in the error, which ends in the log', async () => {
    const { signing, groupsOf } = await startWatched(() => 'canary\nline two');
    for (const run of [() => groupsOf('ada'), () => signing.sign({}, { tenantId: 'canary\nline two' })]) {
      const error = await errorOf(run);
      expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('canary');
    }
  });

  it("is a caller's mistake where a caller gave it, and is not blamed on the resolver alone", async () => {
    const { signing } = await startTenants({ tenants, tenantResolver: undefined });
    const error = await errorOf(() => signing.sign({}, { tenantId: 'Acme Inc' }));
    expect(error).toMatchObject({ code: 'unknown_tenant' });
    expect((error as Error).message).toMatch(/tenantId/);
  });

  it('is any text but the ids that are known; the source is asked for possible ones alone', async () => {
    const { groupsOf, map, load, sign } = await startWatched((principal) => principal);
    const names = Object.getOwnPropertyNames(Object.prototype);
    const inherited = names.map((name) => [name, Reflect.get(Object.prototype, name) as unknown]);
    const strings = oneof(
      string({ unit: 'binary' }),
      stringMatching(/^[a-z0-9_-]{0,66}$/),
      constantFrom(...names),
    );
    await assert(
      asyncProperty(
        strings.filter((id) => !Object.hasOwn(tenants, id)),
        async (id) => {
          load.mockClear();
          equal(((await errorOf(() => groupsOf(id))) as MintlifyPersonalizationError).code, 'unknown_tenant');
          const isPossible = /^[a-z0-9][a-z0-9_-]{0,63}$/.test(id) && id !== 'constructor';
          equal(load.mock.calls.map(([asked]) => asked).join(), isPossible ? id : '');
        },
      ),
      propertyRuns(500),
    );
    expect([map, sign].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(names);
    for (const [name, value] of inherited) expect(Reflect.get(Object.prototype, name as string)).toBe(value);
  });

  it('is a name that every object inherits, so that a source may look ids up in a plain object', async () => {
    const table: Record<string, TenantOptions> = { blue: docsOf('blue') };
    const { groupsOf } = await startTenants({ tenantSource: sourceOf((id) => table[id]) });
    expect(await groupsOf('blue')).toEqual(['blue', 'docs.blue.example']);
    for (const id of ['constructor', '__proto__', 'toString', 'valueOf', '__defineGetter__']) {
      expect(await errorOf(() => groupsOf(id))).toMatchObject({ code: 'unknown_tenant' });
    }
  });

  it('is an id that is not listed, which the error names', async () => {
    const { groupsOf } = await startTenants({ tenants });
    expect(await errorOf(() => groupsOf('nemo'))).toMatchObject({
      code: 'unknown_tenant',
      tenantId: 'nemo',
      message: expect.stringMatching(/^Tenant "nemo": .*option tenants/),
    });
  });
});

describe('A tenant resolver', () => {
  @Injectable()
  class Accounts {
    readonly tenant: string = 'acme';
  }
  @Injectable()
  class AccountResolver implements TenantResolver {
    constructor(@Inject(Accounts) private readonly accounts: Accounts) {}
    resolve(): string {
      return this.accounts.tenant;
    }
  }
  @Module({ providers: [Accounts], exports: [Accounts] })
  class AccountsModule {}

  it('is built with what imports brings', async () => {
    const options = { tenants, tenantResolver: AccountResolver, imports: [AccountsModule] };
    const { groupsOf } = await startTenants(options);
    expect(await groupsOf('ada')).toEqual(['acme', 'docs.acme.example']);
  });

  it('is overridden in a test by TENANT_RESOLVER, also where the app has none', async () => {
    for (const tenantResolver of [undefined, resolverOf(() => 'acme')]) {
      const { groupsOf } = await startTenants({ tenants, tenantResolver }, {}, (builder) =>
        builder.overrideProvider(TENANT_RESOLVER).useValue({ resolve: () => 'zeta' }),
      );
      expect(await groupsOf('ada')).toEqual(['zeta', 'docs.zeta.example']);
    }
  });

  @Injectable({ scope: Scope.REQUEST })
  class RequestResolver {
    resolve = (): string => 'acme';
  }
  @Injectable({ scope: Scope.TRANSIENT })
  class TransientResolver {
    resolve = (): string => 'acme';
  }
  @Injectable()
  class VisitResolver {
    constructor(@Inject(REQUEST) readonly request: unknown) {}
    resolve = (): string => 'acme';
  }

  it.each<[string, Type]>([
    ['request-scoped', RequestResolver],
    ['transient', TransientResolver],
    ['request-scoped by what it injects', VisitResolver],
  ])('stops the app at start when it is %s', async (_, tenantResolver) => {
    const options = { tenants, tenantResolver: tenantResolver as Type<TenantResolver> };
    expect(await errorOf(() => startTenants(options))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(/^tenantResolver is request-scoped or transient.*singleton/),
    });
  });

  it('stops the app at start when it cannot resolve', async () => {
    const options = { tenantResolver: Accounts as unknown as Type<TenantResolver> };
    expect(await errorOf(() => startTenants(options))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(/^tenantResolver has no resolve\(\) method/),
    });
  });

  it('is a class: an instance or a name stops the app', async () => {
    for (const tenantResolver of [{ resolve: () => 'acme' }, null, 'acme']) {
      const options = { tenantResolver: tenantResolver as unknown as Type<TenantResolver> };
      expect(await errorOf(() => startTenants(options))).toMatchObject({
        code: 'invalid_option',
        message: expect.stringMatching(/^tenantResolver must be a class.*TENANT_RESOLVER/),
      });
    }
  });
});

describe('A tenant resolver that hangs', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is given up after tenantTimeoutMs, and no sooner', async () => {
    const { groupsOf } = await startTenants({
      tenants,
      tenantTimeoutMs: 300,
      tenantResolver: resolverOf(() => new Promise(() => undefined)),
    });
    const outcome = jest.fn();
    const identifying = groupsOf('ada').catch(outcome);
    await jest.advanceTimersByTimeAsync(299);
    expect(outcome).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    await identifying;
    expect(outcome).toHaveBeenCalledWith(
      expect.objectContaining({
        code: 'tenant_resolver_timeout',
        message: expect.stringContaining('tenantTimeoutMs (300 ms)'),
      }),
    );
  });

  it('leaves no timer behind when it answers in time', async () => {
    const { groupsOf } = await startTenants({
      tenants,
      tenantResolver: resolverOf((id) => Promise.resolve(id)),
    });
    await groupsOf('acme');
    expect(jest.getTimerCount()).toBe(0);
  });
});
