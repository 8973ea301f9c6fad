import { expect, it } from '@jest/globals';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { bearer } from '../../support/sessions.support.js';

const BASE_PATH: HostSetup = { options: { docsUrl: 'https://acme.example/docs' } };

describeOnEveryHost('docs login keeps the page and the anchor', ({ boot }) => {
  it.each([
    ['a page', 'redirect=/quickstart', '/quickstart', undefined],
    ['a page without a slash', 'redirect=quickstart', '/quickstart', undefined],
    ['a page with a trailing slash', 'redirect=/guides/', '/guides/', undefined],
    ['a page with a query', 'redirect=%2Fapi%3Ftab%3Dnpm%26v%3D2', '/api?tab=npm&v=2', undefined],
    ['a page with its own domain', 'redirect=https://docs.acme.example/quickstart', '/quickstart', undefined],
    ['letters of any script', 'redirect=/gu%C3%ADa', '/gu%C3%ADa', undefined],
    ['an anchor beside the page', 'redirect=/quickstart&anchor=step-one', '/quickstart', 'step-one'],
    ['an anchor inside the page', 'redirect=%2Fquickstart%23step-one', '/quickstart', 'step-one'],
    ['an anchor after a query', 'redirect=%2Fapi%3Fv%3D2%23errors', '/api?v=2', 'errors'],
    ['an anchor on the front page', 'anchor=step-one', '/', 'step-one'],
    ['two anchors, of which the one beside wins', 'redirect=/a%23inside&anchor=beside', '/a', 'beside'],
    ['an anchor in any script', 'anchor=%E6%89%8B%E9%A0%86%20%26%20x%3D1', '/', '手順 & x=1'],
    ['an anchor inside the page, escaped', 'redirect=%2Fa%23%25E6%2589%258B', '/a', '手'],
    ['an empty page', 'redirect=&anchor=', '/', undefined],
    ['parameters that are none of ours', 'utm_source=mail&redirect[]=/a', '/', undefined],
  ])('given %s', async (_, query, page, anchor) => {
    const host = await boot();
    const response = await host.get(`/docs-login?${query}`, await bearer()).expect(302);
    const arrival = readArrival(response.get('location'));
    expect(arrival).toMatchObject({ page: `https://docs.acme.example${page}`, anchor });
    await expect(verifyToken(arrival.token)).resolves.toBeDefined();
  });

  it.each([
    ['a page from the root', 'redirect=/docs/quickstart', '/docs/quickstart', undefined],
    ['a page relative to the docs', 'redirect=quickstart&anchor=one', '/docs/quickstart', 'one'],
    ['the front page itself', 'redirect=/docs%23one', '/docs', 'one'],
    ['no page', '', '/docs', undefined],
    ['a page as docs without a base path have it', 'redirect=/quickstart%23one', '/docs/quickstart', 'one'],
    [
      'a page whose name begins like the base path',
      'redirect=/docs-internal',
      '/docs/docs-internal',
      undefined,
    ],
    ['the root', 'redirect=/&anchor=one', '/docs', 'one'],
    ['a page that climbs and comes back', 'redirect=/docs/../docs/a', '/docs/a', undefined],
  ])('on docs with a base path, given %s', async (_, query, page, anchor) => {
    const host = await boot(BASE_PATH);
    const response = await host.get(`/docs-login?${query}`, await bearer()).expect(302);
    expect(readArrival(response.get('location'))).toMatchObject({
      page: `https://acme.example${page}`,
      anchor,
    });
  });

  it.each([
    ['a page of the same origin, by its address', 'https://acme.example/docs-internal'],
    ['a climb', '/docs/../admin'],
    ['an escaped climb', '/docs/%252e%252e/admin'],
    ['a climb over an escaped slash', '/docs/..%252fadmin'],
    ['a climb before the base path', '/../docs-internal'],
    ['a climb behind a parameter', '/docs/..;x%252fdocs/admin'],
    ['a climb in fullwidth letters', '/docs/%EF%BC%8E%EF%BC%8E/admin'],
    ['a climb in the escapes of IIS', '/docs/%25u002e%25u002e/admin'],
  ])('never leads out of the base path: %s', async (_, redirect) => {
    const host = await boot(BASE_PATH);
    const response = await host.get(`/docs-login?redirect=${redirect}`, await bearer()).expect(302);
    expect(readArrival(response.get('location')).page).toBe('https://acme.example/docs');
  });

  it.each([
    ['redirect=/a&redirect=/b', 'a repeated page'],
    ['redirect=/a&redirect=/a', 'a page repeated as it is'],
    ['redirect=/a&anchor=one&anchor=two', 'a repeated anchor'],
  ])('leads to the front page for %s: %s', async (query) => {
    const host = await boot();
    const response = await host.get(`/docs-login?${query}`, await bearer()).expect(302);
    expect(readArrival(response.get('location'))).toMatchObject({
      page: 'https://docs.acme.example/',
      anchor: undefined,
    });
    expect(host.logs.text).toContain('repeated');
  });

  it('leads to the front page when page and anchor alone make the address too long', async () => {
    const host = await boot();
    const response = await host.get(`/docs-login?redirect=/${'a'.repeat(7_000)}`, await bearer()).expect(302);
    expect(readArrival(response.get('location')).page).toBe('https://docs.acme.example/');
    expect(host.logs.text).toContain('too_long');
  });

  it.each(['redirect=/', 'redirect=/&anchor=', 'redirect=https://evil.example/'])(
    'leads to the front page for more than 4,096 characters: %s…',
    async (query) => {
      const host = await boot({ options: { maxRedirectUrlLength: 65_536 } });
      const response = await host.get(`/docs-login?${query}${'a'.repeat(4_097)}`, await bearer()).expect(302);
      expect(readArrival(response.get('location'))).toMatchObject({
        page: 'https://docs.acme.example/',
        anchor: undefined,
      });
      expect(host.logs.text).toContain('too_long');
    },
  );
});
