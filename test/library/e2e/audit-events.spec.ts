import { describe, expect, it } from '@jest/globals';
import { Injectable, UnauthorizedException, type CanActivate } from '@nestjs/common';
import type { AuditEvent, AuditSink, MintlifyPersonalizationOptions } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { errorOf, startSigning } from '../../support/modules.support.js';
import { ADA, bearer, cookie } from '../../support/sessions.support.js';
import { resolverOf } from '../../support/tenants.support.js';
import { BOTH, DOCS, OAUTH_PATH, SESSION_PATH } from '../../support/user-info.support.js';
import { until } from '../../support/until.support.js';

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const HASH = /^[\w-]{22}$/;

/** What an event says, less its time and its duration, which are looked at here. */
function read({ occurredAt, durationMs = 1, ...rest }: AuditEvent) {
  expect(occurredAt).toMatch(ISO_TIME);
  expect(durationMs).toBeGreaterThan(0);
  return rest;
}

describeOnEveryHost('an audit event', ({ boot }) => {
  const bootWatched = async (options: Partial<MintlifyPersonalizationOptions> = {}) => {
    const { auditSink, events } = auditCollector();
    const host = await boot({ options: { auditSink, ...options } });
    return { host, events };
  };

  it('says of a login who it was, for which docs, with which key, and nothing else', async () => {
    const { host, events } = await bootWatched({ keyId: '2026-11' });
    await host.get('/docs-login?redirect=/quickstart', await bearer()).expect(302);
    expect(events.map(read)).toEqual([
      {
        type: 'login.succeeded',
        handshake: 'jwt',
        outcome: 'ok',
        subject: expect.stringMatching(HASH),
        groupCount: 2,
        keyId: '2026-11',
      },
    ]);
    expect(events[0]?.durationMs).toBeDefined();
  });

  it('knows a visitor again by a keyed hash, and two visitors apart', async () => {
    const audit = { subjectKey: 'k'.repeat(32) };
    const { host, events } = await bootWatched({ audit });
    const again = await bootWatched({ audit });
    for (const each of [host, again.host]) await each.get('/docs-login', await bearer()).expect(302);
    await host.get('/docs-login', await bearer({ ...ADA, id: 'grace' })).expect(302);
    const [first, second] = events.map(({ subject }) => subject);
    expect(again.events[0]?.subject).toBe(first);
    expect(second).not.toBe(first);
    const other = await bootWatched({ audit: { subjectKey: 'l'.repeat(32) } });
    await other.host.get('/docs-login', await bearer()).expect(302);
    expect(other.events[0]?.subject).not.toBe(first);
  });

  it('knows a visitor by what the option says, and by nothing where that fails', async () => {
    const bySubject = async (subject: (principal: never) => string | undefined) => {
      const { host, events } = await bootWatched({ audit: { subject, subjectKey: 'k'.repeat(32) } });
      await host.get('/docs-login', await bearer()).expect(302);
      return events[0]?.subject;
    };
    const byName = await bySubject(({ firstName }: { firstName: string }) => firstName);
    expect(byName).toMatch(HASH);
    expect(await bySubject(({ id }: { id: string }) => id)).not.toBe(byName);
    expect(await bySubject(() => undefined)).toBeUndefined();
    expect(
      await bySubject(() => {
        throw new Error('canary');
      }),
    ).toBeUndefined();
  });

  it.each([
    ['is sent to the login', { loginUrl: '/login' }, 302, 'login.required'],
    ['is answered with 401', {}, 401, 'login.refused'],
  ])('says that an anonymous visitor %s', async (_, options, status, type) => {
    const { host, events } = await bootWatched(options);
    await host.get('/docs-login').expect(status);
    expect(events.map(read)).toEqual([{ type, handshake: 'jwt', outcome: 'unauthenticated' }]);
  });

  it('says why a redirect was refused, and not what it was', async () => {
    const { host, events } = await bootWatched();
    await host.get('/docs-login?redirect=https://canary.example/', await bearer()).expect(302);
    expect(events.map(({ type, outcome }) => [type, outcome])).toEqual([
      ['redirect.refused', 'off_origin'],
      ['login.succeeded', 'ok'],
    ]);
    expect(JSON.stringify(events)).not.toContain('canary');
  });

  it.each<[string, Partial<MintlifyPersonalizationOptions>, string]>([
    [
      'mapper throws',
      { claimMapper: mapperOf(() => Promise.reject(new Error('canary'))) },
      'claim_mapper_failed',
    ],
    ['user is invalid', { claimMapper: mapperOf(() => ({ role: 'canary' })) }, 'invalid_user'],
    [
      'tenant is unknown',
      { tenantResolver: resolverOf(() => 'nobody'), tenants: { acme: {} } },
      'unknown_tenant',
    ],
  ])('says why a login failed: %s', async (_, options, outcome) => {
    const { host, events } = await bootWatched(options);
    await host.get('/docs-login', await bearer());
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ type: 'login.refused', outcome, subject: expect.stringMatching(HASH) });
    expect(JSON.stringify(events)).not.toContain('canary');
  });

  it('names the tenant of the visitor', async () => {
    const { host, events } = await bootWatched({
      tenantResolver: resolverOf(() => 'acme'),
      tenants: { acme: {} },
    });
    await host.get('/docs-login', await bearer()).expect(302);
    expect(events).toMatchObject([{ type: 'login.succeeded', tenantId: 'acme' }]);
  });

  it.each([
    ['HEAD', {}, 'http_405'],
    ['GET', { 'Sec-Purpose': 'prefetch' }, 'http_503'],
    ['GET', { 'Sec-Fetch-Dest': 'iframe' }, 'http_403'],
  ])('says that no visitor was going anywhere: %s %j', async (method, headers, outcome) => {
    const { host, events } = await bootWatched();
    await fetch(`http://127.0.0.1:${host.port}/docs-login`, { method, headers: { ...headers } });
    expect(events.map(read)).toEqual([{ type: 'login.refused', handshake: 'jwt', outcome }]);
  });

  it('says of a user-info route what it served and what it refused', async () => {
    const { host, events } = await bootWatched(BOTH);
    await host.get(SESSION_PATH, { Origin: DOCS, ...(await cookie()) }).expect(200);
    await host.get(OAUTH_PATH, { Origin: DOCS, Authorization: 'Bearer ada' }).expect(200);
    await host.get(SESSION_PATH, { Origin: DOCS }).expect(401);
    await host.get(OAUTH_PATH, { Origin: 'https://evil.example', Authorization: 'Bearer ada' }).expect(403);
    expect(
      events.map(({ type, handshake, outcome, groupCount }) => [type, handshake, outcome, groupCount]),
    ).toEqual([
      ['user_info.served', 'shared-session', 'ok', 2],
      ['user_info.served', 'oauth', 'ok', 2],
      ['user_info.refused', 'shared-session', 'unauthenticated', undefined],
      ['user_info.refused', 'oauth', 'origin_not_allowed', undefined],
    ]);
  });

  it('is one for each request, also when the visitor does not wait for the answer', async () => {
    let finish: ((user: object) => void) | undefined;
    const claimMapper = mapperOf(() => new Promise<object>((resolve) => (finish = resolve)));
    const { host, events } = await bootWatched({ claimMapper, mapperTimeoutMs: 60_000 });
    const leaving = new AbortController();
    const left = fetch(`http://127.0.0.1:${host.port}/docs-login`, {
      headers: await bearer(),
      signal: leaving.signal,
    });
    await until(() => finish !== undefined);
    leaving.abort();
    await expect(left).rejects.toThrow(/abort/i);
    await until(() => events.length > 0);
    finish?.({});
    await host.get('/docs-login').expect(401);
    expect(events.map(({ type, outcome }) => [type, outcome])).toEqual([
      ['login.refused', 'client_closed'],
      ['login.refused', 'unauthenticated'],
    ]);
  });

  it('is recorded where a guard of the whole app refuses, too', async () => {
    @Injectable()
    class NobodyGuard implements CanActivate {
      canActivate(): never {
        throw new UnauthorizedException();
      }
    }
    const { auditSink, events } = auditCollector();
    const host = await boot({
      options: { auditSink },
      configure: (app) => app.useGlobalGuards(new NobodyGuard()),
    });
    await host.get('/docs-login').expect(401);
    expect(events.map(read)).toEqual([
      { type: 'login.refused', handshake: 'jwt', outcome: 'unauthenticated' },
    ]);
  });

  it('is one line of JSON in the log without a sink, and a warning where something was refused', async () => {
    const host = await boot();
    await host.get('/docs-login?redirect=//evil.example', await bearer()).expect(302);
    const lines = host.logs.lines
      .filter((line) => line.endsWith(' MintlifyAudit'))
      .map((line) => /^(\w+) (\{.*\}) MintlifyAudit$/.exec(line))
      .map((found) => [found?.[1], (JSON.parse(found?.[2] ?? '') as AuditEvent).type]);
    expect(lines).toEqual([
      ['warn', 'redirect.refused'],
      ['log', 'login.succeeded'],
    ]);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('canary');
      },
    ],
    ['rejects', () => Promise.reject(new Error('canary'))],
  ])('goes to the log and harms no request when the sink %s', async (_, fail) => {
    @Injectable()
    class FailingAuditSink implements AuditSink {
      record = fail;
    }
    const host = await boot({ options: { auditSink: FailingAuditSink } });
    await host.get('/docs-login', await bearer()).expect(302);
    await until(() => host.logs.text.includes('login.succeeded'));
    expect(host.logs.text).toContain('The audit sink failed');
    expect(host.logs.text).not.toContain('canary');
  });
});

describe('an audit sink', () => {
  it('is a class with record()', async () => {
    class WithoutRecord {
      write(): void {}
    }
    const options = { auditSink: WithoutRecord } as unknown as Partial<MintlifyPersonalizationOptions>;
    expect(await errorOf(() => startSigning(options))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(/auditSink has no record\(\) method/),
    });
  });
});
