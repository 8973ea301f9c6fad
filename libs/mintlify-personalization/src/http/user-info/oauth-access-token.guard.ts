import { Inject, Injectable, Optional, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { AccessTokenVerifier } from '../../access-tokens/access-token-verifier.js';
import { readBearerToken } from '../../access-tokens/bearer-token.js';
import { MintlifyPersonalizationError } from '../../errors.js';
import { readRawHeaders, readTarget, type HandshakeRequest } from '../handshake-request.js';

/**
 * Requires a valid access token, and puts its claims on `request.user`. It is the default guard of the OAuth handshake;
 * the option `accessTokens` configures which tokens are valid.
 *
 * @example
 * ```ts
 * handshakes: { oauth: { guards: [OAuthAccessTokenGuard, AccountGuard] } } // AccountGuard loads the account of `sub`
 * ```
 */
@Injectable()
export class OAuthAccessTokenGuard implements CanActivate {
  readonly #verifier: AccessTokenVerifier;

  /** @throws MintlifyPersonalizationError `invalid_option` without the option `accessTokens` */
  constructor(@Optional() @Inject(AccessTokenVerifier) verifier: AccessTokenVerifier | null) {
    if (!verifier) {
      throw new MintlifyPersonalizationError(
        'invalid_option',
        'accessTokens is missing, which OAuthAccessTokenGuard needs. Set its issuer, audience and jwksUri, or set ' +
          'handshakes.oauth.guards to your own guard.',
      );
    }
    this.#verifier = verifier;
  }

  /** @throws MintlifyPersonalizationError `unauthenticated`, `invalid_request`, `invalid_token`, and the like */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<HandshakeRequest & { user?: unknown }>();
    const token = readBearerToken({ rawHeaders: readRawHeaders(request), target: readTarget(request) });
    request.user = await this.#verifier.verify(token);
    return true;
  }
}
