import { equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import type { MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import { heapInUse } from '../../../support/heap.support.js';
import { errorOf } from '../../../support/modules.support.js';
import { docsOf, sourceOf, startTenants } from '../../../support/tenants.support.js';

/** `npm run bench` has the figure for a million. */
const VISITS = 15_000;
/** An entry of a map, with the id and a promise, takes some 300 bytes: kept, they would be over 4 MB. */
const MAX_BYTES = 2 * 2 ** 20;

/** A tenant id of the greatest length, so that each that is kept is felt. */
const longId = (number: number): string => `tenant-${String(number).padStart(57, '0')}`;

/** Fewer than the library calls a tenant source at once. */
const AT_ONCE = 50;

/** Runs a task for each number, a few at a time. */
async function forEachOf(count: number, task: (number: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => task(from + index)));
  }
}

describe('The memory that tenants take', () => {
  it.each<[string, () => unknown, string]>([
    ['that the source does not know', () => Promise.resolve(undefined), 'unknown_tenant'],
    ['about which the source fails', () => Promise.reject(new Error('away')), 'tenant_source_failed'],
    ['whose options are wrong', () => Promise.resolve({ colour: 'red' }), 'invalid_option'],
  ])(
    'is nothing for ids %s',
    async (_, answer, code) => {
      const { groupsOf } = await startTenants({ tenantSource: sourceOf(answer) });
      const visit = async (number: number): Promise<void> => {
        const error = await errorOf(() => groupsOf(longId(number)));
        equal((error as MintlifyPersonalizationError).code, code);
      };
      await forEachOf(2_000, visit);
      const before = await heapInUse();
      await forEachOf(VISITS, visit);
      expect((await heapInUse()) - before).toBeLessThan(MAX_BYTES);
    },
    60_000,
  );

  it('is that of maxCachedTenants, however many there are', async () => {
    const { groupsOf } = await startTenants({ maxCachedTenants: 100, tenantSource: sourceOf(docsOf) });
    const visit = (number: number): Promise<unknown> => groupsOf(longId(number));
    await forEachOf(2_000, visit);
    const before = await heapInUse();
    await forEachOf(VISITS, visit);
    expect((await heapInUse()) - before).toBeLessThan(MAX_BYTES);
  }, 60_000);

  it('does not grow as tenants are loaded again', async () => {
    const { groupsOf, registry, age } = await startTenants({ tenantSource: sourceOf(docsOf) });
    const visit = async (number: number): Promise<void> => {
      if (number % 2 === 0) registry.invalidate('acme');
      else age.pass(300);
      await groupsOf('acme');
    };
    await forEachOf(2_000, visit);
    const before = await heapInUse();
    await forEachOf(VISITS, visit);
    expect((await heapInUse()) - before).toBeLessThan(MAX_BYTES);
  }, 60_000);
});
