import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ForbiddenException, Logger } from '@nestjs/common';
import { MintlifyPersonalizationError } from '../../../../libs/mintlify-personalization/src/errors.js';
import { TenantCache } from '../../../../libs/mintlify-personalization/src/tenancy/tenant-cache.js';
import type { Tenant } from '../../../../libs/mintlify-personalization/src/tenancy/tenant.js';
import { HandMovedClock, Held } from '../../../support/clock.support.js';
import { LogCollector } from '../../../support/log-collector.support.js';

const MAX_AGE_SECONDS = 100;
const GONE = new MintlifyPersonalizationError('unknown_tenant', 'There is no such tenant.');
const AWAY = new Error('The database db-7 is away.');

const tenant = (name: string): Tenant => ({ id: name }) as Tenant;
/** Lets what was promised arrive. */
const arrival = (): Promise<void> => new Promise(setImmediate);

describe('TenantCache', () => {
  let age: HandMovedClock;
  let logs: LogCollector;
  let version: number;
  const load = jest.fn<(id: string, isKnown: boolean) => Promise<Tenant>>();
  const loaded = () =>
    load.mock.calls.map(([id, isKnown]) => `${id}, ${isKnown ? 'again' : 'for the first time'}`);

  beforeEach(() => {
    age = new HandMovedClock();
    logs = new LogCollector();
    Logger.overrideLogger(logs);
    version = 0;
    load.mockReset();
    load.mockImplementation((id) => Promise.resolve(tenant(`${id} ${(version += 1)}`)));
  });

  const cache = (max = 10, maxAgeSeconds = MAX_AGE_SECONDS): TenantCache =>
    new TenantCache(load, { max, maxAgeMs: maxAgeSeconds * 1_000 }, age);
  /** Asks for a tenant that is at hand, for what that sets going. */
  const touch = (tenants: TenantCache): void => void tenants.get('acme');
  const visit = async (tenants: TenantCache, id = 'acme') => (await tenants.get(id)).id;

  it('loads a tenant once for all who ask at a time, and then has it at hand', async () => {
    const tenants = cache();
    const [one, other] = [tenants.get('acme'), tenants.get('acme')];
    expect(one).toBeInstanceOf(Promise);
    expect(await one).toBe(await other);
    expect(tenants.get('acme')).toEqual({ id: 'acme 1' });
    expect(loaded()).toEqual(['acme, for the first time']);
  });

  it('has a tenant at hand while it is loaded again, from maxAgeMs on', async () => {
    const tenants = cache();
    await tenants.get('acme');
    age.pass(MAX_AGE_SECONDS - 0.001);
    touch(tenants);
    expect(load).toHaveBeenCalledTimes(1);
    age.pass(0.001);
    const [once, again] = [tenants.get('acme'), tenants.get('acme')];
    expect([once, again]).toEqual([{ id: 'acme 1' }, { id: 'acme 1' }]);
    expect(load).toHaveBeenCalledTimes(2);
    expect(loaded()).toEqual(['acme, for the first time', 'acme, again']);
    await arrival();
    expect(tenants.get('acme')).toEqual({ id: 'acme 2' });
    age.pass(MAX_AGE_SECONDS - 0.001);
    touch(tenants);
    expect(load).toHaveBeenCalledTimes(2);
    expect(logs.lines).toEqual([]);
  });

  it('has a tenant at hand up to twice maxAgeMs while loading fails, and then fails too', async () => {
    const tenants = cache();
    await tenants.get('acme');
    load.mockRejectedValue(AWAY);
    age.pass(2 * MAX_AGE_SECONDS);
    expect(tenants.get('acme')).toEqual({ id: 'acme 1' });
    await arrival();
    age.pass(0.001);
    await expect(tenants.get('acme')).rejects.toBe(AWAY);
    await expect(tenants.get('acme')).rejects.toBe(AWAY);
    expect(load).toHaveBeenCalledTimes(4);
  });

  it('tries again five seconds after a failure, and says each time what went wrong', async () => {
    const tenants = cache();
    await tenants.get('acme');
    load.mockRejectedValue(AWAY);
    age.pass(MAX_AGE_SECONDS);
    for (const [seconds, loads] of [
      [0, 2],
      [4.999, 2],
      [0.001, 3],
    ] as const) {
      age.pass(seconds);
      touch(tenants);
      await arrival();
      expect(load).toHaveBeenCalledTimes(loads);
    }
    expect(logs.lines).toHaveLength(2);
    expect(logs.lines[0]).toMatch(/^error Tenant "acme" could not be loaded again\. Error/);
    expect(logs.lines[0]).toMatch(/ MintlifyPersonalization$/);
  });

  it('tries again after maxAgeMs where that is shorter', async () => {
    const tenants = cache(10, 2);
    await tenants.get('acme');
    load.mockRejectedValue(AWAY);
    age.pass(2);
    touch(tenants);
    await arrival();
    age.pass(1.999);
    touch(tenants);
    expect(load).toHaveBeenCalledTimes(2);
    age.pass(0.001);
    touch(tenants);
    expect(load).toHaveBeenCalledTimes(3);
    await arrival();
  });

  it.each([
    [GONE, 'it no longer exists'],
    [new ForbiddenException('Suspended.'), 'the tenant source refused its visitors'],
  ])('forgets a tenant that is gone, and says so: %s', async (error, why) => {
    const tenants = cache();
    await tenants.get('acme');
    load.mockRejectedValueOnce(error);
    age.pass(MAX_AGE_SECONDS);
    expect(tenants.get('acme')).toEqual({ id: 'acme 1' });
    await arrival();
    expect(logs.lines).toEqual([
      expect.stringContaining(`error Tenant "acme" could not be loaded again: ${why}. `),
    ]);
    expect(logs.text).not.toContain('Suspended');
    expect(tenants.get('acme')).toBeInstanceOf(Promise);
  });

  it('keeps a tenant when loading it again ends in another error of the library', async () => {
    const tenants = cache();
    await tenants.get('acme');
    load.mockRejectedValueOnce(new MintlifyPersonalizationError('invalid_option', 'docsUrl is not set.'));
    age.pass(MAX_AGE_SECONDS);
    touch(tenants);
    await arrival();
    expect(tenants.get('acme')).toEqual({ id: 'acme 1' });
    expect(logs.lines).toEqual([expect.stringContaining('could not be loaded again. ')]);
  });

  it('keeps no failure', async () => {
    const tenants = cache();
    load.mockRejectedValueOnce(AWAY).mockRejectedValueOnce(GONE);
    await expect(tenants.get('acme')).rejects.toBe(AWAY);
    await expect(tenants.get('acme')).rejects.toBe(GONE);
    expect(await visit(tenants)).toBe('acme 1');
    expect(logs.lines).toEqual([]);
  });

  it('keeps as many tenants as it may, those that were asked for last', async () => {
    const tenants = cache(2);
    for (const id of ['acme', 'zeta', 'acme', 'third']) await tenants.get(id);
    load.mockClear();
    for (const id of ['acme', 'third', 'zeta']) await tenants.get(id);
    expect(loaded()).toEqual(['zeta, for the first time']);
  });

  it('keeps its tenants while hundreds of loads are on their way, and none of those that fail', async () => {
    const tenants = cache(1);
    await tenants.get('acme');
    const held = new Held<Tenant>();
    load.mockReturnValue(held.promise);
    const unknown = Array.from({ length: 900 }, (_, number) => visit(tenants, `unknown-${number}`));
    expect(tenants.get('acme')).toEqual({ id: 'acme 1' });
    held.reject(GONE);
    expect(new Set((await Promise.allSettled(unknown)).map(({ status }) => status))).toEqual(
      new Set(['rejected']),
    );
    expect(tenants.get('acme')).toEqual({ id: 'acme 1' });
    expect(load).toHaveBeenCalledTimes(901);
  });

  it('loads a tenant anew once it was deleted, whatever a load brings that began before', async () => {
    const tenants = cache();
    const before = new Held<Tenant>();
    load.mockReturnValueOnce(before.promise);
    const early = visit(tenants);
    tenants.delete('acme');
    expect(await visit(tenants)).toBe('acme 1');
    before.resolve(tenant('outdated'));
    expect(await early).toBe('outdated');
    expect(tenants.get('acme')).toEqual({ id: 'acme 1' });
    tenants.delete('acme');
    expect(await visit(tenants)).toBe('acme 2');
  });

  it('keeps a newer tenant when a load that began before it was deleted finds none', async () => {
    const tenants = cache();
    const before = new Held<Tenant>();
    load.mockReturnValueOnce(before.promise);
    const early = visit(tenants);
    tenants.delete('acme');
    await tenants.get('acme');
    before.reject(GONE);
    await expect(early).rejects.toBe(GONE);
    expect(tenants.get('acme')).toEqual({ id: 'acme 1' });
  });

  it('lets a newer load go on when one that began before ends', async () => {
    const tenants = cache();
    const [before, after] = [new Held<Tenant>(), new Held<Tenant>()];
    load.mockReturnValueOnce(before.promise).mockReturnValueOnce(after.promise);
    const early = visit(tenants);
    tenants.delete('acme');
    const late = visit(tenants);
    before.resolve(tenant('outdated'));
    await early;
    const joined = visit(tenants);
    expect(load).toHaveBeenCalledTimes(2);
    after.resolve(tenant('newer'));
    expect(await Promise.all([late, joined])).toEqual(['newer', 'newer']);
  });
});
