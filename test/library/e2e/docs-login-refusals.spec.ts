import { expect, it, jest } from '@jest/globals';
import request from 'supertest';
import { describeOnEveryHost, type Host } from '../../support/apps.support.js';
import { createSignerSpy } from '../../support/docs-arrival.support.js';
import { bearer } from '../../support/sessions.support.js';

const LOGIN_URL = 'https://acme.example/login';

describeOnEveryHost('docs login refuses what is no visitor on the way', ({ boot }) => {
  /** Asks with a session and without one, and expects the same refusal: no mapping, no signing, no login. */
  async function expectRefusal(
    status: number,
    ask: (host: Host, session: Record<string, string>) => request.Test,
  ): Promise<request.Response[]> {
    const signingKey = createSignerSpy();
    const host = await boot({ options: { loginUrl: LOGIN_URL, signingKey } });
    const answers: request.Response[] = [];
    for (const session of [await bearer(), {}]) {
      const response = await ask(host, session).expect(status);
      expect(response.get('location')).toBeUndefined();
      answers.push(response);
    }
    expect(host.map).not.toHaveBeenCalled();
    expect(signingKey.sign).not.toHaveBeenCalled();
    return answers;
  }

  it('HEAD is 405 and says what is allowed', async () => {
    const answers = await expectRefusal(405, (host, session) =>
      request(`http://127.0.0.1:${host.port}`).head('/docs-login').set(session),
    );
    for (const response of answers) {
      expect(response.get('allow')).toBe('GET');
      expect(response.get('cache-control')).toBe('no-store');
    }
  });

  it.each(['post', 'put', 'patch', 'delete'] as const)('%s is 404', async (method) => {
    const answers = await expectRefusal(404, (host, session) =>
      request(`http://127.0.0.1:${host.port}`)[method]('/docs-login').set(session),
    );
    for (const response of answers) expect(response.body).toMatchObject({ error: 'Not Found' });
  });

  it.each([
    ['Sec-Purpose', 'prefetch'],
    ['Sec-Purpose', 'prefetch;prerender'],
    ['Sec-Purpose', 'prefetch;anonymous-client-ip'],
    ['Sec-Purpose', 'prerender'],
    ['Purpose', 'prefetch'],
    ['Purpose', 'Prefetch'],
    ['X-Purpose', 'preview'],
    ['X-Moz', 'prefetch'],
  ])('a prefetch or prerender is 503: %s: %s', async (name, value) => {
    const answers = await expectRefusal(503, (host, session) =>
      host.get('/docs-login', { ...session, [name]: value }),
    );
    for (const response of answers) expect(response.get('cache-control')).toBe('no-store');
  });

  it.each([
    'iframe',
    'frame',
    'embed',
    'object',
    'fencedframe',
    'image',
    'script',
    'style',
    'empty',
    'report',
    'x',
  ])('anything but a document is 403: %s', async (dest) => {
    const answers = await expectRefusal(403, (host, session) =>
      host.get('/docs-login', { ...session, 'Sec-Fetch-Dest': dest, 'Sec-Fetch-Mode': 'no-cors' }),
    );
    for (const response of answers) expect(response.get('cache-control')).toBe('no-store');
  });

  it('asks no guard of the handshake who it is', async () => {
    const canActivate = jest.fn(() => true);
    const host = await boot({ options: { handshakes: { jwt: { guards: [{ canActivate }] } } } });
    await host.get('/docs-login', { 'Sec-Purpose': 'prefetch' }).expect(503);
    expect(canActivate).not.toHaveBeenCalled();
  });

  it.each([
    ['a document', { 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-User': '?1' }],
    ['a visit from another site', { 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Site': 'cross-site' }],
    ['a page that the user opened early', { 'Sec-Purpose': '', Purpose: 'navigate' }],
    ['a browser without such headers', {}],
  ])('lets %s pass', async (_, headers) => {
    const host = await boot({ options: { loginUrl: LOGIN_URL } });
    await host.get('/docs-login', { ...headers, ...(await bearer()) }).expect(302);
    expect(host.map).toHaveBeenCalledTimes(1);
  });
});
