import { expect, it } from '@jest/globals';
import { MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import { docsOf, PrincipalIsTenant, sourceOf } from '../../support/tenants.support.js';
import { PlainTokenGuard } from '../../support/user-info.support.js';

/** Options as a JavaScript host could write them, with both handshakes mounted. */
const loosely = (options: Record<string, unknown>): HostSetup => ({
  options: { handshakes: { sharedSession: {}, oauth: { guards: [PlainTokenGuard] } }, ...options },
});

const origins = (...additionalDocsOrigins: unknown[]): HostSetup => loosely({ additionalDocsOrigins });
const sites = (apiUrl: string, docsUrl: string): HostSetup => loosely({ apiUrl, docsUrl });
const session = (sharedSession: unknown): HostSetup => loosely({ handshakes: { sharedSession } });

describeOnEveryHost('a mistake in the options of the user-info handshakes', ({ boot }) => {
  it.each<[string, RegExp, RegExp, HostSetup]>([
    [
      'origins that are no list',
      /additionalDocsOrigins must be a list/,
      /for example \[/,
      loosely({ additionalDocsOrigins: 'https://a.example' }),
    ],
    [
      'an origin with a slash',
      /additionalDocsOrigins\[1\]/,
      /Did you mean "https:\/\/a\.example"\?/,
      origins('https://b.example', 'https://a.example/'),
    ],
    [
      'an origin in upper case',
      /additionalDocsOrigins\[0\]/,
      /Did you mean "https:\/\/a\.example"\?/,
      origins('https://A.example'),
    ],
    [
      'an origin with its default port',
      /additionalDocsOrigins\[0\]/,
      /Did you mean "https:\/\/a\.example"\?/,
      origins('https://a.example:443'),
    ],
    ['a wildcard', /additionalDocsOrigins\[0\]/, /For example/, origins('*')],
    ['null', /additionalDocsOrigins\[0\]/, /For example/, origins('null')],
    ['a number', /additionalDocsOrigins\[0\]/, /For example/, origins(7)],
    ['an origin in the clear', /additionalDocsOrigins\[0\]/, /https:\/\//, origins('http://a.example')],
    [
      'an origin with a dot at its end',
      /additionalDocsOrigins\[0\]/,
      /no dot/,
      origins('https://a.example.'),
    ],
    [
      'an API URL that is none',
      /apiUrl must be an absolute URL/,
      /Leave it out/,
      loosely({ apiUrl: 'api.foo.com' }),
    ],
    [
      'an API in the clear',
      /apiUrl must start with https/,
      /localhost/,
      loosely({ apiUrl: 'http://api.foo.com' }),
    ],
    [
      'an API on another site',
      /apiUrl https:\/\/api\.foo\.com .* are not same-site/,
      /no cookie/,
      sites('https://api.foo.com', 'https://docs.bar.com'),
    ],
    [
      'an API on a sibling of a public suffix',
      /not same-site/,
      /OAuth handshake/,
      sites('https://api-foo.github.io', 'https://docs-foo.github.io'),
    ],
    [
      'an API under another country suffix',
      /not same-site/,
      /no cookie/,
      sites('https://foo.co.uk', 'https://bar.co.uk'),
    ],
    [
      'an API with another scheme',
      /not same-site/,
      /same scheme/,
      sites('http://localhost:3000', 'https://localhost:3001'),
    ],
    [
      'an API at another address',
      /not same-site/,
      /no cookie/,
      sites('https://10.0.0.1', 'https://10.0.0.2'),
    ],
    [
      'an API that is not on the site of a tenant',
      /Tenant "acme": apiUrl/,
      /no cookie/,
      loosely({
        apiUrl: 'https://api.acme.example',
        tenants: { acme: { docsUrl: 'https://docs.acme.com' } },
      }),
    ],
    [
      'a handshake that is misspelt',
      /handshakes\.sharedsession is not an option/,
      /Did you mean handshakes\.sharedSession/,
      loosely({ handshakes: { sharedsession: {} } }),
    ],
    [
      'an option that a handshake has not',
      /handshakes\.sharedSession\.guard is not an option/,
      /path, guards, version/,
      session({ guard: [] }),
    ],
    ['an empty path', /handshakes\.sharedSession\.path is empty/, /docs\/user-info/, session({ path: '/' })],
    [
      'a path with a wildcard',
      /handshakes\.sharedSession\.path must be of plain segments/,
      /:tenant/,
      session({ path: 'docs/*rest' }),
    ],
    [
      'a path with an optional part',
      /handshakes\.sharedSession\.path/,
      /plain segments/,
      session({ path: 'docs{/info}' }),
    ],
    [
      'guards that are none',
      /handshakes\.oauth\.guards\[0\] is not a guard/,
      /OAuthAccessTokenGuard/,
      loosely({ handshakes: { oauth: { guards: ['jwt'] } } }),
    ],
    [
      'two handshakes on one path',
      /handshakes\.jwt\.path \("docs-login"\) and handshakes\.oauth\.path \("\/docs-login\/"\) overlap/,
      /a path of its own/,
      loosely({ handshakes: { oauth: { path: '/docs-login/', guards: [] } } }),
    ],
    [
      'no issuer of access tokens',
      /accessTokens is missing/,
      /jwksUri/,
      loosely({ handshakes: { oauth: {} } }),
    ],
    [
      'a source with an origin check that is none',
      /tenantSource\.knowsOrigin/,
      /function/,
      loosely({
        tenantResolver: PrincipalIsTenant,
        tenantSource: class {
          load = () => undefined;
          knowsOrigin = 'all';
        },
      }),
    ],
  ])('%s stops the app and says how to fix it', async (_, what, fix, setup) => {
    const start = (async () => boot(setup))();
    await expect(start).rejects.toThrow(MintlifyPersonalizationError);
    await expect(start).rejects.toMatchObject({ code: 'invalid_option' });
    await expect(start).rejects.toThrow(what);
    await expect(start).rejects.toThrow(fix);
  });

  it.each<[string, string]>([
    ['https://api.foo.com', 'https://docs.foo.com'],
    ['https://foo.com/api', 'https://docs.foo.com/base'],
    ['https://dash.foo.co.uk', 'https://foo.co.uk'],
    ['http://localhost:3000', 'http://localhost:3003'],
    ['https://10.0.0.1:8443', 'https://10.0.0.1'],
  ])('none of it: %s and %s are same-site', async (apiUrl, docsUrl) => {
    const host = await boot(sites(apiUrl, docsUrl));
    expect(host.port).toBeGreaterThan(0);
  });

  it('is none for a tenant that uses another handshake, or where no shared session is mounted', async () => {
    const tenants = { acme: { ...docsOf('acme'), apiUrl: false } };
    await boot(
      loosely({
        apiUrl: 'https://api.foo.com',
        docsUrl: 'https://docs.foo.com',
        tenants,
        tenantResolver: PrincipalIsTenant,
      }),
    );
    const host = await boot({ options: { apiUrl: 'https://api.foo.com', docsUrl: 'https://docs.bar.com' } });
    expect(host.port).toBeGreaterThan(0);
  });

  it('of a tenant that the source gives is a warning: it may use another handshake', async () => {
    const host = await boot({
      options: {
        apiUrl: 'https://api.foo.com',
        docsUrl: 'https://docs.foo.com',
        tenantResolver: PrincipalIsTenant,
        tenantSource: sourceOf(() => docsOf('acme')),
        handshakes: {
          sharedSession: {
            guards: [
              {
                canActivate: (context) => {
                  context.switchToHttp().getRequest<{ user: unknown }>().user = 'acme';
                  return true;
                },
              },
            ],
          },
        },
      },
    });
    const answer = await host.get('/docs/user-info', { Origin: 'https://docs.acme.example' });
    expect(answer.status).toBe(200);
    expect(JSON.stringify(host.logs.lines)).toMatch(/Tenant .*acme.* are not same-site/);
  });
});
