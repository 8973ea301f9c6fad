import { expect, it, jest } from '@jest/globals';
import { ForbiddenException, Injectable, Module } from '@nestjs/common';
import { json, raw, type Express } from 'express';
import type { ScalarLookupContext } from 'nestjs-mintlify-personalization';
import { CLOCK } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, describeOnEveryPlatform, mapperOf } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { ADA, type Visitor } from '../../support/sessions.support.js';
import { resolverOf } from '../../support/tenants.support.js';
import { until } from '../../support/until.support.js';
import { postScalar, SCALAR_SECRET, scalarBody, signBody } from '../../support/webhooks.support.js';

const EMAIL = 'ada@acme.example';

/** The accounts of the host app. */
@Injectable()
class Accounts {
  findByEmail(email: string): Visitor | undefined {
    return email === EMAIL ? ADA : undefined;
  }
}

@Module({ providers: [Accounts] })
class AccountsModule {}

const find = (email: string, { get }: ScalarLookupContext): unknown => get(Accounts).findByEmail(email);
const SCALAR = { secrets: [SCALAR_SECRET], findPrincipal: find };
const HOST = { imports: [AccountsModule] };

describeOnEveryHost("Scalar's hook", ({ boot }) => {
  async function bootScalar(scalar: Partial<typeof SCALAR> & Record<string, unknown> = {}) {
    const { auditSink, events } = auditCollector();
    const host = await boot({
      options: { handshakes: { jwt: false, scalar: { ...SCALAR, ...scalar } }, auditSink },
      host: HOST,
    });
    return { host, events };
  }

  it('gets the user of an email address from the same mapper, and one event is recorded', async () => {
    const findPrincipal = jest.fn(find);
    const { host, events } = await bootScalar({ findPrincipal });
    const nowSeconds = Math.floor(Date.now() / 1_000);
    const answer = await postScalar(host, scalarBody(EMAIL));
    expect([answer.status, answer.body]).toEqual([
      200,
      { expiresAt: expect.any(Number), groups: ADA.roles, content: { firstName: 'Ada' } },
    ]);
    const { expiresAt } = answer.body as { expiresAt: number };
    expect(expiresAt).toBeGreaterThanOrEqual(nowSeconds + 900);
    expect(expiresAt).toBeLessThan(nowSeconds + 960);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(findPrincipal).toHaveBeenCalledWith(
      EMAIL,
      expect.objectContaining({
        host: 'docs.acme.example',
        projectId: 'p-1',
        signal: expect.any(AbortSignal),
      }),
    );
    await until(() => events.length > 0);
    expect(events).toMatchObject([
      {
        type: 'user_info.served',
        handshake: 'scalar',
        outcome: 'ok',
        subject: expect.any(String),
        groupCount: 2,
      },
    ]);
  });

  it('gets 204 for someone unknown, and for someone whom the mapper refuses', async () => {
    const { auditSink, events } = auditCollector();
    const host = await boot({
      options: {
        handshakes: { jwt: false, scalar: SCALAR },
        auditSink,
        claimMapper: mapperOf(() => {
          throw new ForbiddenException();
        }),
      },
      host: HOST,
    });
    for (const email of ['eve@acme.example', EMAIL]) {
      const answer = await postScalar(host, scalarBody(email));
      expect([email, answer.status, answer.text]).toEqual([email, 204, '']);
    }
    await until(() => events.length > 1);
    expect(events).toMatchObject([
      { type: 'user_info.refused', outcome: 'unauthenticated' },
      { type: 'user_info.refused', outcome: 'visitor_refused', subject: expect.any(String) },
    ]);
  });

  it('reads its secrets from a provider, and takes either while they are rotated', async () => {
    const [old, next] = [`whsec_${'a'.repeat(32)}`, `whsec_${'b'.repeat(32)}`] as const;
    const { host } = await bootScalar({
      secrets: ((app: { get: (token: unknown) => object }) =>
        Promise.resolve(app.get(Accounts) instanceof Accounts ? [next] : [])) as never,
    });
    const body = scalarBody(EMAIL);
    const statusOf = async (secrets: string[]): Promise<number> =>
      (await postScalar(host, body, { headers: { 'scalar-signature': signBody(body, { secrets }) } })).status;
    expect([await statusOf([old]), await statusOf([next]), await statusOf([old, next])]).toEqual([
      401, 200, 200,
    ]);
  });

  it.each([
    [undefined, /handshakes\.scalar\.secrets is missing/],
    [[], /handshakes\.scalar\.secrets must be a list of 1 to 5 secrets/],
    [[SCALAR_SECRET, undefined], /handshakes\.scalar\.secrets\[1\] is missing/],
    [
      ['sk_0123456789abcdef0123456789'],
      /secrets\[0\] must be a string of at least 22 characters that starts with whsec_/,
    ],
    [() => ['whsec_short'], /secrets\[0\] must be a string of at least 22 characters/],
  ])('does not start with the secrets %p', async (secrets, message) => {
    await expect(bootScalar({ secrets: secrets as string[] })).rejects.toThrow(message);
  });

  it('gets what a mapper of the tenant gives, and nothing that Scalar would drop: all of it is named', async () => {
    const groups = [...Array.from({ length: 98 }, (_, index) => `g${index}`), 'a b', 'x'.repeat(65)];
    const { auditSink, events } = auditCollector();
    const host = await boot({
      options: {
        handshakes: { jwt: false, scalar: { ...SCALAR, findPrincipal: (email) => email.split('@')[0] } },
        auditSink,
        tenants: { acme: {} },
        tenantResolver: resolverOf(() => 'acme'),
        claimMapper: mapperOf((visitor: unknown) => {
          if ((visitor as string) === 'groups') return { groups: [...groups, 'one-more'] };
          if ((visitor as string) === 'ok') return { groups: groups.slice(0, 98) };
          return {
            expiresAt: Math.floor(Date.now() / 1_000) + 1_000,
            groups: groups.slice(0, 99),
            content: { long: { text: 'x'.repeat(4_097) }, ['k'.repeat(65)]: 1 },
            apiPlaygroundInputs: { header: { 'x-count': 3 } },
          };
        }),
      },
    });
    expect((await postScalar(host, scalarBody('ok@acme.example'))).status).toBe(200);
    for (const email of ['groups@acme.example', 'all@acme.example']) {
      const answer = await postScalar(host, scalarBody(email));
      expect([answer.status, answer.body]).toEqual([500, { statusCode: 500, code: 'invalid_user' }]);
    }
    for (const place of [
      'groups: has 101 groups; the maximum is 100',
      'expiresAt: is more than 15 minutes',
    ]) {
      expect(host.logs.text).toContain(place);
    }
    for (const path of [
      'groups[98]',
      'content.long.text',
      'content["kkkk',
      'apiPlaygroundInputs.header["x-count"]',
    ]) {
      expect(host.logs.text).toContain(path);
    }
    await until(() => events.length > 2);
    expect(events.map(({ outcome, tenantId }) => [outcome, tenantId])).toEqual([
      ['ok', 'acme'],
      ['invalid_user', 'acme'],
      ['invalid_user', 'acme'],
    ]);
  });
});

