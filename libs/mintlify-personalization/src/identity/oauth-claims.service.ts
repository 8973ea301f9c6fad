import { Inject, Injectable } from '@nestjs/common';
import { createGroupClaim, resolveGroupClaim, type GroupClaimOptions } from '../options/group-claim.js';
import { IdentityService } from './identity.service.js';

/** Options of `OAuthClaims.for()`. */
export interface OAuthClaimsOptions extends GroupClaimOptions {
  /** The HTTP request, if there is one: passed to the tenant resolver and to the claim mapper. */
  request?: unknown;
}

/**
 * Gives the groups of a visitor as a claim for the tokens of your own OAuth server, from the same claim mapper as every
 * handshake. Private docs that log in by OAuth read the groups from there, and need no Info API.
 *
 * Source: `spec/handshakes.md`, section 9.
 *
 * @example
 * ```ts
 * // For oidc-provider:
 * extraTokenClaims: async (_context, { accountId }) =>
 *   claims.for(await accounts.find(accountId), { source: 'access_token', groupsDelimiter: ',' }),
 * ```
 */
@Injectable()
export class OAuthClaims {
  readonly #identity: IdentityService;

  /** @internal Created by the module. */
  constructor(@Inject(IdentityService) identity: IdentityService) {
    this.#identity = identity;
  }

  /**
   * Maps a principal and returns its groups as the claim of a token. A visitor without groups gets an empty claim.
   *
   * @param principal what your guard would put on `request.user`
   * @throws MintlifyPersonalizationError `invalid_option` for wrong options, and the errors of
   * `IdentityService.identify()`
   * @throws InvalidMintlifyUserError if the docs would not read a group as it is, since it contains the delimiter
   */
  async for(
    principal: unknown,
    { request, ...options }: OAuthClaimsOptions,
  ): Promise<Record<string, string | string[]>> {
    const claim = resolveGroupClaim('OAuthClaims.for()', options);
    const { groups = [] } = await this.#identity.identify(principal, request, { playgroundKeys: false });
    return { [claim.groupsClaim]: createGroupClaim(groups, claim) };
  }
}
