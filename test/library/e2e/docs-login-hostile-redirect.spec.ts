import { expect, it } from '@jest/globals';
import { describeOnEveryHost } from '../../support/apps.support.js';
import { readArrival } from '../../support/docs-arrival.support.js';
import { bearer } from '../../support/sessions.support.js';
import { sendRaw } from '../../support/wire.support.js';

const FRONT_PAGE = 'https://docs.acme.example/';

/** One of each kind, sent byte for byte. The unit tests of `resolveRedirectTarget` have many of each. */
const HOSTILE_REDIRECTS = [
  'https://evil.example/docs.acme.example',
  '//evil.example',
  String.raw`\\evil.example`,
  '%5C%5Cevil.example',
  '%09//evil.example',
  '/%0D%0A/evil.example',
  '/%252F%252Fevil.example',
  '/..%252f/..;y/..%252fevil.example',
  '/%25u002fevil.example',
  '/%EF%BC%8Fevil.example',
  'javascript:alert(document.domain)',
  'https://[::1',
];

describeOnEveryHost('docs login with a hostile redirect', ({ boot }) => {
  it.each(HOSTILE_REDIRECTS)('leads to the front page, without an error: %s', async (redirect) => {
    const { port } = await boot();
    const answer = await sendRaw(port, `/docs-login?redirect=${redirect}&anchor=one`, await bearer());
    expect(answer.status).toBe(302);
    expect(readArrival(answer.headers.get('location'))).toMatchObject({
      page: FRONT_PAGE,
      anchor: undefined,
    });
  });

  it.each(['%', '%zz', '%E0%A4%A', '%C0%AE%C0%AE/', '%ED%A0%80', '/<script>"`{}|^', '%00'])(
    'stays on the docs whatever bytes it holds: %s',
    async (bytes) => {
      const { port } = await boot();
      for (const query of [`redirect=${bytes}`, `anchor=${bytes}`, `redirect=/a%23${bytes}`]) {
        const answer = await sendRaw(port, `/docs-login?${query}`, await bearer());
        const location = answer.headers.get('location') ?? '';
        expect(answer.status).toBe(302);
        expect(new URL(location).origin).toBe('https://docs.acme.example');
        expect(location).toMatch(/^[!-~]+$/);
      }
    },
  );

  it.each(['redirect', 'anchor'])('never lets %s write a header of its own', async (parameter) => {
    const { port } = await boot();
    const injection = '/a%0d%0aSet-Cookie:%20session=stolen%0d%0a%0d%0a<html>';
    const answer = await sendRaw(port, `/docs-login?${parameter}=${injection}`, await bearer());
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toMatch(/^https:\/\/docs\.acme\.example\/[!-~]*$/);
    expect(answer.headers.has('set-cookie')).toBe(false);
    expect(answer.body).toBe('');
  });

  it.each(['\r\n', '\n', '\r', '\u0000', '\t'])(
    'answers nothing else to a bare %j on the wire',
    async (control) => {
      const { port } = await boot();
      const answer = await sendRaw(
        port,
        `/docs-login?redirect=/a${control}X-Injected:%20yes`,
        await bearer(),
      );
      // What such a request is, the HTTP server of the app decides: a bad one, or one that ends there.
      expect([302, 400]).toContain(answer.status);
      expect(answer.headers.get('location') ?? `${FRONT_PAGE}a#`).toMatch(
        /^https:\/\/docs\.acme\.example\/a#/,
      );
      expect(answer.headers.has('x-injected')).toBe(false);
      expect(answer.body).not.toContain('X-Injected');
    },
  );

  it('says in the log that it refused, and not what', async () => {
    const { port, logs } = await boot();
    await sendRaw(port, '/docs-login?redirect=https://evil.example/', await bearer());
    expect(logs.text).toMatch(/warn .*"type":"redirect\.refused",.*"outcome":"off_origin"/);
    expect(logs.text).not.toContain('evil.example');
  });
});
