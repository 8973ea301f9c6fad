import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeJwt } from 'jose';
import { isOwnError, type MintlifyErrorCode } from '../../../../libs/mintlify-personalization/src/errors.js';
import type { MintlifyPersonalizationOptions, ViewAsPolicy } from 'nestjs-mintlify-personalization';
import { auditCollector } from '../../../support/audit.support.js';
import { NOW_SECONDS } from '../../../support/clock.support.js';
import { docsOf, resolverOf, startTenants } from '../../../support/tenants.support.js';

interface Person {
  readonly id?: string | undefined;
  readonly tenant?: string | undefined;
}

const SECRET = 'secret-of-the-account';
const ids = fc.constantFrom('grace', 'ada', 'peter', '', undefined);
const tenantIds = fc.constantFrom(undefined, 'acme', 'zeta');
const people: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: fc.record<Person>({ id: ids, tenant: tenantIds }) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, null, false, 'grace', 7) },
);
const permissions: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(true) },
  { weight: 3, arbitrary: fc.record({ allowed: fc.constant(true), tenantId: tenantIds }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(false, 1, 'true', undefined, {}, { allowed: 1, tenantId: 'zeta' }),
  },
);
const visits = fc.record({
  actor: people,
  account: people,
  permission: permissions,
  subject: fc.oneof({ weight: 6, arbitrary: fc.constantFrom('grace', 'ada') }, fc.string()),
  reason: fc.oneof({ weight: 6, arbitrary: fc.constant('Ticket 7') }, fc.string({ unit: 'binary' })),
  expiresIn: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
});

/** The tenant that a visit may go to, or `'none'`: written again from the manual. */
function permittedTenant(permission: unknown, own: string | undefined): string | undefined {
  if (permission === true) return own;
  const { allowed, tenantId } = Object(permission) as { allowed?: unknown; tenantId?: string };
  return allowed === true ? (tenantId ?? own) : 'none';
}

describe('a view of the docs as another person', () => {
  it('is of the one who was asked for, in a permitted tenant, and every event names both', async () => {
    const { auditSink, events } = auditCollector();
    const policy: { permission: unknown; account: unknown } = { permission: false, account: undefined };
    class Policy implements ViewAsPolicy {
      canViewAs = (() => policy.permission) as ViewAsPolicy['canViewAs'];
      loadPrincipal = () => policy.account;
    }
    let expiresIn: number | undefined;
    const options: Partial<MintlifyPersonalizationOptions> = {
      auditSink,
      viewAs: Policy,
      tenants: { acme: docsOf('acme'), zeta: docsOf('zeta') },
      tenantResolver: resolverOf((person) => (person as Person).tenant),
      claimMapper: class {
        map = ({ id }: Person) => ({
          groups: [String(id)],
          content: { example: `curl -H "X-Api-Key: ${SECRET}"` },
          apiPlaygroundInputs: { header: { 'X-Api-Key': SECRET } },
          ...(expiresIn !== undefined && { expiresAt: NOW_SECONDS + expiresIn }),
        });
      },
    };
    const { signing } = await startTenants(options);
    const seen = new Set<MintlifyErrorCode | 'ok'>();
    await fc.assert(
      fc.asyncProperty(visits, async ({ actor, account, permission, subject, reason, ...visit }) => {
        events.length = 0;
        expiresIn = visit.expiresIn;
        Object.assign(policy, { permission, account });
        const own = (Object(actor) as Person).tenant;
        const url = await signing.createViewAsUrl(actor, subject, { reason }).catch((error: unknown) => {
          assert(isOwnError(error));
          seen.add(error.code);
        });
        for (const event of events) {
          assert.match(event.actor ?? '', /^[\w-]{22}$/);
          assert.match(event.subject ?? '', /^[\w-]{22}$/);
          assert.equal(event.reason, reason);
        }
        if (url === undefined) {
          assert(events.every(({ type, outcome }) => type === 'view_as.refused' && outcome !== 'ok'));
          return;
        }
        seen.add('ok');
        assert.deepEqual([events.length, events[0]?.type, events[0]?.outcome], [1, 'view_as.started', 'ok']);
        const { id, tenant } = account as Person;
        assert.deepEqual([id, tenant], [subject, permittedTenant(permission, own)]);
        assert(
          url.startsWith(`https://docs.${tenant === undefined ? 'foo.com' : `${tenant}.example`}/#`),
          url,
        );
        const claims = decodeJwt<{ expiresAt: number; groups: string[] }>(url.slice(url.indexOf('#') + 1));
        assert.deepEqual(claims.groups, [subject]);
        assert.equal(claims.expiresAt, NOW_SECONDS + Math.min(expiresIn ?? Infinity, 900));
        assert(!JSON.stringify(claims).includes(SECRET));
      }),
      { numRuns: 600 },
    );
    expect([...seen].toSorted()).toEqual([
      'invalid_option',
      'ok',
      'unauthenticated',
      'view_as_denied',
      'view_as_invalid',
    ]);
  });
});
