import { expect, it } from '@jest/globals';
import { UnauthorizedException } from '@nestjs/common';
import { assert, asyncProperty, constantFrom, string } from 'fast-check';
import { describeOnEveryHost, mapperOf, type Host } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { readArrival } from '../../support/docs-arrival.support.js';
import { bearer, cookie } from '../../support/sessions.support.js';
import { resolverOf } from '../../support/tenants.support.js';
import { until } from '../../support/until.support.js';

const LOGIN_URL = 'https://acme.example/login';
const BROWSER = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

/** The way back that the login page gets. */
const returnToOf = (location: string | undefined): string =>
  new URL(location ?? '', LOGIN_URL).searchParams.get('returnTo') ?? '';

/** Goes to the login page and back without a login, a number of times, and gives the way back of the last one. */
async function comeBack(host: Host, path: string, times: number): Promise<string> {
  let next = path;
  for (let time = 0; time <= times; time += 1) {
    const answer = await host.get(next, BROWSER).expect(302);
    next = returnToOf(answer.get('location'));
  }
  return next;
}

describeOnEveryHost('a visitor who comes back from the login page without a login', ({ boot }) => {
  it('gets a page that says what is wrong, the second time', async () => {
    const { auditSink, events } = auditCollector();
    const host = await boot({ options: { loginUrl: LOGIN_URL, auditSink } });
    const last = await comeBack(host, '/docs-login?redirect=/secret-page&anchor=a', 1);
    events.splice(0);
    const answer = await host.get(last, BROWSER);
    expect([answer.status, answer.get('location')]).toEqual([401, undefined]);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy':
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    });
    for (const cause of ['singlePageApp', 'SameSite', 'handshakes.jwt.principal']) {
      expect(answer.text).toContain(cause);
    }
    expect(answer.text).not.toMatch(/<script|style=|secret-page|eyJ|https?:/);
    await until(() => events.length > 0);
    expect(events).toMatchObject([{ type: 'login.refused', handshake: 'jwt', outcome: 'login_loop' }]);
    expect(host.map).not.toHaveBeenCalled();
  });

  it('is a warning in the log, once', async () => {
    const host = await boot({ options: { loginUrl: LOGIN_URL } });
    const last = await comeBack(host, '/docs-login', 1);
    for (let time = 0; time < 3; time += 1) await host.get(last, BROWSER).expect(401);
    const warnings = host.logs.lines.filter((line) => line.includes('came back from loginUrl twice'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('set handshakes.jwt.singlePageApp');
  });

  it('ends for an account that the mapper refuses with 401, whose session is valid', async () => {
    const claimMapper = mapperOf(() => {
      throw new UnauthorizedException('This account is gone.');
    });
    const host = await boot({ options: { loginUrl: LOGIN_URL, claimMapper } });
    let next = '/docs-login?redirect=/a';
    const headers = { ...BROWSER, ...(await cookie()) };
    for (const _attempt of [1, 2]) {
      next = returnToOf((await host.get(next, headers).expect(302)).get('location'));
    }
    const answer = await host.get(next, headers).expect(401);
    expect(answer.text).toContain('Throw 403');
    expect(host.logs.text).toContain('Throw 403 for an account that may not log in');
  });

  it('is counted where the login page leaves a question mark of the page as it is', async () => {
    const host = await boot({ options: { loginUrl: LOGIN_URL } });
    const answer = await host.get('/docs-login?redirect=/a?b=c&login-attempt=2', BROWSER);
    expect(answer.status).toBe(401);
  });

  it('gets JSON where it asks for no page', async () => {
    const host = await boot({ options: { loginUrl: LOGIN_URL } });
    const last = await comeBack(host, '/docs-login', 1);
    for (const accept of ['application/json', '*/*']) {
      const answer = await host.get(last, { Accept: accept });
      expect([answer.status, answer.body]).toEqual([401, { statusCode: 401, code: 'login_loop' }]);
    }
  });

  it.each([0, 1])(
    'is logged in where the login was finished after %d times, and the docs see no count',
    async (times) => {
      const host = await boot({ options: { loginUrl: LOGIN_URL } });
      const way = await comeBack(host, '/docs-login?redirect=/a%3Fb=c&anchor=d', times);
      for (const session of [await cookie(), await bearer()]) {
        const answer = await host.get(way, { ...BROWSER, ...session }).expect(302);
        const { token: _token, ...arrival } = readArrival(answer.get('location'));
        expect(arrival).toEqual({ page: 'https://docs.acme.example/a?b=c', anchor: 'd' });
      }
    },
  );

  it('is logged in by the same address later', async () => {
    const host = await boot({ options: { loginUrl: LOGIN_URL } });
    const last = await comeBack(host, '/docs-login?redirect=/a', 1);
    await host.get(last, BROWSER).expect(401);
    const answer = await host.get(last, { ...BROWSER, ...(await cookie()) }).expect(302);
    expect(readArrival(answer.get('location')).page).toBe('https://docs.acme.example/a');
  });

  it('is counted for each tenant with a login page, and stays 401 for one without', async () => {
    const host = await boot({
      options: {
        tenants: { acme: { loginUrl: LOGIN_URL } },
        tenantResolver: resolverOf(
          (_, request) => (request as { headers: Record<string, string> }).headers['x-tenant'],
        ),
      },
    });
    const headers = { ...BROWSER, 'X-Tenant': 'acme' };
    const answers = ['', '?login-attempt=1', '?login-attempt=2'].map((query) =>
      host.get(`/docs-login${query}`, headers),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([302, 302, 401]);
    const other = await host.get('/docs-login?login-attempt=2', BROWSER);
    expect([other.status, other.get('content-type')]).toEqual([401, 'application/json; charset=utf-8']);
  });

  it('is counted by the library alone: any other value starts again, and leads to the login page', async () => {
    const host = await boot({ options: { loginUrl: LOGIN_URL } });
    await assert(
      asyncProperty(
        constantFrom(
          '0',
          '3',
          '22',
          '02',
          '-1',
          '1e0',
          '２',
          'true',
          '1&login-attempt=2',
          '2&login-attempt=2',
        ),
        string({ maxLength: 3 }),
        async (value, more) => {
          const query = value.includes('&') ? value : value + encodeURIComponent(more.replaceAll(/\d/g, ''));
          const answer = await host.get(`/docs-login?login-attempt=${query}`, BROWSER).expect(302);
          expect(returnToOf(answer.get('location'))).toBe('/docs-login?login-attempt=1');
        },
      ),
      { numRuns: 20 },
    );
  });
});
