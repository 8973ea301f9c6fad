import { equal } from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import { SetMetadata, VERSION_NEUTRAL, type CanActivate } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import * as fc from 'fast-check';
import type { HandshakeGuard, HandshakesOptions } from 'nestjs-mintlify-personalization';
import { doPathsOverlap } from '../../../../libs/mintlify-personalization/src/options/handshake-paths.js';
import { readUser } from '../../../../libs/mintlify-personalization/src/options/handshake-principal.js';
import { resolveHandshakes } from '../../../../libs/mintlify-personalization/src/options/handshakes.js';
import { propertyRuns } from '../../../support/property-runs.support.js';

class SessionGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

class FieldGuard implements CanActivate {
  canActivate = (): boolean => true;
}

/** As a compiler for old engines writes a class. */
function OldGuard(): void {
  // no fields
}
OldGuard.prototype.canActivate = (): boolean => true;

describe('resolveHandshakes', () => {
  it.each([[undefined], [{}], [{ jwt: undefined }], [{ jwt: {} }]])(
    'mounts docs-login behind the passport strategy jwt, for %j',
    (handshakes) => {
      expect(resolveHandshakes(handshakes)).toEqual({
        jwt: {
          path: 'docs-login',
          guards: undefined,
          version: undefined,
          principal: readUser,
          decorators: [],
        },
        sharedSession: false,
        oauth: false,
        viewAs: false,
        scalar: false,
        tokenClaims: false,
      });
    },
  );

  it('mounts nothing for false', () => {
    expect(resolveHandshakes({ jwt: false })).toEqual({
      jwt: false,
      sharedSession: false,
      oauth: false,
      viewAs: false,
      scalar: false,
      tokenClaims: false,
    });
  });

  it('takes path, guards, version, principal and decorators', () => {
    const guards = [SessionGuard, new SessionGuard()];
    const principal = ({ account }: { account: unknown }): unknown => account;
    const decorators = [SetMetadata('isPublic', true)];
    const jwt = { path: '/help/login', guards, version: ['1', '2'], principal, decorators };
    expect(resolveHandshakes({ jwt })).toEqual({
      jwt,
      sharedSession: false,
      oauth: false,
      viewAs: false,
      scalar: false,
      tokenClaims: false,
    });
  });

  it.each<[string, HandshakeGuard]>([
    ['a class', SessionGuard],
    ['an instance', new SessionGuard()],
    ['what AuthGuard() makes', AuthGuard('jwt')],
    ['a class with its method as a field', FieldGuard],
    ['a class whose method is inherited', class extends SessionGuard {}],
    ['a function with its method on the prototype', OldGuard as never],
    ['an object', { canActivate: () => true }],
  ])('takes for a guard %s', (_, guard) => {
    expect(resolveHandshakes({ jwt: { guards: [guard] } })).toMatchObject({ jwt: { guards: [guard] } });
  });

  it.each([VERSION_NEUTRAL, '1', ['1', VERSION_NEUTRAL]])('takes the version %p', (version) => {
    expect(resolveHandshakes({ oauth: { version } })).toMatchObject({ oauth: { version } });
  });

  it.each(['*', 'docs/*rest', ':tenant/docs-login', '/help/docs_login-2.0~a/'])(
    'mounts the login at %s',
    (path) => {
      expect(resolveHandshakes({ jwt: { path } })).toMatchObject({ jwt: { path } });
    },
  );

  it('takes an empty list of guards, for apps that guard every route', () => {
    expect(resolveHandshakes({ jwt: { guards: [] } })).toMatchObject({ jwt: { guards: [] } });
  });

  it('neither changes nor keeps the lists that it is given', () => {
    const guards = [SessionGuard];
    const decorators: ClassDecorator[] = [];
    const resolved = resolveHandshakes({ jwt: { guards, decorators } });
    guards.push(SessionGuard);
    decorators.push(SetMetadata('isPublic', true));
    expect(resolved).toMatchObject({ jwt: { guards: [SessionGuard], decorators: [] } });
    expect([Object.isFrozen(resolved), Object.isFrozen(resolved.jwt)]).toEqual([true, true]);
  });

  it('takes the origins of a single-page app', () => {
    const origins = ['https://app.foo.com', 'http://localhost:5173'];
    const { jwt } = resolveHandshakes({ jwt: { singlePageApp: { origins } } });
    origins.push('https://evil.com');
    expect(jwt).toMatchObject({
      singlePageApp: { origins: ['https://app.foo.com', 'http://localhost:5173'] },
    });
  });

  it.each<[unknown, RegExp]>([
    [true, /^handshakes\.jwt\.singlePageApp must be an object with origins/],
    [null, /^handshakes\.jwt\.singlePageApp must be an object with origins/],
    [{}, /^handshakes\.jwt\.singlePageApp\.origins must be a list of origins, for example \["https:/],
    [{ origin: [] }, /^handshakes\.jwt\.singlePageApp\.origin is not an option/],
    [{ origins: [] }, /^handshakes\.jwt\.singlePageApp\.origins is empty\. List the origin of your app/],
    [{ origins: '*' }, /^handshakes\.jwt\.singlePageApp\.origins must be a list/],
    [{ origins: ['*'] }, /^handshakes\.jwt\.singlePageApp\.origins\[0\] must be an origin/],
    [{ origins: ['null'] }, /^handshakes\.jwt\.singlePageApp\.origins\[0\] must be an origin/],
    [
      { origins: ['https://app.foo.com', 'https://APP.foo.com/x'] },
      /origins\[1\] must be an origin .* Did you mean "https:\/\/app\.foo\.com"\?$/,
    ],
    [
      { origins: ['http://app.foo.com'] },
      /^handshakes\.jwt\.singlePageApp\.origins\[0\] must start with https/,
    ],
  ])('refuses for a single-page app: %j', (singlePageApp, message) => {
    expect(() => resolveHandshakes({ jwt: { singlePageApp } })).toThrow(message);
  });

  it('has single-page apps for the JWT handshake alone', () => {
    const origins = ['https://app.foo.com'];
    for (const name of ['sharedSession', 'oauth']) {
      expect(() => resolveHandshakes({ [name]: { singlePageApp: { origins } } })).toThrow(
        `handshakes.${name}.singlePageApp is not an option`,
      );
    }
  });

  it.each<[unknown, RegExp]>([
    [null, /^handshakes must be an object with jwt/],
    [[], /^handshakes must be an object with jwt/],
    [{ JWT: {} }, /^handshakes\.JWT is not an option\. Did you mean handshakes\.jwt\?/],
    [{ saml: {} }, /^handshakes\.saml is not an option\. Use one of/],
    [{ jwt: null }, /^handshakes\.jwt must be an object with path, guards, version/],
    [{ jwt: true }, /^handshakes\.jwt must be an object with path, guards, version/],
    [{ jwt: { guard: SessionGuard } }, /^handshakes\.jwt\.guard is not an option/],
    [{ jwt: { path: '' } }, /^handshakes\.jwt\.path is empty\. Set it to the path/],
    [{ jwt: { path: '/' } }, /^handshakes\.jwt\.path is empty/],
    [{ jwt: { path: ' ' } }, /^handshakes\.jwt\.path is empty/],
    [{ jwt: { path: 5 } }, /^handshakes\.jwt\.path must be a string\. Use a path such as "docs-login"/],
    [{ jwt: { path: null } }, /^handshakes\.jwt\.path must be a string/],
    [
      { jwt: { path: 'https://api.foo.com/docs-login' } },
      /^handshakes\.jwt\.path is a full URL\. Set only the path/,
    ],
    [{ jwt: { path: '//api.foo.com/docs-login' } }, /^handshakes\.jwt\.path is a full URL/],
    [{ oauth: { path: 'http://localhost/me' } }, /^handshakes\.oauth\.path is a full URL/],
    [{ jwt: { path: 'docs-login?a=1' } }, /^handshakes\.jwt\.path must consist of plain segments/],
    [{ jwt: { path: 'docs-login#a' } }, /^handshakes\.jwt\.path must consist of plain segments/],
    [{ jwt: { path: 'docs//login' } }, /^handshakes\.jwt\.path must consist of plain segments/],
    [{ jwt: { path: 'docs/../login' } }, /^handshakes\.jwt\.path must consist of plain segments/],
    [{ jwt: { path: './login' } }, /^handshakes\.jwt\.path must consist of plain segments/],
    [{ jwt: { path: 'docs/:' } }, /^handshakes\.jwt\.path must consist of plain segments/],
    [
      { sharedSession: { path: 'docs/*' } },
      /^handshakes\.sharedSession\.path must consist of plain segments/,
    ],
    [{ jwt: { guards: SessionGuard } }, /^handshakes\.jwt\.guards must be a list of guards/],
    [{ jwt: { guards: null } }, /^handshakes\.jwt\.guards must be a list of guards/],
    [{ jwt: { guards: ['jwt'] } }, /^handshakes\.jwt\.guards\[0\] is not a guard: a class or an object/],
    [{ jwt: { guards: [undefined] } }, /^handshakes\.jwt\.guards\[0\] is not a guard/],
    [{ jwt: { guards: [SessionGuard, {}] } }, /^handshakes\.jwt\.guards\[1\] is not a guard/],
    [
      { jwt: { guards: [AuthGuard] } },
      /^handshakes\.jwt\.guards\[0\] is a function, not a guard class\. If it creates guards, call it: AuthGuard\('jwt'\)/,
    ],
    [{ jwt: { guards: [() => true] } }, /^handshakes\.jwt\.guards\[0\] is a function/],
    [{ jwt: { guards: [Map] } }, /^handshakes\.jwt\.guards\[0\] is a function/],
    [{ oauth: { guards: [AuthGuard] } }, /^handshakes\.oauth\.guards\[0\] is a function/],
    [
      { jwt: { version: {} } },
      /^handshakes\.jwt\.version must be a string such as "1", a list of strings, or VERSION_N/,
    ],
    [{ jwt: { version: 1 } }, /^handshakes\.jwt\.version must be a string/],
    [{ jwt: { version: '' } }, /^handshakes\.jwt\.version must be a string/],
    [{ jwt: { version: [] } }, /^handshakes\.jwt\.version must be a string/],
    [{ jwt: { version: ['1', 2] } }, /^handshakes\.jwt\.version must be a string/],
    [{ jwt: { version: Symbol('other') } }, /^handshakes\.jwt\.version must be a string/],
    [
      { jwt: { principal: 'auth' } },
      /^handshakes\.jwt\.principal must be a function of the request, for example .* Leave it out for request\.user/,
    ],
    [{ oauth: { principal: null } }, /^handshakes\.oauth\.principal must be a function/],
    [
      { sharedSession: { principal: async () => 'ada' } },
      /^handshakes\.sharedSession\.principal is async\. Load the account in a guard/,
    ],
    [
      { jwt: { decorators: SetMetadata('a', 1) } },
      /^handshakes\.jwt\.decorators must be a list of class decorators\. Use a list such as \[Public\(\)\]/,
    ],
    [{ oauth: { decorators: ['Public'] } }, /^handshakes\.oauth\.decorators\[0\] is not a class decorator/],
  ])('refuses %j', (handshakes, message) => {
    expect(() => resolveHandshakes(handshakes as HandshakesOptions)).toThrow(
      expect.objectContaining({ code: 'invalid_option', message: expect.stringMatching(message) }),
    );
  });
});

describe('The paths of handshakes', () => {
  it.each<[string, string, string]>([
    ['the same', 'docs-login', 'docs-login'],
    ['the same but for slashes around them', 'docs/login', '/docs/login/'],
    ['the same but for case', 'docs/Login', 'docs/login'],
    ['a parameter where the other one has a name', ':tenant/user-info', 'docs/user-info'],
    ['a parameter each', ':tenant/user-info', 'docs/:page'],
    ['a parameter alone', 'docs-login', ':tenant'],
    ['parameters of two names', ':a/:b', ':c/:d'],
  ])('overlap, which stops the start: %s', (_, one, other) => {
    const message =
      `handshakes.jwt.path ("${one}") and handshakes.sharedSession.path ("${other}") overlap. ` +
      'Use a different path for each.';
    expect(() => resolveHandshakes({ jwt: { path: one }, sharedSession: { path: other } })).toThrow(
      expect.objectContaining({ code: 'invalid_option', message }),
    );
    expect(() =>
      resolveHandshakes({ jwt: false, sharedSession: { path: one }, oauth: { path: other } }),
    ).toThrow(`handshakes.sharedSession.path ("${one}") and handshakes.oauth.path ("${other}") overlap`);
  });

  it.each([
    ['*', 'docs/user-info'],
    ['docs/*rest', 'Docs/user-info'],
    ['docs/*rest', ':tenant/user-info'],
  ])('overlap where one has a wildcard: %s and %s', (jwt, sharedSession) => {
    expect(() => resolveHandshakes({ jwt: { path: jwt }, sharedSession: { path: sharedSession } })).toThrow(
      'overlap',
    );
  });

  it.each<[string, string]>([
    ['docs-login', ':tenant/docs-login'],
    [':tenant/user-info', 'docs/visitor'],
    ['docs', 'docs/docs'],
    ['login/*', 'docs/user-info'],
  ])('may stand side by side: %s and %s', (jwt, sharedSession) => {
    expect(resolveHandshakes({ jwt: { path: jwt }, sharedSession: { path: sharedSession } })).toMatchObject({
      jwt: { path: jwt },
      sharedSession: { path: sharedSession },
    });
  });

  it('overlap exactly where a request fits both', () => {
    const segment = fc.constantFrom('a', 'A', 'b', ':x', ':y');
    const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'));
    const names = ['a', 'b', 'c'];
    const pairs = names.flatMap((one) => names.map((two) => `${one}/${two}`));
    const requests = [...names, ...pairs, ...pairs.flatMap((pair) => names.map((name) => `${pair}/${name}`))];
    const matcherOf = (text: string) => new RegExp(`^${text.replaceAll(/:\w/g, '[^/]+')}$`, 'i');
    fc.assert(
      fc.property(path, path, (one, other) => {
        const isBoth = requests.some(
          (request) => matcherOf(one).test(request) && matcherOf(other).test(request),
        );
        equal(doPathsOverlap(one, other), isBoth);
        equal(doPathsOverlap(other, one), isBoth);
      }),
      propertyRuns(300),
    );
  });
});
