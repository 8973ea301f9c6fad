import { expect, it } from '@jest/globals';
import {
  Injectable,
  Scope,
  SetMetadata,
  VERSION_NEUTRAL,
  VersioningType,
  type CanActivate,
} from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { exportJWK } from 'jose';
import {
  MintlifyPersonalizationError,
  MintlifyPersonalizationModule,
  type HandshakesOptions,
  type MintlifyPersonalizationOptions,
} from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, importLibrary, mapperOf, type HostSetup } from '../../support/apps.support.js';
import { DOCS_PRIVATE_KEY } from '../../support/docs-arrival.support.js';
import { docsOf, PrincipalIsTenant } from '../../support/tenants.support.js';

/** Options as a JavaScript host could write them. */
const loosely = (options: Record<string, unknown>): HostSetup => ({ options });
const jwt = (options: Record<string, unknown>): HostSetup => loosely({ handshakes: { jwt: options } });

const PREFIX: HostSetup['configure'] = (app) => app.setGlobalPrefix('api');
const VERSIONS: HostSetup['configure'] = (app) =>
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });

const LONG_KEY_ID = 'k'.repeat(6_000);
const LONG_KEY = { ...(await exportJWK(DOCS_PRIVATE_KEY)), kid: LONG_KEY_ID };

class Account {
  readonly id: string = 'ada';
}
class FieldGuard implements CanActivate {
  canActivate = (): boolean => true;
}
@Injectable({ scope: Scope.REQUEST })
class RequestGuard extends FieldGuard {}

class SecondModule extends MintlifyPersonalizationModule {}

