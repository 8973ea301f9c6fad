import { expect, it } from '@jest/globals';
import { describeOnEveryHost } from '../../support/apps.support.js';
import { readArrival } from '../../support/docs-arrival.support.js';
import { bearer } from '../../support/sessions.support.js';
import { sendRaw } from '../../support/wire.support.js';

const FORGED = {
  host: 'evil.example',
  forwarded: 'for=10.0.0.1;host=evil.example;proto=http',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'http',
  'x-forwarded-port': '8443',
  'x-forwarded-prefix': '/evil',
  'x-original-url': '//evil.example/docs-login',
  'x-rewrite-url': '//evil.example/docs-login',
};

describeOnEveryHost('docs login behind a proxy', ({ boot }) => {
  it.each([
    ['trusts no proxy', false],
    ['trusts its proxy', true],
  ])('takes nothing of an address from a header, in an app that %s', async (_, isProxyTrusted) => {
    const { port } = await boot({ isProxyTrusted, options: { loginUrl: 'https://acme.example/login' } });
    const target = '/docs-login?redirect=/quickstart&anchor=step-one';

    const known = await sendRaw(port, target, { ...FORGED, ...(await bearer()) });
    expect(readArrival(known.headers.get('location'))).toMatchObject({
      page: 'https://docs.acme.example/quickstart',
      anchor: 'step-one',
    });

    const anonymous = await sendRaw(port, target, FORGED);
    expect(anonymous.headers.get('location')).toBe(
      'https://acme.example/login?returnTo=%2Fdocs-login%3Fredirect%3D%252Fquickstart%26anchor%3Dstep-one%26login-attempt%3D1',
    );
  });

  it('resolves a relative login page in the browser, against the address that it knows', async () => {
    const { port } = await boot({ isProxyTrusted: true, options: { loginUrl: '/login' } });
    const anonymous = await sendRaw(port, '/docs-login', FORGED);
    expect(anonymous.headers.get('location')).toBe('/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1');
  });
});
