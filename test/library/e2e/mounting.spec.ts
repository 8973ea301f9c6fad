import { expect, it } from '@jest/globals';
import { VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import {
  IdentityService,
  MintlifySigningService,
  type JwtHandshakeOptions,
} from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { ADA, bearer } from '../../support/sessions.support.js';

/** A host with the JWT handshake mounted so, and a login page. */
function mounted(jwt: JwtHandshakeOptions, configure?: HostSetup['configure']): HostSetup {
  return { configure, options: { loginUrl: 'https://acme.example/login', handshakes: { jwt } } };
}

const uriVersions: HostSetup['configure'] = (app) =>
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });

describeOnEveryHost('where docs login is mounted', ({ boot }) => {
  it.each<[string, string, HostSetup]>([
    ['by default', '/docs-login', mounted({})],
    ['on its own path', '/account/to-docs', mounted({ path: 'account/to-docs' })],
    ['on a path with a slash before it', '/to-docs', mounted({ path: '/to-docs' })],
    ['below the global prefix', '/api/docs-login', mounted({}, (app) => app.setGlobalPrefix('api'))],
    ['under the default version in the address', '/v1/docs-login', mounted({}, uriVersions)],
    ['under a version of its own', '/v2/docs-login', mounted({ version: '2' }, uriVersions)],
    ['under the second of its versions', '/v3/docs-login', mounted({ version: ['2', '3'] }, uriVersions)],
    ['under no version', '/docs-login', mounted({ version: VERSION_NEUTRAL }, uriVersions)],
    [
      'under prefix and version',
      '/api/v1/docs-login',
      mounted({}, (app) => uriVersions(app.setGlobalPrefix('api'))),
    ],
  ])('%s: it answers there, and the way back leads there', async (_, path, setup) => {
    const host = await boot(setup);
    const known = await host.get(`${path}?redirect=/a`, await bearer()).expect(302);
    expect(readArrival(known.get('location')).page).toBe('https://docs.acme.example/a');

    const anonymous = await host.get(`${path}?redirect=/a`).expect(302);
    const returnTo = new URL(anonymous.get('location') ?? '').searchParams.get('returnTo');
    expect(returnTo).toBe(`${path}?redirect=%2Fa&login-attempt=1`);
  });

  it.each<[string, string, HostSetup]>([
    ['the default path, when it has its own', '/docs-login', mounted({ path: 'to-docs' })],
    ['the bare path, below a prefix', '/docs-login', mounted({}, (app) => app.setGlobalPrefix('api'))],
    ['the bare path, under a version', '/docs-login', mounted({}, uriVersions)],
    ['the default version, with its own', '/v1/docs-login', mounted({ version: '2' }, uriVersions)],
  ])('not on %s', async (_, path, setup) => {
    const host = await boot(setup);
    const response = await host.get(path, await bearer());
    expect(response.status).toBe(404);
  });

  it('under a version in a header, for the requests that ask for it', async () => {
    const host = await boot(
      mounted({ version: '2' }, (app) =>
        app.enableVersioning({ type: VersioningType.HEADER, header: 'X-Api-Version' }),
      ),
    );
    const session = await bearer();
    await host.get('/docs-login', { ...session, 'X-Api-Version': '2' }).expect(302);
    await host.get('/docs-login', { ...session, 'X-Api-Version': '1' }).expect(404);
    const unversioned = await host.get('/docs-login', session);
    expect(unversioned.status).toBe(404);
  });

  it('under no version, for browsers, where the others have one in a header', async () => {
    const host = await boot(
      mounted({ version: VERSION_NEUTRAL }, (app) =>
        app.enableVersioning({ type: VersioningType.HEADER, header: 'X-Api-Version', defaultVersion: '1' }),
      ),
    );
    const response = await host.get('/docs-login', await bearer());
    expect(response.status).toBe(302);
  });

  it('nowhere, when the app wants the services alone', async () => {
    const host = await boot({ options: { handshakes: { jwt: false } } });
    await host.get('/docs-login', await bearer()).expect(404);

    const identity = host.app.get(IdentityService, { strict: false });
    const signing = host.app.get(MintlifySigningService, { strict: false });
    const url = await signing.createRedirectUrl(await identity.identify(ADA, {}), { redirect: '/a' });
    const { page, token } = readArrival(url);
    expect(page).toBe('https://docs.acme.example/a');
    expect(await verifyToken(token)).toMatchObject({ groups: ADA.roles });
  });
});
