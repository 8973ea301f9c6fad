import { Inject, Injectable } from '@nestjs/common';
import { ClaimMapperRegistry } from '../claims/claim-mapper.registry.js';
import { MintlifyPersonalizationError } from '../errors.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/resolved-options.js';
import type { ClaimMappingContext } from '../ports/claim-mapper.js';
import type { DocsSite } from '../ports/docs-site.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';
import { DOCS_SITE } from '../tenancy/docs-site.js';
import { withDeadline, type Deadline } from '../time/deadline.js';
import { MintlifyUserValidator } from '../user/mintlify-user.validator.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { isPrincipal } from './principal.js';

/**
 * Says who a principal is to the docs: claim mapper, then validator. Every handshake takes this first step.
 *
 * @example
 * ```ts
 * const user = await identity.identify(request.user, request);
 * const url = await signing.createRedirectUrl(user, { redirect: '/quickstart' });
 * ```
 */
@Injectable()
export class IdentityService {
  constructor(
    @Inject(RESOLVED_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(DOCS_SITE) private readonly site: DocsSite,
    @Inject(ClaimMapperRegistry) private readonly mappers: ClaimMapperRegistry,
    @Inject(MintlifyUserValidator) private readonly users: MintlifyUserValidator,
  ) {}

  /**
   * Maps a principal and validates the result.
   *
   * @param principal what the host's guard put on `request.user`
   * @param request handed to the mapper; also the scope of a request-scoped one
   * @throws InvalidMintlifyUserError when the mapper's result breaks the User format or a limit
   * @throws MintlifyPersonalizationError `unauthenticated` without a principal, `claim_mapper_failed`,
   * `claim_mapper_timeout`
   */
  async identify(principal: unknown, request: unknown): Promise<ValidMintlifyUser> {
    if (!isPrincipal(principal)) {
      throw new MintlifyPersonalizationError(
        'unauthenticated',
        'There is no principal: no guard put one on request.user. Mount a guard that does.',
      );
    }
    return this.users.validate(await this.#map(principal, request));
  }

  async #map(principal: unknown, request: unknown): Promise<MintlifyUser> {
    const { mapperTimeoutMs } = this.options;
    const timeout = (): Error => mapperTimeout(mapperTimeoutMs);
    try {
      return await withDeadline(
        (signal) => this.#callMapper(principal, request, signal),
        mapperTimeoutMs,
        timeout,
      );
    } catch (cause) {
      if (cause instanceof MintlifyPersonalizationError) throw cause;
      throw new MintlifyPersonalizationError(
        'claim_mapper_failed',
        'The claim mapper threw an error: see its cause.',
        {
          cause,
        },
      );
    }
  }

  /** Without a promise wherever the mapper needs none: most mappers only rearrange the principal. */
  #callMapper(
    principal: unknown,
    request: unknown,
    deadline: Deadline,
  ): MintlifyUser | Promise<MintlifyUser> {
    const context: ClaimMappingContext = {
      site: this.site,
      request,
      get signal() {
        return deadline.signal;
      },
    };
    const mapper = this.mappers.resolve(request);
    return mapper instanceof Promise
      ? mapper.then((resolved) => resolved.map(principal, context))
      : mapper.map(principal, context);
  }
}

function mapperTimeout(timeoutMs: number): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'claim_mapper_timeout',
    `The claim mapper took longer than mapperTimeoutMs (${timeoutMs} ms). Make it faster, or allow more.`,
  );
}
