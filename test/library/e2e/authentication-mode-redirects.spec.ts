import { expect, it } from '@jest/globals';
import { describeOnEveryHost, type HostFactory } from '../../support/apps.support.js';
import { privateDocsKeys } from '../../support/keys.support.js';
import { readPrivateArrival } from '../../support/private-docs-arrival.support.js';
import { bearer } from '../../support/sessions.support.js';
import { sendRaw } from '../../support/wire.support.js';

const DOCS = 'https://docs.acme.example';
const CALLBACK = `${DOCS}/login/jwt-callback`;
const LOGIN_URL = 'https://acme.example/login';
const FRONT_PAGE = new RegExp(`^${CALLBACK}\\?redirect=%2F#[\\w.-]+$`);

const bootPrivate = (boot: HostFactory['boot']) =>
  boot({
    options: { mode: 'authentication', signingKey: privateDocsKeys.privateKey, loginUrl: LOGIN_URL },
  });

/** What the docs send, and where the visitor must end up. */
const WAYS: [query: string, redirect: string, anchor: string][] = [
  ['', '/', ''],
  ['redirect=%2F', '/', ''],
  ['redirect=%2Fquickstart', '/quickstart', ''],
  ['redirect=/quickstart', '/quickstart', ''],
  ['redirect=%2Fquickstart%23step-one', '/quickstart#step-one', 'step-one'],
  ['redirect=/quickstart&anchor=step-one', '/quickstart#step-one', 'step-one'],
  ['redirect=%2Fapi%3Ftab%3Dgo%26x%3D1%23install', '/api?tab=go&x=1#install', 'install'],
  ['redirect=%2Fa%23b%2520c', '/a#b%20c', 'b c'],
  ['redirect=%2Fa%23%C3%BCber', '/a#%C3%BCber', 'über'],
  ['redirect=%2Fa&anchor=%E6%89%8B%20%26%23%25', '/a#%E6%89%8B%20%26%23%25', '手 &#%'],
];

/** As they stand in the query, sent byte for byte. */
const HOSTILE_REDIRECTS = [
  'https://evil.example',
  'https://docs.acme.example@evil.example/',
  'https://docs.acme.example.evil.example/',
  'http://docs.acme.example/',
  '//evil.example',
  '%2F%2Fevil.example',
  '%252F%252Fevil.example',
  '/%252Fevil.example%252F..%252F..',
  '/%5Cevil.example',
  '/%255Cevil.example',
  String.raw`/\evil.example`,
  '/%09/evil.example',
  '/%2509/evil.example',
  '/..//evil.example',
  '/.%252F/evil.example',
  'javascript:alert(document.domain)',
  'data:text/html,<script>alert(1)</script>',
  'blob:https://docs.acme.example/1',
  'https://evil%E3%80%82example/',
  '/a&redirect=//evil.example',
  '/;x/evil.example',
  '/..%252f/..;y/..%252fevil.example',
  '/%25u002fevil.example',
  '/%EF%BC%8Fevil.example',
  // The callback page itself.
  '/login/jwt-callback',
  '/login/%256awt-callback',
  '/login//jwt-callback',
  '/Login/JWT-Callback',
  '/login%252Fjwt-callback',
  '/login/jwt-callback;x=1',
  '/x/../login/jwt-callback',
];

describeOnEveryHost('docs login for private docs, on the way to a page', ({ boot }) => {
  it.each(WAYS)('keeps page, query and anchor inside redirect: %s', async (query, redirect, anchor) => {
    const host = await bootPrivate(boot);
    const response = await host.get(`/docs-login?${query}`, await bearer()).expect(302);
    const arrival = readPrivateArrival(response.get('location'));
    expect(arrival).toMatchObject({ callback: CALLBACK, parameters: ['redirect'], redirect, anchor });
    expect(response.get('location')).toBe(
      `${CALLBACK}?redirect=${encodeURIComponent(redirect)}#${arrival.token}`,
    );
    expect(arrival.token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{86}$/);
  });

  it.each(WAYS)('leads by way of the login page to the same place: %s', async (query, redirect, anchor) => {
    const host = await bootPrivate(boot);
    const anonymous = await host.get(`/docs-login?${query}`).expect(302);
    const login = new URL(anonymous.get('location') ?? '');
    expect(login.origin + login.pathname).toBe(LOGIN_URL);
    expect(login.hash).toBe('');
    const returnTo = login.searchParams.get('returnTo') ?? '';
    expect(returnTo).toMatch(/^\/docs-login(\?|$)/);
    // A fragment of its own would stay in the browser: what belongs to the page is in the query.
    expect(returnTo).not.toContain('#');

    const known = await host.get(returnTo, await bearer()).expect(302);
    expect(readPrivateArrival(known.get('location'))).toMatchObject({ redirect, anchor });
  });

  it.each(HOSTILE_REDIRECTS)('leads on to the front page, without an error: %s', async (redirect) => {
    const { port } = await bootPrivate(boot);
    const known = await sendRaw(port, `/docs-login?redirect=${redirect}&anchor=one`, await bearer());
    expect(known.status).toBe(302);
    expect(known.headers.get('location')).toMatch(FRONT_PAGE);

    const anonymous = await sendRaw(port, `/docs-login?redirect=${redirect}&anchor=one`);
    expect(anonymous.headers.get('location')).toBe(`${LOGIN_URL}?returnTo=%2Fdocs-login%3Flogin-attempt%3D1`);
  });

  it.each([
    '%',
    '%zz',
    '%E0%A4%A',
    '%C0%AE%C0%AE/',
    '%ED%A0%80',
    `/<script>"'{}|^`,
    '%00',
    '/a%0d%0aSet-Cookie:%20a=b',
  ])('stays on the docs whatever bytes it holds: %s', async (bytes) => {
    const { port } = await bootPrivate(boot);
    for (const query of [`redirect=${bytes}`, `anchor=${bytes}`, `redirect=/a%23${bytes}`]) {
      const answer = await sendRaw(port, `/docs-login?${query}`, await bearer());
      const location = answer.headers.get('location') ?? '';
      expect(answer.status).toBe(302);
      expect(location).toMatch(/^[!-~]+$/);
      expect(answer.headers.has('set-cookie')).toBe(false);
      const arrival = readPrivateArrival(location);
      expect(arrival.callback).toBe(CALLBACK);
      expect(arrival.page.origin).toBe(DOCS);
      expect(arrival.token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{86}$/);
    }
  });

  it('reads no host from the request', async () => {
    const { port } = await bootPrivate(boot);
    const forwarded = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
    };
    const answer = await sendRaw(port, '/docs-login', { ...forwarded, ...(await bearer()) });
    expect(answer.headers.get('location')).toMatch(FRONT_PAGE);
    const [, payload = ''] = readPrivateArrival(answer.headers.get('location')).token.split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      host: 'docs.acme.example',
    });
  });
});
