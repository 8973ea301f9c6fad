import { describe, expect, it } from '@jest/globals';
import type { CanActivate } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { HandshakesOptions } from 'nestjs-mintlify-personalization';
import { resolveHandshakes } from '../../../libs/mintlify-personalization/src/options/handshakes.js';

class SessionGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

describe('resolveHandshakes', () => {
  it.each([[undefined], [{}], [{ jwt: undefined }], [{ jwt: {} }]])(
    'mounts docs-login behind the passport strategy jwt, for %j',
    (handshakes) => {
      const guards = [AuthGuard('jwt')];
      expect(resolveHandshakes(handshakes)).toEqual({
        jwt: { path: 'docs-login', guards, version: undefined },
        sharedSession: false,
        oauth: false,
      });
    },
  );

  it('mounts nothing for false', () => {
    expect(resolveHandshakes({ jwt: false })).toEqual({ jwt: false, sharedSession: false, oauth: false });
  });

  it('takes path, guards and version', () => {
    const guards = [SessionGuard, new SessionGuard()];
    const jwt = { path: '/help/login', guards, version: ['1', '2'] };
    expect(resolveHandshakes({ jwt })).toEqual({ jwt, sharedSession: false, oauth: false });
  });

  it('takes an empty list of guards, for apps that guard every route', () => {
    expect(resolveHandshakes({ jwt: { guards: [] } })).toMatchObject({ jwt: { guards: [] } });
  });

  it('neither changes nor keeps the lists that it is given', () => {
    const guards = [SessionGuard];
    const resolved = resolveHandshakes({ jwt: { guards } });
    guards.push(SessionGuard);
    expect(resolved).toMatchObject({ jwt: { guards: [SessionGuard] } });
    expect([Object.isFrozen(resolved), Object.isFrozen(resolved.jwt)]).toEqual([true, true]);
  });

  it.each<[unknown, RegExp]>([
    [null, /^handshakes must be an object with jwt/],
    [[], /^handshakes must be an object with jwt/],
    [{ JWT: {} }, /^handshakes\.JWT is not an option\. Did you mean handshakes\.jwt\?/],
    [{ saml: {} }, /^handshakes\.saml is not an option\. The options here are/],
    [{ jwt: null }, /^handshakes\.jwt must be an object with path, guards, version/],
    [{ jwt: true }, /^handshakes\.jwt must be an object with path, guards, version/],
    [{ jwt: { guard: SessionGuard } }, /^handshakes\.jwt\.guard is not an option/],
    [{ jwt: { path: '' } }, /^handshakes\.jwt\.path is empty\. Give the path/],
    [{ jwt: { path: '/' } }, /^handshakes\.jwt\.path is empty/],
    [{ jwt: { path: ' ' } }, /^handshakes\.jwt\.path is empty/],
    [{ jwt: { path: 5 } }, /^handshakes\.jwt\.path is empty/],
    [{ jwt: { path: null } }, /^handshakes\.jwt\.path is empty/],
    [{ jwt: { guards: SessionGuard } }, /^handshakes\.jwt\.guards must be a list of guards/],
    [{ jwt: { guards: null } }, /^handshakes\.jwt\.guards must be a list of guards/],
    [{ jwt: { guards: ['jwt'] } }, /^handshakes\.jwt\.guards must be a list of guards/],
    [{ jwt: { guards: [undefined] } }, /^handshakes\.jwt\.guards must be a list of guards/],
    [{ jwt: { guards: [{}] } }, /^handshakes\.jwt\.guards must be a list of guards/],
  ])('refuses %j', (handshakes, message) => {
    expect(() => resolveHandshakes(handshakes as HandshakesOptions)).toThrow(
      expect.objectContaining({ code: 'invalid_option', message: expect.stringMatching(message) }),
    );
  });
});
