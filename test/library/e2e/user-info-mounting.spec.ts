import { expect, it } from '@jest/globals';
import { Module, RequestMethod, VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  MintlifyPersonalizationModule,
  type OAuthHandshakeOptions,
  type SharedSessionHandshakeOptions,
} from 'nestjs-mintlify-personalization';
import request from 'supertest';
import { composeHost, createAdapter, describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import { cookie } from '../../support/sessions.support.js';
import { BOTH, DOCS, PlainTokenGuard, preflight } from '../../support/user-info.support.js';

type Options = SharedSessionHandshakeOptions & OAuthHandshakeOptions;

/** A host whose own CORS would allow another origin, with both handshakes mounted so. */
function mounted(options: Options, configure?: HostSetup['configure'], host?: HostSetup['host']): HostSetup {
  const { path } = options;
  return {
    host,
    configure: (app) => {
      app.enableCors({ origin: 'https://other.example' });
      configure?.(app);
    },
    options: {
      handshakes: {
        jwt: false,
        sharedSession: options,
        oauth: {
          ...options,
          path: path === undefined ? undefined : `oauth/${path}`,
          guards: [PlainTokenGuard],
        },
      },
    },
  };
}

const uriVersions: HostSetup['configure'] = (app) =>
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });

@Module({})
class NothingModule {}

describeOnEveryHost('where the user-info routes are mounted', ({ boot, platform, style }) => {
  it.each<[string, string, string, HostSetup]>([
    ['by default', '/docs/user-info', '/docs/oauth/user-info', mounted({})],
    ['on a path of their own', '/me', '/oauth/me', mounted({ path: 'me' })],
    ['on a path with slashes around it', '/api/me', '/oauth/api/me', mounted({ path: 'api/me/' })],
    ['with a parameter', '/acme/info', '/oauth/acme/info', mounted({ path: ':tenant/info' })],
    [
      'below a prefix',
      '/api/docs/user-info',
      '/api/docs/oauth/user-info',
      mounted({}, (app) => app.setGlobalPrefix('api')),
    ],
    [
      'outside a prefix that leaves them out',
      '/docs/user-info',
      '/docs/oauth/user-info',
      mounted({}, (app) =>
        app.setGlobalPrefix('api', {
          exclude: ['docs/user-info', { path: 'docs/oauth/*rest', method: RequestMethod.GET }],
        }),
      ),
    ],
    [
      'below a prefix that leaves other methods out',
      '/api/docs/user-info',
      '/api/docs/oauth/user-info',
      mounted({}, (app) =>
        app.setGlobalPrefix('api', { exclude: [{ path: 'docs/user-info', method: RequestMethod.POST }] }),
      ),
    ],
    ['under the default version', '/v1/docs/user-info', '/v1/docs/oauth/user-info', mounted({}, uriVersions)],
    [
      'under the second of their versions',
      '/v3/me',
      '/v3/oauth/me',
      mounted({ path: 'me', version: ['2', '3'] }, uriVersions),
    ],
    ['under no version', '/me', '/oauth/me', mounted({ path: 'me', version: VERSION_NEUTRAL }, uriVersions)],
    [
      'under a version without the v, below a prefix',
      '/api/2026/me',
      '/api/2026/oauth/me',
      mounted({ path: 'me', version: '2026' }, (app) =>
        app.setGlobalPrefix('api').enableVersioning({ type: VersioningType.URI, prefix: false }),
      ),
    ],
    [
      'under a version in a header, which no preflight has',
      '/me',
      '/oauth/me',
      mounted({ path: 'me', version: VERSION_NEUTRAL }, (app) =>
        app.enableVersioning({ type: VersioningType.HEADER, header: 'X-Version' }),
      ),
    ],
    [
      'below the path of a router module',
      '/account/me',
      '/account/oauth/me',
      mounted({ path: 'me' }, undefined, {
        imports: [RouterModule.register([{ path: 'account', module: MintlifyPersonalizationModule }])],
      }),
    ],
  ])('%s: requests and preflights are answered there', async (_, session, oauth, setup) => {
    const host = await boot(setup);
    const known = await host.get(session, { Origin: DOCS, ...(await cookie()) });
    expect([known.status, known.get('access-control-allow-origin')]).toEqual([200, DOCS]);
    const token = await host.get(oauth, { Origin: DOCS, Authorization: 'Bearer ada' });
    expect([token.status, token.get('access-control-allow-origin')]).toEqual([200, DOCS]);
    for (const path of [session, oauth, `${session}?any=query`]) {
      const allowed = await preflight(host, path, DOCS);
      expect([path, allowed.status, allowed.get('access-control-allow-origin')]).toEqual([path, 204, DOCS]);
    }
    expect((await preflight(host, oauth, DOCS)).get('access-control-allow-headers')).toBe('Authorization');
  });

  it('agree on a path that is written otherwise', async () => {
    const host = await boot(mounted({}));
    for (const path of ['/docs/user-info/', '/DOCS/User-Info', '/docs/user%2Dinfo', '/docs//user-info']) {
      const answer = await host.get(path, { Origin: DOCS, ...(await cookie()) });
      const allowed = await preflight(host, path, DOCS);
      // A router may know no such path; where it does, the preflight must be answered for.
      const outcome = answer.status === 404 ? ['unknown'] : [answer.status, allowed.status];
      expect([['unknown'], [200, 204]]).toContainEqual(outcome);
    }
  });

  it('are not where they only seem to be', async () => {
    const host = await boot(mounted({}));
    for (const path of ['/docs/user-info/more', '/more/docs/user-info', '/docs/userxinfo', '/%E0%A4%A']) {
      const answer = await preflight(host, path, DOCS);
      expect(answer.get('access-control-allow-headers')).not.toBe('Authorization');
      expect(answer.get('access-control-allow-origin')).not.toBe(DOCS);
    }
  });

  it('are in the app of a test, too', async () => {
    const module = await Test.createTestingModule({
      imports: [composeHost(style, { options: BOTH }), NothingModule],
    }).compile();
    const app = module.createNestApplication(createAdapter(platform), { logger: false });
    app.enableCors({ origin: 'https://other.example' });
    try {
      await app.listen(0, '127.0.0.1');
      const { port } = app.getHttpServer().address() as { port: number };
      const allowed = await preflight({ port }, '/docs/user-info', DOCS);
      expect([allowed.status, allowed.get('access-control-allow-origin')]).toEqual([204, DOCS]);
      const known = await request(`http://127.0.0.1:${port}`)
        .get('/docs/user-info')
        .set({ Origin: DOCS, ...(await cookie()) });
      expect([known.status, known.get('access-control-allow-origin')]).toEqual([200, DOCS]);
    } finally {
      await app.close();
    }
  });

  it('are two sites in one app, each for its own origins', async () => {
    const other = 'https://docs.other.example';
    const host = await boot({
      ...mounted({ path: 'one' }),
      host: {
        imports: [
          MintlifyPersonalizationModule.forRoot({
            docsUrl: other,
            claimMapper: class {
              map = () => ({ groups: ['other'] });
            },
            handshakes: { jwt: false, sharedSession: { path: 'two' } },
          }),
        ],
      },
    });
    const session = await cookie();
    for (const [path, own, foreign] of [
      ['/one', DOCS, other],
      ['/two', other, DOCS],
    ] as const) {
      expect((await host.get(path, { Origin: own, ...session })).status).toBe(200);
      expect((await host.get(path, { Origin: foreign, ...session })).status).toBe(403);
      expect((await preflight(host, path, own)).status).toBe(204);
      expect((await preflight(host, path, foreign)).status).toBe(403);
    }
  });
});
