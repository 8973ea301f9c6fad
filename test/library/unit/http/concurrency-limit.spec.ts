import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { equal, ok } from 'node:assert/strict';
import { ConcurrencyLimit } from '../../../../libs/mintlify-personalization/src/http/concurrency-limit.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

describe('ConcurrencyLimit', () => {
  it('gives as many places as there are, and each again when it is given back', () => {
    const limit = new ConcurrencyLimit(2, 2);
    expect([limit.enter(), limit.enter(), limit.enter()]).toEqual([true, true, false]);
    limit.leave();
    expect([limit.enter(), limit.enter()]).toEqual([true, false]);
  });

  it('counts each tenant by itself, and the default docs site as one', () => {
    const limit = new ConcurrencyLimit(10, 1);
    expect([limit.enterFor('acme'), limit.enterFor('acme'), limit.enterFor('globex')]).toEqual([
      true,
      false,
      true,
    ]);
    expect([limit.enterFor(), limit.enterFor()]).toEqual([true, false]);
    limit.leaveFor('acme');
    expect(limit.enterFor('acme')).toBe(true);
  });

  it('never serves more than it may, and keeps nothing of tenants that have left', () => {
    const steps = fc.array(fc.record({ tenant: fc.constantFrom('a', 'b', 'c'), isEntering: fc.boolean() }));
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 3 }), (moves, max) => {
        const limit = new ConcurrencyLimit(100, max);
        const inside: string[] = [];
        for (const { tenant, isEntering } of moves) {
          if (isEntering) {
            const count = inside.filter((each) => each === tenant).length;
            equal(limit.enterFor(tenant), count < max);
            if (count < max) inside.push(tenant);
          } else if (inside.includes(tenant)) {
            inside.splice(inside.indexOf(tenant), 1);
            limit.leaveFor(tenant);
          }
          ok(limit.taken.ids <= new Set(inside).size);
        }
        for (const tenant of inside) limit.leaveFor(tenant);
        equal(limit.taken.ids, 0);
      }),
      propertyRuns(200),
    );
  });
});