describeOnEveryPlatform("a request for Scalar's hook", ({ boot, platform }) => {
  const options = { handshakes: { jwt: false as const, scalar: SCALAR } };

  it.each<[string, Parameters<typeof boot>[0]]>([
    ["Nest's parser", {}],
    ["Nest's parser with rawBody", { isRawBodyKept: true }],
    ['no parser', { isBodyParsed: false }],
    [
      "the host's own parser",
      {
        isBodyParsed: false,
        configure: (app) => {
          const instance = app.getHttpAdapter().getInstance() as Express & { addContentTypeParser: Function };
          if (platform === 'Express') instance.use(json());
          else {
            instance.addContentTypeParser(
              /json/,
              { parseAs: 'string' },
              (_: unknown, body: string, done: Function) => done(null, JSON.parse(body)),
            );
          }
        },
      },
    ],
    [
      'a parser that waits before it reads, and gives bytes',
      {
        isBodyParsed: false,
        configure: (app) => {
          const instance = app.getHttpAdapter().getInstance() as Express & { addHook: Function };
          if (platform === 'Express') {
            instance.use((_request, _response, next) => void setTimeout(next, 20));
            instance.use(raw({ type: () => true }));
          } else
            instance.addHook(
              'onRequest',
              (_: unknown, __: unknown, done: () => void) => void setTimeout(done, 20),
            );
        },
      },
    ],
  ])('is verified over its bytes, in one piece or many, with %s', async (_, setup) => {
    const host = await boot({ ...setup, options, host: HOST });
    const body = scalarBody(EMAIL, { note: 'ü €  \\u00e4' });
    for (const isChunked of [false, true]) {
      expect((await postScalar(host, body, { isChunked })).status).toBe(200);
      const headers = { 'scalar-signature': signBody(JSON.stringify(JSON.parse(body))) };
      expect((await postScalar(host, body, { isChunked, headers })).body).toEqual({
        statusCode: 401,
        code: 'invalid_signature',
      });
    }
  });

  it('is refused without a valid signature of now, and nothing is looked up', async () => {
    const findPrincipal = jest.fn(() => ADA);
    const { auditSink, events } = auditCollector();
    const host = await boot({
      options: { handshakes: { jwt: false, scalar: { ...SCALAR, findPrincipal } }, auditSink },
    });
    const body = scalarBody(EMAIL);
    const now = Math.floor(Date.now() / 1_000);
    const good = signBody(body);
    const signatures = [
      '',
      'v1=00',
      good.replace('v1=', 'v0='),
      good.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      `${good},t=${now}`,
      good.replace(/^t=\d+/, `t=${now - 1}`),
      signBody(body, { timestamp: now - 310 }),
      signBody(body, { timestamp: now + 310 }),
      signBody(body, { secrets: [SCALAR_SECRET.slice('whsec_'.length)] }),
      signBody(`${body} `),
    ];
    for (const signature of signatures) {
      const answer = await postScalar(host, body, { headers: { 'scalar-signature': signature } });
      expect([signature, answer.status, answer.body]).toEqual([
        signature,
        401,
        { statusCode: 401, code: 'invalid_signature' },
      ]);
    }
    expect(findPrincipal).not.toHaveBeenCalled();
    await until(() => events.length === signatures.length);
    expect(new Set(events.map(({ type, outcome }) => `${type} ${outcome}`))).toEqual(
      new Set(['user_info.refused invalid_signature']),
    );
    for (const secret of [SCALAR_SECRET, good.slice(-64), EMAIL])
      expect(host.logs.text).not.toContain(secret);
  });

  it('is taken up to 300 seconds off, either way, by the clock of the library', async () => {
    const host = await boot({ options, host: HOST });
    const clock = host.app.get<{ now: () => number }>(CLOCK, { strict: false });
    const now = Math.floor(Date.now() / 1_000);
    const now$ = jest.spyOn(clock, 'now').mockReturnValue(now * 1_000 + 999);
    try {
      const statuses = [];
      for (const offset of [-301, -300, 300, 301]) {
        const timestamp = now + offset;
        const body = scalarBody(EMAIL, { timestamp });
        const headers = { 'scalar-signature': signBody(body, { timestamp }) };
        statuses.push((await postScalar(host, body, { headers })).status);
      }
      expect(statuses).toEqual([401, 200, 200, 401]);
    } finally {
      now$.mockRestore();
    }
  });

  it('is refused if it is signed and no question of Scalar', async () => {
    const host = await boot({ options, host: HOST });
    const question = { email: EMAIL, host: 'docs.acme.example' };
    expect((await postScalar(host, JSON.stringify(question))).status).toBe(200);
    const bodies = [
      '',
      'null',
      '[]',
      '{',
      Buffer.of(0x22, 0xff, 0x22),
      JSON.stringify({ ...question, type: 'user.deleted' }),
      JSON.stringify({ ...question, email: 'ada' }),
      JSON.stringify({ ...question, email: 'a@b\n' }),
      JSON.stringify({ ...question, email: ['a@b'] }),
      JSON.stringify({ ...question, host: '' }),
      scalarBody(EMAIL, { timestamp: 1_770_000_000 }),
    ];
    const timestamp = Math.floor(Date.now() / 1_000);
    for (const body of bodies) {
      const headers = { 'scalar-signature': signBody(body, { timestamp }) };
      const { status } = await postScalar(host, body, { headers });
      expect([String(body), status]).toEqual([String(body), 400]);
    }
  });

  it('is refused if it is too large, compressed or no JSON, before any of it is looked at', async () => {
    const findPrincipal = jest.fn(() => ADA);
    const host = await boot({
      options: { handshakes: { jwt: false, scalar: { ...SCALAR, findPrincipal } } },
    });
    const large = scalarBody(EMAIL, { note: 'x'.repeat(65_536) });
    const body = scalarBody(EMAIL);
    const statuses = [
      (await postScalar(host, large)).status,
      (await postScalar(host, body, { headers: { 'Content-Encoding': 'gzip' } })).status,
      (await postScalar(host, body, { headers: { 'Content-Type': 'text/plain' } })).status,
      (await host.get('/docs/scalar-user-info')).status,
    ];
    expect(statuses).toEqual([413, 415, 415, 404]);
    expect(findPrincipal).not.toHaveBeenCalled();
  });

  it('gets 503 when the account is not found in time, and 500 when looking it up fails', async () => {
    const signals: AbortSignal[] = [];
    const findPrincipal = (email: string, { signal }: ScalarLookupContext): unknown => {
      signals.push(signal);
      if (email.startsWith('never')) return new Promise(() => undefined);
      throw new Error('topsecret');
    };
    const host = await boot({
      options: { handshakes: { jwt: false, scalar: { ...SCALAR, findPrincipal, timeoutMs: 30 } } },
    });
    const late = await postScalar(host, scalarBody('never@acme.example'));
    expect([late.status, late.body, late.headers['retry-after']]).toEqual([
      503,
      { statusCode: 503, code: 'webhook_timeout' },
      '2',
    ]);
    expect(signals[0]?.aborted).toBe(true);
    const failed = await postScalar(host, scalarBody(EMAIL));
    expect([failed.status, failed.body]).toEqual([500, { statusCode: 500, code: 'principal_failed' }]);
    expect(host.logs.text).not.toContain('topsecret');
  });
});
