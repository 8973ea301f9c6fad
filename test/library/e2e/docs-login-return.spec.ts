import { expect, it } from '@jest/globals';
import { describeOnEveryHost } from '../../support/apps.support.js';
import { readArrival } from '../../support/docs-arrival.support.js';
import { bearer } from '../../support/sessions.support.js';
import { sendRaw } from '../../support/wire.support.js';

const LOGIN_URL = 'https://acme.example/login';

/** The way back that a login page at `LOGIN_URL` is handed, without the count of attempts at its end. */
function readReturnTo(location: string | undefined, parameter = 'returnTo'): string {
  const returnTo = new URL(location ?? '', LOGIN_URL).searchParams.get(parameter) ?? '';
  return returnTo.replace(/[?&]login-attempt=1$/, '');
}

describeOnEveryHost('the way back from the login page', ({ boot }) => {
  it.each([
    ['redirect=/quickstart&anchor=step-one', '/quickstart', 'step-one'],
    ['redirect=%2Fquickstart%23step-one', '/quickstart', 'step-one'],
    ['redirect=%2Fapi%3Fa%3D1%26b%3D%2526&anchor=%E6%89%8B%20%26', '/api?a=1&b=%26', '手 &'],
    ['anchor=step-one', '/', 'step-one'],
    ['', '/', undefined],
  ])('leads, once logged in, to the page and the anchor: %s', async (query, page, anchor) => {
    const host = await boot({ options: { loginUrl: LOGIN_URL } });
    const anonymous = await host.get(`/docs-login?${query}`).expect(302);
    const known = await host.get(readReturnTo(anonymous.get('location')), await bearer()).expect(302);
    expect(readArrival(known.get('location'))).toMatchObject({
      page: `https://docs.acme.example${page}`,
      anchor,
    });
  });

  it.each([
    ['https://acme.example/login', 'https://acme.example/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1'],
    ['https://acme.example', 'https://acme.example/?returnTo=%2Fdocs-login%3Flogin-attempt%3D1'],
    [
      'https://id.example/auth?client=7&ui=a%20b',
      'https://id.example/auth?client=7&ui=a+b&returnTo=%2Fdocs-login%3Flogin-attempt%3D1',
    ],
    [
      'https://acme.example/login?returnTo=%2Fhome',
      'https://acme.example/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1',
    ],
    [
      'https://acme.example/#/login',
      'https://acme.example/#/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1',
    ],
    ['/#/login', '/#/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1'],
    ['/app#!/login?theme=dark', '/app#!/login?theme=dark&returnTo=%2Fdocs-login%3Flogin-attempt%3D1'],
    ['http://localhost:4200/login', 'http://localhost:4200/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1'],
    ['/login', '/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1'],
    ['/login?from=docs', '/login?from=docs&returnTo=%2Fdocs-login%3Flogin-attempt%3D1'],
  ])('is added to %s', async (loginUrl, location) => {
    const host = await boot({ options: { loginUrl } });
    const response = await host.get('/docs-login').expect(302);
    expect(response.get('location')).toBe(location);
  });

  it('has the name that the login page reads', async () => {
    const host = await boot({ options: { loginUrl: LOGIN_URL, returnToParameter: 'next' } });
    const response = await host.get('/docs-login?redirect=/a').expect(302);
    expect(response.get('location')).toBe(
      `${LOGIN_URL}?next=%2Fdocs-login%3Fredirect%3D%252Fa%26login-attempt%3D1`,
    );
  });

  it.each([
    'redirect=//evil.example',
    'redirect=https://evil.example&anchor=one',
    'redirect=javascript:alert(1)',
    'redirect=/a&redirect=//evil.example',
    'anchor=one&anchor=two',
  ])('carries nothing that would be refused later: %s', async (query) => {
    const host = await boot({ options: { loginUrl: LOGIN_URL } });
    const response = await host.get(`/docs-login?${query}`).expect(302);
    expect(readReturnTo(response.get('location'))).toBe('/docs-login');
  });

  it('carries redirect and anchor, and none of the other parameters', async () => {
    const host = await boot({ options: { loginUrl: LOGIN_URL } });
    const response = await host
      .get('/docs-login?token=secret&redirect=/a&returnTo=//evil.example')
      .expect(302);
    expect(readReturnTo(response.get('location'))).toBe('/docs-login?redirect=%2Fa');
  });

  it.each([
    'http://evil.example/docs-login?redirect=/a',
    'https://evil.example:8443/docs-login?redirect=/a',
    'HTTP://visitor@evil.example/docs-login?redirect=/a',
  ])('stays in the app when the request names another host: %s', async (target) => {
    const { port } = await boot({ options: { loginUrl: LOGIN_URL } });
    const answer = await sendRaw(port, target);
    expect(readReturnTo(answer.headers.get('location'))).toBe('/docs-login?redirect=%2Fa');
  });

  it.each(['//evil.example/docs-login', '///evil.example/docs-login', String.raw`/\evil.example/docs-login`])(
    'stays in the app when its path could be read as a host: %s',
    async (target) => {
      const { port } = await boot({ options: { loginUrl: LOGIN_URL, handshakes: { jwt: { path: '*' } } } });
      const answer = await sendRaw(port, target);
      expect(readReturnTo(answer.headers.get('location'))).toBe('/evil.example/docs-login');
    },
  );

  it('knows no route for a path that only ends like its own', async () => {
    const { port } = await boot({ options: { loginUrl: LOGIN_URL } });
    const answer = await sendRaw(port, '//evil.example/docs-login');
    expect(answer.status).toBe(404);
  });
});
