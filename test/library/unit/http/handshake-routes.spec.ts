import { describe, expect, it } from '@jest/globals';
import { RequestMethod, VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import { ApplicationConfig, ModulesContainer } from '@nestjs/core';
import { HandshakeRoutes } from '../../../../libs/mintlify-personalization/src/http/handshake-routes.js';
import {
  resolveHandshakes,
  type HandshakesOptions,
} from '../../../../libs/mintlify-personalization/src/options/handshakes.js';

/** The name of the handshake that a request's target is for. */
function finder(...parameters: Parameters<typeof createRoutes>): (url: string) => string | undefined {
  const routes = createRoutes(...parameters);
  return (url) => routes.find(url)?.name;
}

/** The method of the handshake whose rules a request has. */
function methodFinder(...parameters: Parameters<typeof createRoutes>) {
  const routes = createRoutes(...parameters);
  return { find: (url: string, method: string) => routes.find(url, method)?.method };
}

function createRoutes(
  options: HandshakesOptions,
  configure: (config: ApplicationConfig) => void = () => undefined,
): HandshakeRoutes {
  const config = new ApplicationConfig();
  configure(config);
  const noServices = undefined as never;
  return new HandshakeRoutes(config, new ModulesContainer(), resolveHandshakes(options), noServices);
}

describe('HandshakeRoutes', () => {
  const find = finder({ sharedSession: {}, oauth: { path: ':tenant/oauth' } });

  it.each([
    ['/docs-login', 'jwt'],
    ['/docs-login?redirect=/docs/user-info', 'jwt'],
    ['/docs/user-info', 'shared-session'],
    ['/acme/oauth', 'oauth'],
    ['/acme/oauth?x', 'oauth'],
    ['/', undefined],
    ['', undefined],
    ['/docs-login-not', undefined],
    ['/docs/user-info/more', undefined],
    ['/api/docs/user-info', undefined],
    ['/a/b/oauth', undefined],
  ])('tells %s is for %s', (url, name) => {
    expect(find(url)).toBe(name);
  });

  it.each([
    '/docs/user-info/',
    '/DOCS/User-Info',
    '/docs//user-info',
    '//docs/user-info//',
    '/docs/user%2Dinfo',
    '/docs%2Fuser-info',
    '/docs/user-info;jsessionid=1',
    '/docs;a=b/user-info;c',
    '/docs/user-info;a/b',
    '/docs\\user-info',
  ])('reads a path as the most lenient router would: %s', (url) => {
    expect(find(url)).toBe('shared-session');
  });

  it('reads on where a path is not valid percent-encoding', () => {
    expect(find('/docs-login%')).toBeUndefined();
    expect(find('/%E0%A4/oauth')).toBe('oauth');
  });

  it('follows prefix, versions and what the prefix leaves out', () => {
    const findVersioned = finder({ jwt: { version: ['1', VERSION_NEUTRAL] } }, (config) => {
      config.setGlobalPrefix('api');
      config.enableVersioning({ type: VersioningType.URI });
    });
    expect(['/api/v1/docs-login', '/api/docs-login', '/docs-login'].map(findVersioned)).toEqual([
      'jwt',
      'jwt',
      undefined,
    ]);
  });

  it('tells the methods of one path apart, and leaves preflights to the one with CORS', () => {
    const { find: findFor } = methodFinder({ jwt: { singlePageApp: { origins: ['https://app.foo.com'] } } });
    expect(['GET', 'HEAD', 'PUT', 'POST', 'OPTIONS'].map((method) => findFor('/docs-login', method))).toEqual(
      ['GET', 'GET', 'GET', 'POST', 'POST'],
    );
    const { find: findAlone } = methodFinder({ sharedSession: {} });
    expect(
      ['POST', 'OPTIONS'].flatMap((method) => [
        findAlone('/docs-login', method),
        findAlone('/docs/user-info', method),
      ]),
    ).toEqual(['GET', 'GET', 'GET', 'GET']);
  });

  it('follows what the prefix leaves out for one method alone', () => {
    const { find: findFor } = methodFinder(
      { jwt: { singlePageApp: { origins: ['https://app.foo.com'] } } },
      (config) => {
        const exclude = [
          { pathRegex: /^\/docs-login$/, path: '/docs-login', requestMethod: RequestMethod.GET },
        ];
        config.setGlobalPrefix('api');
        config.setGlobalPrefixOptions({ exclude });
      },
    );
    expect([findFor('/docs-login', 'GET'), findFor('/api/docs-login', 'POST')]).toEqual(['GET', 'POST']);
    // Where nothing is mounted for a method, the rules of the other one apply.
    expect([findFor('/docs-login', 'POST'), findFor('/api/docs-login', 'GET')]).toEqual(['GET', 'POST']);
  });

  it('takes what is neither plain nor a parameter for anything', () => {
    const findWild = finder({ jwt: { path: 'tenants/*rest/docs-login' } });
    expect(['/tenants/a/b/docs-login', '/tenants/docs'].map(findWild)).toEqual(['jwt', undefined]);
  });
});
