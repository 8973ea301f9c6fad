import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { jwtVerify } from 'jose';
import type { MintlifyPersonalizationOptions } from 'nestjs-mintlify-personalization';
import {
  describeOnEveryHost,
  importLibrary,
  mapperOf,
  type HostSetup,
  type Style,
} from '../../support/apps.support.js';
import { DOCS_PUBLIC_KEY, readArrival } from '../../support/docs-arrival.support.js';
import { bearer } from '../../support/sessions.support.js';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const PARTNER_SITE: MintlifyPersonalizationOptions = {
  docsUrl: 'https://partners.acme.example/docs',
  signingKey: privateKey,
  loginUrl: 'https://partners.acme.example/login',
  claimMapper: mapperOf(() => ({ groups: ['partner'] })),
  handshakes: { jwt: { path: 'partner-docs-login' } },
};

const twoSites = (style: Style): HostSetup => ({
  options: { loginUrl: '/login' },
  host: { imports: [importLibrary(style, PARTNER_SITE)] },
});

describeOnEveryHost('one app with two docs sites', ({ boot, style }) => {
  it('sends each path to its own site, with its own key and claim mapper', async () => {
    const host = await boot(twoSites(style));
    const session = await bearer();

    const own = await host.get('/docs-login?redirect=/a', session).expect(302);
    const { page, token } = readArrival(own.get('location'));
    expect(page).toBe('https://docs.acme.example/a');
    await expect(jwtVerify(token, DOCS_PUBLIC_KEY)).resolves.toMatchObject({
      payload: { groups: ['admin', 'engineering'] },
    });

    const partner = await host.get('/partner-docs-login?redirect=/docs/a', session).expect(302);
    const arrival = readArrival(partner.get('location'));
    expect(arrival.page).toBe('https://partners.acme.example/docs/a');
    await expect(jwtVerify(arrival.token, createPublicKey(privateKey))).resolves.toMatchObject({
      payload: { groups: ['partner'] },
    });
    await expect(jwtVerify(arrival.token, DOCS_PUBLIC_KEY)).rejects.toThrow('signature');
  });

  it('takes neither site for the other one', async () => {
    const host = await boot(twoSites(style));
    const response = await host
      .get('/docs-login?redirect=https://partners.acme.example/docs/a', await bearer())
      .expect(302);
    expect(readArrival(response.get('location')).page).toBe('https://docs.acme.example/');
  });

  it('sends an anonymous visitor to the login page of the site', async () => {
    const host = await boot(twoSites(style));
    const own = await host.get('/docs-login').expect(302);
    const partner = await host.get('/partner-docs-login').expect(302);
    expect([own.get('location'), partner.get('location')]).toEqual([
      '/login?returnTo=%2Fdocs-login%3Flogin-attempt%3D1',
      'https://partners.acme.example/login?returnTo=%2Fpartner-docs-login%3Flogin-attempt%3D1',
    ]);
  });
});
