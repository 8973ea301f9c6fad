import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Injectable, Scope, type Type } from '@nestjs/common';
import {
  MintlifyPersonalizationError,
  TENANT_SOURCE,
  type MintlifyPersonalizationOptions,
  type TenantOptions,
  type TenantSource,
} from 'nestjs-mintlify-personalization';
import { errorOf } from '../../support/modules.support.js';
import {
  backgroundWork,
  docsOf,
  Held,
  sourceOf,
  startTenants,
  tableSource,
  verifyTenantToken,
  keyPairFor,
} from '../../support/tenants.support.js';

const MAX_AGE_SECONDS = 100;

/** Starts with a tenant source over a table of `acme` and `zeta`. */
async function startTable(options: Partial<MintlifyPersonalizationOptions> = {}) {
  const source = tableSource({ acme: docsOf('acme'), zeta: docsOf('zeta') });
  const tenants = await startTenants({
    tenantSource: source.Source,
    tenantMaxAgeSeconds: MAX_AGE_SECONDS,
    ...options,
  });
  return { ...source, ...tenants, loaded: () => source.load.mock.calls.map(([id]) => id) };
}

const away = (): Promise<never> => Promise.reject(new Error('canary: the database db-7 is away'));

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
  ])('fails with its cause, and without its words, when it %s', async (_, load) => {
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
  ])('may give what is wrong, and the error names tenant and option: %s', async (_, options, code, words) => {
    const { groupsOf, table, load } = await startTable();
    table['acme'] = options as TenantOptions;
    for (const times of [1, 2]) {
      const error = await errorOf(() => groupsOf('acme'));
      expect(error).toMatchObject({
        code,
        tenantId: 'acme',
        message: expect.stringMatching(/^Tenant "acme": /),
      });
      expect((error as Error).message).toMatch(words);
      expect((error as Error).message).not.toMatch(/topsecret|canary/);
      expect(load).toHaveBeenCalledTimes(times); // what is wrong is not kept
    }
    expect(await groupsOf('zeta')).toEqual(['zeta', 'docs.zeta.example']);
    table['acme'] = docsOf('acme');
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
  });
});

