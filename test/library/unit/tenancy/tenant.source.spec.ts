import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Injectable, Scope, type Type } from '@nestjs/common';
import {
  MintlifyPersonalizationError,
  TENANT_SOURCE,
  type TenantOptions,
  type TenantSource,
} from 'nestjs-mintlify-personalization';
import { errorOf } from '../../../support/modules.support.js';
import {
  backgroundWork,
  docsOf,
  Held,
  sourceOf,
  startTenants,
  verifyTenantToken,
  keyPairFor,
  away,
  MAX_AGE_SECONDS,
  startTable,
} from '../../../support/tenants.support.js';

describe('The tenant source', () => {
  it('brings a tenant when its first visitor comes, and not before', async () => {
    const { groupsOf, loaded } = await startTable();
    expect(loaded()).toEqual([]);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    expect(loaded()).toEqual(['acme']);
  });

  it('is told the id, and by a signal when to stop', async () => {
    const { groupsOf, load } = await startTable();
    await groupsOf('acme');
    expect(load.mock.calls).toEqual([['acme', expect.any(AbortSignal)]]);
    expect(load.mock.calls[0]?.[1].aborted).toBe(false);
  });

  it('may answer without a promise', async () => {
    const { groupsOf } = await startTenants({ tenantSource: sourceOf((id) => docsOf(id)) });
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
  });

  it('brings options that fall back to the default docs site, and keys that sign', async () => {
    const keys = keyPairFor('authentication');
    const { signing, identity, table } = await startTable({ claims: { jti: true } });
    table['acme'] = { ...docsOf('acme'), mode: 'authentication', signingKey: keys.privateKey };
    const token = await signing.sign(await identity.identify('acme', {}));
    const claims = await verifyTenantToken(token, keys, 'authentication');
    expect(claims).toMatchObject({ host: 'docs.acme.example', jti: expect.any(String) });
  });

  it('is asked once for all who come while it answers', async () => {
    const held = new Held<TenantOptions>();
    const load = jest.fn((_id: string) => held.promise);
    const { groupsOf } = await startTenants({ tenantSource: sourceOf(load) });
    const visits = Array.from({ length: 50 }, () => groupsOf('acme'));
    await backgroundWork();
    expect(load).toHaveBeenCalledTimes(1);
    held.resolve(docsOf('acme'));
    expect(new Set((await Promise.all(visits)).map(String))).toEqual(new Set(['acme,docs.acme.example']));
    await groupsOf('acme');
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('fails for all who waited, and is asked again for the next', async () => {
    const held = new Held<TenantOptions>();
    const load = jest.fn((_id: string) => held.promise);
    const { groupsOf } = await startTenants({ tenantSource: sourceOf(load) });
    const visits = [1, 2, 3].map(() => errorOf(() => groupsOf('acme')));
    held.reject(new Error('away'));
    for (const error of await Promise.all(visits)) {
      expect(error).toMatchObject({ code: 'tenant_source_failed', tenantId: 'acme' });
    }
    load.mockImplementation((id) => Promise.resolve(docsOf(id)));
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('may be slow for one tenant without keeping the visitors of another waiting', async () => {
    const { groupsOf, load } = await startTable();
    const held = new Held<TenantOptions>();
    load.mockImplementationOnce(() => held.promise);
    const slow = groupsOf('acme');
    expect(await groupsOf('zeta')).toEqual(['zeta', 'docs.zeta.example']);
    held.resolve(docsOf('acme'));
    expect(await slow).toEqual(['acme', 'docs.acme.example']);
  });

  it('is not asked for the tenants of the options, which go before its own', async () => {
    const tenants = { acme: { docsUrl: 'https://static.example' } };
    const { groupsOf, loaded } = await startTable({ tenants });
    expect(await groupsOf('acme')).toEqual(['acme', 'static.example']);
    expect(await groupsOf('zeta')).toEqual(['zeta', 'docs.zeta.example']);
    expect(loaded()).toEqual(['zeta']);
  });

  it('is not asked for the default docs site', async () => {
    const { identity, loaded } = await startTable({ tenantResolver: undefined });
    await identity.identify('acme', {});
    expect(loaded()).toEqual([]);
  });

  it.each([undefined, null])(
    'says by %s that there is no such tenant, and is asked again',
    async (nothing) => {
      const load = jest.fn((_id: string): unknown => Promise.resolve(nothing));
      const { groupsOf } = await startTenants({ tenantSource: sourceOf(load) });
      for (const times of [1, 2, 3]) {
        expect(await errorOf(() => groupsOf('acme'))).toMatchObject({
          code: 'unknown_tenant',
          tenantId: 'acme',
        });
        expect(load).toHaveBeenCalledTimes(times);
      }
      load.mockImplementation(docsOf);
      expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    },
  );

  it.each<[string, (id: string) => unknown]>([
    [
      'throws',
      () => {
        throw new Error('canary: the database db-7 is away');
      },
    ],
    ['rejects', away],
  ])('fails with its cause, and without its message, when it %s', async (_, load) => {
    const { groupsOf } = await startTenants({ tenantSource: sourceOf(load) });
    const error = await errorOf(() => groupsOf('acme'));
    expect(error).toMatchObject({
      code: 'tenant_source_failed',
      tenantId: 'acme',
      message: expect.stringMatching(/^Tenant "acme": The tenant source threw an error/),
      cause: expect.objectContaining({ message: 'canary: the database db-7 is away' }),
    });
    expect(String(error)).not.toContain('canary');
  });

  it('may say by an error of the library what is wrong with a tenant, which is named', async () => {
    const { groupsOf, load, age } = await startTable();
    await groupsOf('acme');
    load.mockImplementation(() =>
      Promise.reject(new MintlifyPersonalizationError('unknown_tenant', 'The contract has ended.')),
    );
    age.pass(MAX_AGE_SECONDS);
    await groupsOf('acme');
    await backgroundWork();
    // Gone at once: not a failure of the source.
    expect(await errorOf(() => groupsOf('acme'))).toMatchObject({
      code: 'unknown_tenant',
      tenantId: 'acme',
      message: 'Tenant "acme": The contract has ended.',
    });
  });

  it.each<[string, unknown, string, RegExp]>([
    ['an unknown option', { colour: 'red' }, 'invalid_option', /colour is not an option/],
    ['an address in the clear', { docsUrl: 'http://acme.example' }, 'invalid_option', /docsUrl must start/],
    ['a text', 'https://docs.acme.example', 'invalid_option', /must be an object/],
    ['a number', 7, 'invalid_option', /must be an object/],
    ['false', false, 'invalid_option', /must be an object/],
    ['a key that is none', { signingKey: 'topsecret' }, 'invalid_signing_key', /signingKey/],
    ['a key of the other mode', { mode: 'authentication' }, 'invalid_signing_key', /Ed25519/],
    ['a function whose key is none', { signingKey: () => 'topsecret' }, 'invalid_signing_key', /signingKey/],
    ['a function that fails', { signingKey: away }, 'signing_key_unavailable', /signingKey is a function/],
  ])(
    'may give what is wrong, and the error names tenant and option: %s',
    async (_, options, code, message) => {
      const { groupsOf, table, load } = await startTable();
      table['acme'] = options as TenantOptions;
      for (const times of [1, 2]) {
        const error = await errorOf(() => groupsOf('acme'));
        expect(error).toMatchObject({
          code,
          tenantId: 'acme',
          message: expect.stringMatching(/^Tenant "acme": /),
        });
        expect((error as Error).message).toMatch(message);
        expect((error as Error).message).not.toMatch(/topsecret|canary/);
        expect(load).toHaveBeenCalledTimes(times); // what is wrong is not kept
      }
      expect(await groupsOf('zeta')).toEqual(['zeta', 'docs.zeta.example']);
      table['acme'] = docsOf('acme');
      expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    },
  );
});

describe('A tenant source that hangs', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const never = (): Promise<never> => new Promise(() => undefined);

  it('is given up after tenantTimeoutMs, told to stop, and asked again for the next', async () => {
    const { groupsOf, load } = await startTable({ tenantTimeoutMs: 300 });
    load.mockImplementationOnce(never);
    const outcomes = jest.fn();
    const visits = [groupsOf('acme').catch(outcomes), groupsOf('acme').catch(outcomes)];
    await jest.advanceTimersByTimeAsync(299);
    expect(outcomes).not.toHaveBeenCalled();
    const signal = load.mock.calls[0]?.[1];
    expect(signal?.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    await Promise.all(visits);
    const timeout: unknown = expect.objectContaining({
      code: 'tenant_source_timeout',
      tenantId: 'acme',
      message: expect.stringMatching(/^Tenant "acme": The tenant source took longer .* \(300 ms\)/),
    });
    expect(outcomes.mock.calls).toEqual([[timeout], [timeout]]);
    expect([signal?.aborted, signal?.reason as unknown]).toEqual([true, timeout]);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
  });

  it('does not keep other tenants waiting', async () => {
    const { groupsOf, load } = await startTable({ tenantTimeoutMs: 300 });
    load.mockImplementationOnce(never);
    const stuck = errorOf(() => groupsOf('acme'));
    expect(await groupsOf('zeta')).toEqual(['zeta', 'docs.zeta.example']);
    await jest.advanceTimersByTimeAsync(300);
    expect(await stuck).toMatchObject({ code: 'tenant_source_timeout' });
  });

  it('while it refreshes a tenant keeps no visitor waiting, and is asked again later', async () => {
    const { groupsOf, load, age } = await startTable({ tenantTimeoutMs: 300 });
    await groupsOf('acme');
    load.mockImplementationOnce(never);
    age.pass(MAX_AGE_SECONDS);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    await jest.advanceTimersByTimeAsync(300);
    age.pass(5);
    await groupsOf('acme');
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('drops what comes after its time', async () => {
    const { groupsOf, load } = await startTable({ tenantTimeoutMs: 300 });
    const late = new Held<TenantOptions>();
    load.mockImplementationOnce(() => late.promise);
    const visit = errorOf(() => groupsOf('acme'));
    await jest.advanceTimersByTimeAsync(300);
    expect(await visit).toMatchObject({ code: 'tenant_source_timeout' });
    late.resolve({ docsUrl: 'https://late.example' });
    await backgroundWork();
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
  });
});

describe('A tenant source', () => {
  it('is overridden in a test by TENANT_SOURCE, also where the app has none', async () => {
    for (const tenantSource of [undefined, sourceOf(() => docsOf('other'))]) {
      const { groupsOf } = await startTenants({ tenantSource }, {}, (builder) =>
        builder.overrideProvider(TENANT_SOURCE).useValue({ load: () => docsOf('faked') }),
      );
      expect(await groupsOf('acme')).toEqual(['acme', 'docs.faked.example']);
    }
  });

  @Injectable({ scope: Scope.REQUEST })
  class RequestSource {
    load = (): undefined => undefined;
  }
  @Injectable()
  class EmptySource {}

  it.each<[string, unknown, RegExp]>([
    ['is request-scoped', RequestSource, /^tenantSource is request-scoped or transient.*singleton/],
    ['cannot load', EmptySource, /^tenantSource has no load\(\) method/],
    ['is an instance', { load: () => undefined }, /^tenantSource must be a class.*TENANT_SOURCE/],
    ['is null', null, /^tenantSource must be a class/],
  ])('stops the app at start when it %s', async (_, tenantSource, message) => {
    const options = { tenantSource: tenantSource as Type<TenantSource> };
    expect(await errorOf(() => startTenants(options))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(message),
    });
  });
});
