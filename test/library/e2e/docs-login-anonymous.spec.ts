import { expect, it } from '@jest/globals';
import { ForbiddenException, UnauthorizedException, type CanActivate } from '@nestjs/common';
import { describeOnEveryHost } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { createSignerSpy } from '../../support/docs-arrival.support.js';
import { ADA, bearer, createSession } from '../../support/sessions.support.js';

const LOGIN_URL = 'https://acme.example/login';
const TO_LOGIN = `${LOGIN_URL}?returnTo=%2Fdocs-login%3Flogin-attempt%3D1`;

/** A guard that puts a principal on the request, or leaves it out, and then answers. */
function guardThat(answer: boolean | Error, user?: unknown): CanActivate {
  return {
    canActivate: (context) => {
      const request = context.switchToHttp().getRequest<{ user?: unknown }>();
      if (user !== undefined) request.user = user;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

describeOnEveryHost('docs login of an anonymous visitor', ({ boot }) => {
  it('leads to the login page, with nothing for caches, referrers or the body', async () => {
    const host = await boot({ options: { loginUrl: LOGIN_URL } });
    const response = await host.get('/docs-login').expect(302);
    expect(response.get('location')).toBe(TO_LOGIN);
    expect(response.get('cache-control')).toBe('no-store');
    expect(response.get('referrer-policy')).toBe('no-referrer');
    expect(response.text).toBe('');
  });

  it('is 401 without a login page', async () => {
    const host = await boot();
    const response = await host.get('/docs-login').expect(401);
    expect(response.get('location')).toBeUndefined();
    expect(response.get('cache-control')).toBe('no-store');
    expect(response.body).toEqual({ statusCode: 401, message: 'Unauthorized' });
  });

  it('asks neither the claim mapper nor the signer', async () => {
    const signingKey = createSignerSpy();
    const host = await boot({ options: { loginUrl: LOGIN_URL, signingKey } });
    await host.get('/docs-login').expect(302);
    expect(host.map).not.toHaveBeenCalled();
    expect(signingKey.sign).not.toHaveBeenCalled();
  });

  it.each([
    ['has expired', () => createSession(ADA, -1)],
    ['is not a token', () => 'not-a-token'],
    ['is signed with another key', async () => `${(await createSession()).slice(0, -4)}AAAA`],
  ])('is a visitor with a session that %s', async (_, session) => {
    const host = await boot({ options: { loginUrl: LOGIN_URL } });
    const response = await host
      .get('/docs-login', { authorization: `Bearer ${await session()}` })
      .expect(302);
    expect(response.get('location')).toBe(TO_LOGIN);
  });

  it.each([
    ['answers false and knows no one', guardThat(false)],
    ['throws 401', guardThat(new UnauthorizedException())],
    ['throws 403 and knows no one', guardThat(new ForbiddenException())],
    ['answers true and knows no one', guardThat(true)],
    ['answers true and leaves null', guardThat(true, null)],
    ['answers true and leaves false', guardThat(true, false)],
  ])('is a visitor whose guard %s', async (_, guard) => {
    const host = await boot({ options: { loginUrl: LOGIN_URL, handshakes: { jwt: { guards: [guard] } } } });
    const response = await host.get('/docs-login', await bearer()).expect(302);
    expect(response.get('location')).toBe(TO_LOGIN);
    expect(host.map).not.toHaveBeenCalled();
  });

  it.each([
    ['answers true', guardThat(true)],
    ['answers false', guardThat(false)],
    ['throws 403', guardThat(new ForbiddenException())],
  ])('is 401 with a code when the guard %s, knows no one, and there is no login page', async (_, guard) => {
    const host = await boot({ options: { handshakes: { jwt: { guards: [guard] } } } });
    const response = await host.get('/docs-login').expect(401);
    expect(response.body).toEqual({ statusCode: 401, code: 'unauthenticated' });
  });

  it.each([
    ['answers false', guardThat(false, ADA)],
    ['throws 403', guardThat(new ForbiddenException('The plan has no docs.'), ADA)],
  ])('is not a known visitor whom a guard refuses: it %s, and a login would only loop', async (_, guard) => {
    const host = await boot({ options: { loginUrl: LOGIN_URL, handshakes: { jwt: { guards: [guard] } } } });
    const response = await host.get('/docs-login').expect(403);
    expect(response.get('location')).toBeUndefined();
    expect(response.get('cache-control')).toBe('no-store');
    expect(host.map).not.toHaveBeenCalled();
  });

  it('is not a visitor whose guard breaks down', async () => {
    const guard = guardThat(new Error('The session store is away.'));
    const host = await boot({ options: { loginUrl: LOGIN_URL, handshakes: { jwt: { guards: [guard] } } } });
    const response = await host.get('/docs-login').expect(500);
    expect(response.get('location')).toBeUndefined();
    expect(response.text).not.toContain('session store');
  });

  it('records what of a hostile redirect is not brought back', async () => {
    const { auditSink, events } = auditCollector();
    const host = await boot({ options: { auditSink, loginUrl: LOGIN_URL } });
    const response = await host.get('/docs-login?redirect=https://evil.example').expect(302);
    expect(response.get('location')).toBe(TO_LOGIN);
    expect(events).toMatchObject([
      { type: 'redirect.refused', outcome: 'off_origin' },
      { type: 'login.required' },
    ]);
  });

  it('is sent no address that is longer than a redirect to the docs may be', async () => {
    const host = await boot({ options: { loginUrl: LOGIN_URL, maxRedirectUrlLength: 1_000 } });
    const long = await host.get(`/docs-login?redirect=/a&anchor=${'%26'.repeat(1_000)}`).expect(302);
    expect(long.get('location')).toBe(TO_LOGIN);
  });

  it('says once in the log that no guard tells who the visitor is, where none ever does', async () => {
    const host = await boot({
      options: { loginUrl: LOGIN_URL, handshakes: { jwt: { guards: [guardThat(true)] } } },
    });
    const before = host.logs.lines.length;
    for (let visit = 0; visit < 3; visit += 1) await host.get('/docs-login').expect(302);
    const warnings = host.logs.lines.slice(before).filter((line) => line.startsWith('warn'));
    expect(warnings).toEqual([expect.stringContaining('no guard set request.user')]);
  });
});
