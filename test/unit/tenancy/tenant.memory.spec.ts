import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { docsOf, sourceOf, startTenants } from '../../support/tenants.support.js';

/** `npm run bench` has the figure for a million. */
const VISITS = 15_000;
/** An entry of a map, with the id and a promise, takes some 300 bytes: kept, they would be over 4 MB. */
const MOST_BYTES = 2 * 2 ** 20;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes that are still in use when nobody needs the rest any more. */
async function heapInUse(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    await new Promise(setImmediate);
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}

/** A tenant id of the greatest length, so that each that is kept is felt. */
const longId = (number: number): string => `tenant-${String(number).padStart(57, '0')}`;

/** Runs a task for each number, a thousand at a time. */
async function forEachOf(count: number, task: (number: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += 1_000) {
    await Promise.all(Array.from({ length: 1_000 }, (_, index) => task(from + index)));
  }
}

describe('The memory that tenants take', () => {
  it.each<[string, () => unknown]>([
    ['that the source does not know', () => undefined],
    ['about which the source fails', () => Promise.reject(new Error('away'))],
    ['whose options are wrong', () => ({ colour: 'red' })],
  ])(
    'is nothing for ids %s',
    async (_, answer) => {
      const { groupsOf } = await startTenants({ tenantSource: sourceOf(answer) });
      const visit = async (number: number): Promise<void> => {
        await groupsOf(longId(number)).then(
          () => expect('a tenant').toBe('unknown'),
          () => undefined,
        );
      };
      await forEachOf(2_000, visit);
      const before = await heapInUse();
      await forEachOf(VISITS, visit);
      expect((await heapInUse()) - before).toBeLessThan(MOST_BYTES);
    },
    60_000,
  );

  it('is that of maxCachedTenants, however many there are', async () => {
    const { groupsOf } = await startTenants({ maxCachedTenants: 100, tenantSource: sourceOf(docsOf) });
    const visit = (number: number): Promise<unknown> => groupsOf(longId(number));
    await forEachOf(2_000, visit);
    const before = await heapInUse();
    await forEachOf(VISITS, visit);
    expect((await heapInUse()) - before).toBeLessThan(MOST_BYTES);
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
    expect((await heapInUse()) - before).toBeLessThan(MOST_BYTES);
  }, 60_000);
});
