import { expect, it } from '@jest/globals';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { TenantSource } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf, type Host } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { ADA, bearer, cookie, type Visitor } from '../../support/sessions.support.js';
import { resolverOf } from '../../support/tenants.support.js';
import { BOTH, DOCS, preflight, SESSION_PATH } from '../../support/user-info.support.js';
import { until } from '../../support/until.support.js';

/** A mapper whose visitors wait until the gate opens. */
function gatedMapper() {
  const waiting: (() => void)[] = [];
  return {
    claimMapper: mapperOf(() => new Promise((resolve) => waiting.push(() => resolve({})))),
    waiting,
    open: () => waiting.splice(0).forEach((resolve) => resolve()),
  };
}

const statusOf = async (answer: Promise<{ status: number }>): Promise<number> => (await answer).status;

describeOnEveryHost('an app with more handshakes at once than it takes', ({ boot }) => {
  const visit = async (host: Host) => host.get('/docs-login', await bearer());

  it('answers those beyond with 503 and Retry-After, and serves the others', async () => {
    const { claimMapper, waiting, open } = gatedMapper();
    const { auditSink, events } = auditCollector();
    const host = await boot({
      options: { claimMapper, auditSink, maxConcurrentHandshakes: 2, mapperTimeoutMs: 60_000 },
    });
    const served = [visit(host), visit(host)].map(statusOf);
    await until(() => waiting.length === 2);
    const refused = await visit(host);
    expect([refused.status, refused.body]).toEqual([503, { statusCode: 503, code: 'overloaded' }]);
    expect(refused.get('retry-after')).toMatch(/^\d+$/);
    expect(refused.get('location')).toBeUndefined();
    expect(events).toMatchObject([{ type: 'login.refused', outcome: 'overloaded' }]);
    open();
    expect(await Promise.all(served)).toEqual([302, 302]);
  });

  it('asks no guard of the app about those beyond', async () => {
    const { claimMapper, waiting, open } = gatedMapper();
    let asked = 0;
    @Injectable()
    class CountingGuard implements CanActivate {
      canActivate(context: ExecutionContext): boolean {
        asked += 1;
        context.switchToHttp().getRequest<{ user: unknown }>().user = { id: 'ada' };
        return true;
      }
    }
    const host = await boot({
      options: {
        claimMapper,
        maxConcurrentHandshakes: 1,
        mapperTimeoutMs: 60_000,
        handshakes: { jwt: { guards: [CountingGuard] } },
      },
    });
    const served = statusOf(visit(host));
    await until(() => waiting.length === 1);
    expect(await statusOf(visit(host))).toBe(503);
    expect(asked).toBe(1);
    open();
    expect(await served).toBe(302);
  });

  it('counts whoever was answered, refused or left no more', async () => {
    const { claimMapper, waiting, open } = gatedMapper();
    const host = await boot({
      options: { claimMapper, maxConcurrentHandshakes: 1, mapperTimeoutMs: 60_000 },
    });
    for (let round = 0; round < 5; round += 1) {
      expect(await statusOf(host.get('/docs-login'))).toBe(401);
      const leaving = new AbortController();
      const left = fetch(`http://127.0.0.1:${host.port}/docs-login`, {
        headers: await bearer(),
        signal: leaving.signal,
      });
      await until(() => waiting.length === 1);
      leaving.abort();
      await expect(left).rejects.toThrow(/abort/i);
      open();
      await until(async () => (await statusOf(host.get('/docs-login'))) === 401);
      const served = statusOf(visit(host));
      await until(() => waiting.length === 1);
      open();
      expect(await served).toBe(302);
      await until(async () => (await statusOf(host.get('/docs-login'))) === 401);
    }
  });

  it('lets the docs page read that it should try again', async () => {
    const { claimMapper, waiting, open } = gatedMapper();
    const host = await boot({
      options: { ...BOTH, claimMapper, maxConcurrentHandshakes: 1, mapperTimeoutMs: 60_000 },
    });
    const ask = async () => host.get(SESSION_PATH, { Origin: DOCS, ...(await cookie()) });
    const served = statusOf(ask());
    await until(() => waiting.length === 1);
    const refused = await ask();
    expect([refused.status, refused.get('access-control-allow-origin')]).toEqual([503, DOCS]);
    expect(refused.get('access-control-expose-headers')).toContain('Retry-After');
    open();
    expect(await served).toBe(200);
  });

  it('asks the tenant source about no origin for those beyond, nor for their preflights', async () => {
    const { claimMapper, waiting, open } = gatedMapper();
    const asked: string[] = [];
    class CountingSource implements TenantSource {
      load = () => Promise.resolve(undefined);
      knowsOrigin(origin: string): Promise<boolean> {
        asked.push(origin);
        return Promise.resolve(true);
      }
    }
    const host = await boot({
      options: {
        ...BOTH,
        claimMapper,
        tenantSource: CountingSource,
        maxConcurrentHandshakes: 2,
        mapperTimeoutMs: 60_000,
      },
    });
    const served = [visit(host), visit(host)].map(statusOf);
    await until(() => waiting.length === 2);
    const origins = Array.from({ length: 50 }, (_, index) => `https://docs-${index}.example`);
    const answers = await Promise.all(
      origins.flatMap((origin) => [
        statusOf(host.get(SESSION_PATH, { Origin: origin })),
        statusOf(preflight(host, SESSION_PATH, origin)),
      ]),
    );
    expect(new Set(answers)).toEqual(new Set([503]));
    expect(asked).toEqual([]);
    open();
    expect(await Promise.all(served)).toEqual([302, 302]);
  });
});

describeOnEveryHost('a tenant with more handshakes at once than it may have', ({ boot }) => {
  it('waits for its own, and the others are served', async () => {
    const { claimMapper, waiting, open } = gatedMapper();
    const { auditSink, events } = auditCollector();
    const host = await boot({
      options: {
        auditSink,
        claimMapper,
        tenants: { slow: {}, quick: {} },
        tenantResolver: resolverOf((visitor) => (visitor as Visitor).id),
        maxConcurrentHandshakesPerTenant: 2,
        mapperTimeoutMs: 60_000,
      },
    });
    const visitAs = async (id: string) => host.get('/docs-login', await bearer({ ...ADA, id }));
    const served = [visitAs('slow'), visitAs('slow')].map(statusOf);
    await until(() => waiting.length === 2);
    const refused = await visitAs('slow');
    expect([refused.status, refused.body, refused.get('retry-after')]).toEqual([
      503,
      { statusCode: 503, code: 'overloaded' },
      '2',
    ]);
    expect(events).toMatchObject([{ outcome: 'overloaded', tenantId: 'slow' }]);
    const quick = statusOf(visitAs('quick'));
    await until(() => waiting.length === 3);
    open();
    expect(await Promise.all([...served, quick])).toEqual([302, 302, 302]);
    const again = [visitAs('slow'), visitAs('slow')].map(statusOf);
    await until(() => waiting.length === 2);
    open();
    expect(await Promise.all(again)).toEqual([302, 302]);
  });
});