describe('A tenant of the source', () => {
  it('is used as it is until it is tenantMaxAgeSeconds old', async () => {
    const { groupsOf, table, age, loaded } = await startTable();
    await groupsOf('acme');
    table['acme'] = { docsUrl: 'https://new.example' };
    age.pass(MAX_AGE_SECONDS - 0.001);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    await backgroundWork();
    expect(loaded()).toEqual(['acme']);
  });

  it('is used while it is loaded again, once, and then as it is now', async () => {
    const { groupsOf, load, age } = await startTable();
    await groupsOf('acme');
    const held = new Held<TenantOptions>();
    load.mockImplementation(() => held.promise);
    age.pass(MAX_AGE_SECONDS);
    for (let visit = 0; visit < 3; visit += 1) {
      expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    }
    expect(load).toHaveBeenCalledTimes(2);
    held.resolve({ docsUrl: 'https://new.example' });
    await backgroundWork();
    expect(await groupsOf('acme')).toEqual(['acme', 'new.example']);
    age.pass(MAX_AGE_SECONDS - 0.001);
    await groupsOf('acme');
    expect(load).toHaveBeenCalledTimes(2); // its age counts from the second load
  });

  it('is loaded again when a visitor comes, and not by itself', async () => {
    const { groupsOf, age, loaded } = await startTable();
    await groupsOf('acme');
    age.pass(MAX_AGE_SECONDS * 1.5);
    await groupsOf('zeta');
    await backgroundWork();
    expect(loaded()).toEqual(['acme', 'zeta']);
  });

  it('is used up to twice its age while the source fails, and no longer', async () => {
    const { groupsOf, load, age } = await startTable();
    await groupsOf('acme');
    load.mockImplementation(away);
    age.pass(MAX_AGE_SECONDS);
    for (let quarter = 0; quarter < 4; quarter += 1) {
      expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
      await backgroundWork();
      age.pass(MAX_AGE_SECONDS / 4);
    }
    age.pass(0.001);
    expect(await errorOf(() => groupsOf('acme'))).toMatchObject({
      code: 'tenant_source_failed',
      tenantId: 'acme',
    });
    load.mockImplementation((id) => Promise.resolve(docsOf(id)));
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
  });

  it('leaves a source that fails alone for five seconds, whoever comes', async () => {
    const { groupsOf, load, age } = await startTable();
    await groupsOf('acme');
    load.mockImplementation(away);
    age.pass(MAX_AGE_SECONDS);
    for (let visit = 0; visit < 5; visit += 1) {
      await groupsOf('acme');
      await backgroundWork();
    }
    expect(load).toHaveBeenCalledTimes(2);
    age.pass(4.999);
    await groupsOf('acme');
    expect(load).toHaveBeenCalledTimes(2);
    age.pass(0.001);
    await groupsOf('acme');
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('that lives for a second is asked about every second while the source fails', async () => {
    const { groupsOf, load, age } = await startTable({ tenantMaxAgeSeconds: 1 });
    await groupsOf('acme');
    load.mockImplementation(away);
    age.pass(1);
    await groupsOf('acme');
    await backgroundWork();
    age.pass(1);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    expect(load).toHaveBeenCalledTimes(3);
    await backgroundWork();
  });

  it('leaves word in the log, with the reason, when it could not be loaded again', async () => {
    const { groupsOf, load, age, logs } = await startTable();
    await groupsOf('acme');
    load.mockImplementation(() => Promise.reject(new Error('The database db-7 is away.')));
    age.pass(MAX_AGE_SECONDS);
    await groupsOf('acme');
    await backgroundWork();
    expect(logs.lines).toEqual([expect.stringMatching(/^error Tenant "acme" could not be loaded again\. /)]);
    expect(logs.text).toContain('The database db-7 is away.');
  });

  it('is used up to twice its age when its new options are wrong, and the log says which', async () => {
    const { groupsOf, table, age, logs } = await startTable();
    await groupsOf('acme');
    table['acme'] = { ...docsOf('acme'), tokenLifetimeSeconds: 60 };
    age.pass(MAX_AGE_SECONDS);
    await groupsOf('acme');
    await backgroundWork();
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    expect(logs.text).toMatch(/Tenant "acme": tokenLifetimeSeconds must be a whole number from 1 to 10/);
    age.pass(MAX_AGE_SECONDS + 0.001);
    expect(await errorOf(() => groupsOf('acme'))).toMatchObject({ code: 'invalid_option' });
  });

  it('is gone at once when the source says so', async () => {
    const { groupsOf, table, age, logs } = await startTable();
    await groupsOf('acme');
    delete table['acme'];
    age.pass(MAX_AGE_SECONDS);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    await backgroundWork();
    expect(await errorOf(() => groupsOf('acme'))).toMatchObject({ code: 'unknown_tenant' });
    expect(logs.text).toContain('Tenant "acme" could not be loaded again: it is gone.');
  });

  it('that is twice too old waits for the load that already runs', async () => {
    const { groupsOf, load, age } = await startTable();
    await groupsOf('acme');
    const held = new Held<TenantOptions>();
    load.mockImplementation(() => held.promise);
    age.pass(MAX_AGE_SECONDS);
    await groupsOf('acme');
    age.pass(MAX_AGE_SECONDS + 0.001);
    const late = groupsOf('acme');
    await backgroundWork();
    expect(load).toHaveBeenCalledTimes(2);
    held.resolve({ docsUrl: 'https://new.example' });
    expect(await late).toEqual(['acme', 'new.example']);
  });

  it('does not bring down another one', async () => {
    const { groupsOf, table, load, age } = await startTable();
    await groupsOf('acme');
    await groupsOf('zeta');
    load.mockImplementation((id) => (id === 'acme' ? away() : Promise.resolve(table[id])));
    table['zeta'] = { docsUrl: 'https://new.example' };
    age.pass(2 * MAX_AGE_SECONDS + 0.001);
    expect(await errorOf(() => groupsOf('acme'))).toMatchObject({ code: 'tenant_source_failed' });
    expect(await groupsOf('zeta')).toEqual(['zeta', 'new.example']);
  });

  it('that nobody visits makes room for others', async () => {
    const { groupsOf, table, loaded } = await startTable({ maxCachedTenants: 2 });
    table['third'] = docsOf('third');
    await groupsOf('acme');
    await groupsOf('zeta');
    await groupsOf('acme');
    await groupsOf('third'); // zeta was visited longest ago
    await groupsOf('acme');
    expect(loaded()).toEqual(['acme', 'zeta', 'third']);
    expect(await groupsOf('zeta')).toEqual(['zeta', 'docs.zeta.example']);
    expect(loaded()).toEqual(['acme', 'zeta', 'third', 'zeta']);
  });

  it('keeps its room while a source is asked for tenants that do not exist', async () => {
    const { groupsOf, loaded } = await startTable({ maxCachedTenants: 1 });
    await groupsOf('acme');
    for (const id of ['nemo', 'nobody']) {
      expect(await errorOf(() => groupsOf(id))).toMatchObject({ code: 'unknown_tenant' });
    }
    await groupsOf('acme');
    expect(loaded()).toEqual(['acme', 'nemo', 'nobody']);
  });

  it("shares the default's key, which is read once for all", async () => {
    const signingKey = jest.fn(() => keys.privateKey);
    const keys = keyPairFor('personalization');
    const { identity, signing } = await startTable({ signingKey });
    for (const id of ['acme', 'zeta', 'acme']) {
      const token = await signing.sign(await identity.identify(id, {}));
      expect(await verifyTenantToken(token, keys)).toMatchObject({ groups: [id, `docs.${id}.example`] });
    }
    expect(signingKey).toHaveBeenCalledTimes(1);
  });
});

describe('TenantRegistry.invalidate', () => {
  it('lets the next visitor load the tenant again, and no other', async () => {
    const { groupsOf, registry, table, loaded } = await startTable();
    await groupsOf('acme');
    await groupsOf('zeta');
    table['acme'] = { docsUrl: 'https://new.example' };
    registry.invalidate('acme');
    expect(await groupsOf('acme')).toEqual(['acme', 'new.example']);
    await groupsOf('zeta');
    expect(loaded()).toEqual(['acme', 'zeta', 'acme']);
  });

  it('does not keep a first load that is on its way, for it may have begun before the change', async () => {
    const { groupsOf, registry, load, loaded } = await startTable();
    const before = new Held<TenantOptions>();
    load.mockImplementationOnce(() => before.promise);
    const early = groupsOf('acme');
    await backgroundWork();
    registry.invalidate('acme');
    before.resolve({ docsUrl: 'https://old.example' });
    expect(await early).toEqual(['acme', 'old.example']);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    expect(loaded()).toEqual(['acme', 'acme']);
  });

  it('does not keep a load after that was overtaken by a newer one', async () => {
    const { groupsOf, registry, load } = await startTable();
    const before = new Held<TenantOptions>();
    const after = new Held<TenantOptions>();
    load.mockImplementationOnce(() => before.promise).mockImplementationOnce(() => after.promise);
    const early = groupsOf('acme');
    await backgroundWork();
    registry.invalidate('acme');
    const late = groupsOf('acme');
    await backgroundWork();
    expect(load).toHaveBeenCalledTimes(2);
    before.resolve({ docsUrl: 'https://old.example' });
    await early;
    const joining = groupsOf('acme'); // joins the newer load, not a third one
    await backgroundWork();
    expect(load).toHaveBeenCalledTimes(2);
    after.resolve({ docsUrl: 'https://new.example' });
    for (const visit of [late, joining]) expect(await visit).toEqual(['acme', 'new.example']);
    expect(await groupsOf('acme')).toEqual(['acme', 'new.example']);
  });

  it('does not let an overtaken load that fails remove what a newer one brought', async () => {
    const { groupsOf, registry, load } = await startTable();
    const before = new Held<TenantOptions | undefined>();
    load.mockImplementationOnce(() => before.promise);
    const early = errorOf(() => groupsOf('acme'));
    await backgroundWork();
    registry.invalidate('acme');
    await groupsOf('acme');
    before.resolve(undefined);
    expect(await early).toMatchObject({ code: 'unknown_tenant' });
    await groupsOf('acme');
    expect(load).toHaveBeenCalledTimes(2);
  });

  it('does not keep a refresh that is on its way', async () => {
    const { groupsOf, registry, load, age } = await startTable();
    await groupsOf('acme');
    const before = new Held<TenantOptions>();
    load.mockImplementationOnce(() => before.promise);
    age.pass(MAX_AGE_SECONDS);
    await groupsOf('acme');
    registry.invalidate('acme');
    before.resolve({ docsUrl: 'https://old.example' });
    await backgroundWork();
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('rotates a key at once: the next token is signed with the new one', async () => {
    const [old, fresh] = [keyPairFor('personalization'), keyPairFor('personalization')];
    const { identity, signing, registry, table } = await startTable();
    table['acme'] = { ...docsOf('acme'), signingKey: old.privateKey };
    await verifyTenantToken(await signing.sign(await identity.identify('acme', {})), old);
    table['acme'] = { ...docsOf('acme'), signingKey: fresh.privateKey };
    registry.invalidate('acme');
    const token = await signing.sign(await identity.identify('acme', {}));
    await expect(verifyTenantToken(token, fresh)).resolves.toMatchObject({
      groups: ['acme', 'docs.acme.example'],
    });
    await expect(verifyTenantToken(token, old)).rejects.toThrow('signature');
  });

  it('forgets no tenant of the options, and takes what is not there', async () => {
    const { groupsOf, registry } = await startTable({ tenants: { fixed: docsOf('fixed') } });
    for (const id of ['fixed', 'nemo', '__proto__', 'constructor', '']) registry.invalidate(id);
    expect(await groupsOf('fixed')).toEqual(['fixed', 'docs.fixed.example']);
    expect(await groupsOf('acme')).toEqual(['acme', 'docs.acme.example']);
  });
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

  it('while it refreshes a tenant keeps nobody waiting, and is asked again later', async () => {
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