describeOnEveryHost('a mistake in how the module is set up', ({ boot, style }) => {
  const second = (
    handshakes: HandshakesOptions,
    rest: Partial<MintlifyPersonalizationOptions> = {},
  ): HostSetup => ({
    host: {
      imports: [
        importLibrary(style, {
          docsUrl: 'https://partners.acme.example',
          signingKey: DOCS_PRIVATE_KEY,
          claimMapper: mapperOf(() => ({})),
          handshakes,
          ...rest,
        }),
      ],
    },
  });
  const both = (
    one: HandshakesOptions,
    other: HandshakesOptions,
    configure?: HostSetup['configure'],
  ): HostSetup => ({
    ...second(other),
    configure,
    options: { handshakes: one },
  });

  it.each<[string, RegExp, RegExp, HostSetup]>([
    [
      'AuthGuard without its call',
      /handshakes\.jwt\.guards\[0\] is a function, not a guard class/,
      /call it: AuthGuard\('jwt'\)/,
      jwt({ guards: [AuthGuard] }),
    ],
    [
      'a class that guards nothing',
      /handshakes\.jwt\.guards\[1\] is a class without a canActivate\(\) method/,
      /Implement CanActivate/,
      jwt({ guards: [FieldGuard, Account] }),
    ],
    [
      'a whole URL as a path',
      /handshakes\.jwt\.path is a full URL/,
      /only the path.*"docs-login"/,
      jwt({ path: 'https://api.acme.example/docs-login' }),
    ],
    [
      'a name as a principal',
      /handshakes\.jwt\.principal must be a function of the request/,
      /Leave it out for request\.user/,
      jwt({ principal: 'session.user' }),
    ],
    [
      'an async function as a principal',
      /handshakes\.jwt\.principal is async/,
      /Load the account in a guard/,
      jwt({ principal: async () => 'ada' }),
    ],
    [
      'a decorator without its call',
      /handshakes\.jwt\.decorators\[1\] is not a class decorator/,
      /call it: Public\(\), not Public/,
      jwt({ decorators: [SetMetadata('isPublic', true), () => SetMetadata('isPublic', true)] }),
    ],
    [
      'an object as a version',
      /handshakes\.jwt\.version must be a string/,
      /VERSION_NEUTRAL/,
      jwt({ version: {} }),
    ],
    [
      'a URL object as docsUrl',
      /docsUrl is a URL object/,
      /url\.href/,
      loosely({ docsUrl: new URL('https://a.example') }),
    ],
    ['a number as docsUrl', /docsUrl is not a string/, /https:\/\/docs\.foo\.com/, loosely({ docsUrl: 5 })],
    [
      'a docsUrl with a dot at its end',
      /docsUrl has a host that ends with a dot/,
      /Remove the dot/,
      loosely({ docsUrl: 'https://docs.acme.example.' }),
    ],
    ['imports that are no list', /imports must be a list/, /modules/, loosely({ imports: {} })],
    ['a text for isGlobal', /isGlobal must be true or false/, /Leave it out/, loosely({ isGlobal: 'no' })],
    [
      'a limit for one tenant that is more than that for all',
      /maxConcurrentHandshakesPerTenant must be a whole number from 1 to 10 \(maxConcurrentHandshakes\)/,
      /Leave it out for 10/,
      loosely({ maxConcurrentHandshakes: 10, maxConcurrentHandshakesPerTenant: 11 }),
    ],
    [
      'handshakes whose paths overlap',
      /handshakes\.sharedSession\.path \(":tenant\/info"\) and handshakes\.oauth\.path \("docs\/info"\) overlap/,
      /different path/,
      loosely({
        handshakes: {
          sharedSession: { path: ':tenant/info' },
          oauth: { path: 'docs/info', guards: [FieldGuard] },
        },
      }),
    ],
    [
      'the module twice on one path',
      /handshakes\.jwt\.path \("docs-login"\) overlaps handshakes\.jwt\.path \("docs-login"\) of another import/,
      /different path/,
      second({}),
    ],
    [
      'the module twice, on paths that overlap',
      /\(":site\/docs-login"\) overlaps handshakes\.jwt\.path \("partners\/docs-login"\)|\("partners\/docs-login"\) overlaps handshakes\.jwt\.path \(":site\/docs-login"\)/,
      /different path/,
      both({ jwt: { path: ':site/docs-login' } }, { jwt: { path: 'partners/docs-login' } }),
    ],
    [
      'two handshakes of two imports on one path',
      /handshakes\.(?:jwt|sharedSession)\.path \("me"\) overlaps handshakes\.(?:jwt|sharedSession)\.path \("me"\)/,
      /different path/,
      both({ jwt: { path: 'me' } }, { jwt: false, sharedSession: { path: 'me' } }),
    ],
    [
      'the module twice on one path with one of its versions in common',
      /overlaps handshakes\.jwt\.path/,
      /different path/,
      both({ jwt: { version: ['1', '2'] } }, { jwt: { version: '2' } }, VERSIONS),
    ],
    [
      'the module twice on one path, with versions in an app that has none',
      /overlaps handshakes\.jwt\.path/,
      /different path/,
      both({ jwt: { version: '1' } }, { jwt: { version: '2' } }),
    ],
    [
      'a login page that is the login route itself',
      /loginUrl is the route of the JWT handshake itself \(\/docs-login\)/,
      /your own login page/,
      loosely({ loginUrl: '/docs-login?from=docs' }),
    ],
    [
      'a login page that is the login route below the global prefix',
      /loginUrl is the route of the JWT handshake itself \(\/api\/docs-login\)/,
      /your own login page/,
      { ...loosely({ loginUrl: '/api/docs-login' }), configure: PREFIX },
    ],
    [
      'a login page that is the login route under its version',
      /loginUrl is the route of the JWT handshake itself \(\/v1\/docs-login\)/,
      /your own login page/,
      { ...loosely({ loginUrl: '/v1/docs-login' }), configure: VERSIONS },
    ],
    [
      'a login page that is the login route, as apiUrl tells',
      /loginUrl is the route of the JWT handshake itself/,
      /your own login page/,
      loosely({ loginUrl: 'https://api.acme.example/docs-login', apiUrl: 'https://api.acme.example' }),
    ],
    [
      'a login page of a tenant that is the login route itself',
      /^Tenant "acme": loginUrl is the route of the JWT handshake itself \(\/acme\/docs-login\)/,
      /your own login page/,
      loosely({
        loginUrl: '/login',
        handshakes: { jwt: { path: ':tenant/docs-login' } },
        tenants: { acme: { ...docsOf('acme'), loginUrl: '/acme/docs-login' } },
        tenantResolver: PrincipalIsTenant,
      }),
    ],
    [
      'a key id that is too long for any redirect',
      /keyId \(or the "kid" of signingKey\) makes the header of each token \d+ characters long/,
      /shorter key id/,
      loosely({ keyId: LONG_KEY_ID }),
    ],
    [
      'a kid of the key that is too long for any redirect',
      /"kid" of signingKey/,
      /shorter key id/,
      loosely({ signingKey: LONG_KEY }),
    ],
    [
      'a key id of a tenant that is too long for any redirect',
      /^Tenant "acme": keyId/,
      /shorter key id/,
      loosely({
        tenants: { acme: { ...docsOf('acme'), keyId: LONG_KEY_ID } },
        tenantResolver: PrincipalIsTenant,
      }),
    ],
  ])('%s stops the start, and the message says how to fix it', async (_, problem, fix, setup) => {
    const failure: unknown = await boot(setup).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MintlifyPersonalizationError);
    expect(failure).toMatchObject({ code: 'invalid_option', message: expect.stringMatching(problem) });
    expect((failure as Error).message).toMatch(fix);
  });

  it.each<[string, HostSetup]>([
    ['two imports on two paths', second({ jwt: { path: 'partner-login' } })],
    ['two imports, one of which mounts nothing', second({ jwt: false })],
    ['two imports on one path under two versions', both({}, { jwt: { version: '2' } }, VERSIONS)],
    [
      'two imports on one path, one of them under no version',
      both({}, { jwt: { version: VERSION_NEUTRAL } }, VERSIONS),
    ],
    [
      'two imports on one path below two paths of modules',
      {
        host: {
          imports: [
            SecondModule.forRoot({
              docsUrl: 'https://partners.acme.example',
              signingKey: DOCS_PRIVATE_KEY,
              claimMapper: mapperOf(() => ({})),
            }),
            RouterModule.register([{ path: 'partners', module: SecondModule }]),
          ],
        },
      },
    ],
    [
      'guards with their method as a field, also for one request',
      jwt({ guards: [FieldGuard, RequestGuard] }),
    ],
    ['a login page beside the route', loosely({ loginUrl: '/docs-login/form' })],
    [
      'a login page at the bare path, below a prefix',
      { ...loosely({ loginUrl: '/docs-login' }), configure: PREFIX },
    ],
    [
      'a login page of the same path on another origin',
      loosely({ loginUrl: 'https://acme.example/docs-login' }),
    ],
    ['a login page in a single-page app', loosely({ loginUrl: '/#/docs-login' })],
    [
      'a login page that a parameter would fit, too',
      { options: { loginUrl: '/login', handshakes: { jwt: { path: ':site' } } } },
    ],
    [
      'a login page on the path, where no login is mounted',
      loosely({ loginUrl: '/docs-login', handshakes: { jwt: false } }),
    ],
    ['a long key id, and room for it', loosely({ keyId: LONG_KEY_ID, maxRedirectUrlLength: 65_536 })],
    ['a long key id, where no login is mounted', loosely({ keyId: LONG_KEY_ID, handshakes: { jwt: false } })],
  ])('is not made by %s', async (_, setup) => {
    const host = await boot(setup);
    expect(host.port).toBeGreaterThan(0);
  });
});
