import { expect, it } from '@jest/globals';
import { Controller, Get, type INestApplication } from '@nestjs/common';
import request from 'supertest';
import { describeOnEveryHost, mapperOf, type HostSetup } from '../../support/apps.support.js';
import { BOTH, corsHeaders, DOCS, preflight, ROUTES } from '../../support/user-info.support.js';

type CorsOptions = Parameters<INestApplication['enableCors']>[0];

const EVIL = 'https://evil.example';

@Controller('health')
class HealthController {
  @Get()
  check(): string {
    return 'ok';
  }
}

/** An app whose own CORS is wide open, or closed to the docs. */
const HOSTS: [string, CorsOptions][] = [
  ['no options', undefined],
  ['every origin', { origin: '*' }],
  ['whoever asks, with credentials', { origin: true, credentials: true, exposedHeaders: ['X-Secret'] }],
  [
    'one other origin',
    { origin: EVIL, credentials: true, methods: ['GET', 'POST'], allowedHeaders: ['X-Any'] },
  ],
  ['a list of others', { origin: [EVIL, 'https://other.example'], maxAge: 5 }],
  ['a function', { origin: (_: unknown, done: (e: Error | null, ok: boolean) => void) => done(null, true) }],
  ['nobody', { origin: false }],
];

const withCors = (cors: CorsOptions): HostSetup => ({
  options: BOTH,
  host: { controllers: [HealthController] },
  configure: (app) => app.enableCors(cors),
});

describeOnEveryHost("the app's own CORS", ({ boot }) => {
  it.each(HOSTS)('opens and closes neither route: enableCors() with %s', async (_, cors) => {
    const host = await boot(withCors(cors));
    for (const { route, credentials, isCredentialed } of ROUTES) {
      const names = [
        ...(isCredentialed ? ['access-control-allow-credentials'] : []),
        'access-control-allow-origin',
        'access-control-expose-headers',
      ];
      const known = await host.get(route, { Origin: DOCS, ...(await credentials()) });
      expect([known.status, corsHeaders(known)]).toEqual([200, names]);
      expect(known.headers).toMatchObject({
        'access-control-allow-origin': DOCS,
        'access-control-expose-headers': 'WWW-Authenticate, Retry-After',
      });
      const anonymous = await host.get(route, { Origin: DOCS });
      expect([anonymous.status, corsHeaders(anonymous)]).toEqual([401, names]);
      const allowed = await preflight(host, route, DOCS);
      expect([allowed.status, allowed.get('access-control-allow-origin')]).toEqual([204, DOCS]);
      expect(allowed.get('access-control-allow-methods')).toBe('GET');
      expect(allowed.get('access-control-max-age')).toBe('600');

      const foreign = await host.get(route, { Origin: EVIL, ...(await credentials()) });
      expect([foreign.status, corsHeaders(foreign)]).toEqual([403, []]);
      const refused = await preflight(host, route, EVIL);
      expect([refused.status, corsHeaders(refused)]).toEqual([403, []]);
    }
  });

  it.each(HOSTS)('is as it was on every other route: enableCors() with %s', async (_, cors) => {
    const withUs = await boot(withCors(cors));
    const without = await boot({ ...withCors(cors), options: {} });
    for (const origin of [DOCS, EVIL]) {
      const answers = await Promise.all(
        [withUs, without].flatMap((host) => [
          host.get('/health', { Origin: origin }),
          preflight(host, '/health', origin),
          preflight(host, '/docs/user-info/x', origin),
          preflight(host, '/x/docs/user-info', origin),
        ]),
      );
      const seen = answers.map(({ status, headers }) => {
        const { date: _date, 'keep-alive': _keepAlive, ...rest } = headers as Record<string, string>;
        return { status, rest };
      });
      expect(seen.slice(0, 4)).toEqual(seen.slice(4));
    }
  });

  it('keeps what it says of Vary, and Origin is added once', async () => {
    const host = await boot({
      ...withCors({ origin: true }),
      configure: (app) => {
        app.use(
          (_request: unknown, response: { setHeader(n: string, v: string): void }, next: () => void) => {
            response.setHeader('Vary', 'Accept-Encoding');
            next();
          },
        );
        app.enableCors({ origin: true });
      },
    });
    for (const { route, credentials } of ROUTES) {
      const { headers } = await host.get(route, { Origin: DOCS, ...(await credentials()) });
      const names = String(headers.vary)
        .split(', ')
        .map((name) => name.toLowerCase())
        .sort();
      expect(names).toEqual(['accept-encoding', 'origin']);
    }
  });

  it('leaves a Vary of everything alone', async () => {
    const host = await boot({
      options: BOTH,
      configure: (app) =>
        app.use(
          (_request: unknown, response: { setHeader(n: string, v: string): void }, next: () => void) => {
            response.setHeader('Vary', '*');
            next();
          },
        ),
    });
    const response = await host.get('/docs/user-info', { Origin: DOCS });
    expect(response.get('vary')).toBe('*');
  });

  it('says nothing of what goes wrong in the mapper to others, and lets the docs read it', async () => {
    const host = await boot({
      ...withCors({ origin: true, credentials: true }),
      options: {
        ...BOTH,
        claimMapper: mapperOf(() => {
          throw new Error('canary');
        }),
      },
    });
    for (const { route, credentials } of ROUTES) {
      const answer = await host.get(route, { Origin: DOCS, ...(await credentials()) });
      expect(answer.body).toEqual({ statusCode: 500, code: 'claim_mapper_failed' });
      expect(answer.get('access-control-allow-origin')).toBe(DOCS);
    }
  });

  it('lets nothing of the body through in a preflight', async () => {
    const host = await boot(withCors({ origin: true }));
    const answer = await request(`http://127.0.0.1:${host.port}`)
      .options('/docs/user-info')
      .set({ Origin: DOCS, 'Access-Control-Request-Method': 'POST' })
      .send({ any: 'thing' });
    expect([answer.status, answer.get('access-control-allow-methods'), answer.text]).toEqual([
      204,
      'GET',
      '',
    ]);
  });
});
