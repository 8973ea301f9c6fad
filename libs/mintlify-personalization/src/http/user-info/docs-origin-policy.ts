import { Inject, Injectable } from '@nestjs/common';
import { isOwnError, MintlifyPersonalizationError } from '../../errors.js';
import { isSerializedOrigin } from '../../options/docs-origins.js';
import { DocsPreviews } from '../../previews/docs-previews.service.js';
import type { Tenant } from '../../tenancy/tenant.js';
import { TenantRegistry } from '../../tenancy/tenant.registry.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import { readOrigin } from '../handshake-request.js';

type Refusal = MintlifyPersonalizationError | undefined;

/**
 * Decides which pages may call the user-info routes, by their origin, compared byte for byte.
 *
 * Until the tenant is known, pages of any tenant's docs may read error responses. Only the origins of the visitor's own
 * tenant get the user, and a preview that was allowed for that tenant.
 *
 * @internal
 */
@Injectable()
export class DocsOriginPolicy {
  constructor(
    @Inject(TenantRegistry) private readonly tenants: TenantRegistry,
    @Inject(DocsPreviews) private readonly previews: DocsPreviews,
  ) {}

  /**
   * Checks the origin of a request against the options and the cache.
   *
   * @returns `origin_not_allowed` for an origin that is known not to have docs
   */
  checkRequest(exchange: HandshakeExchange): Refusal {
    const origin = readOrigin(exchange.request);
    if (origin === undefined) return undefined;
    const isKnown = this.tenants.peekOrigin(origin);
    if (isKnown === false && !this.previews.isCandidate(origin)) return originNotAllowed(origin);
    if (isKnown) exchange.allowedOrigin = origin;
    return undefined;
  }

  /**
   * Asks the tenant source and the store of previews about an origin on which {@link checkRequest} could not decide.
   *
   * @returns `origin_not_allowed` for an origin without docs; for a preflight, also the error of the tenant source;
   * the error of the store
   */
  confirmOrigin(exchange: HandshakeExchange): Refusal | Promise<Refusal> {
    const origin = readOrigin(exchange.request);
    if (origin === undefined) return undefined;
    if (exchange.allowedOrigin !== undefined) return undefined;
    if (this.previews.isCandidate(origin)) return this.#confirmPreview(exchange, origin);
    return this.#confirmDocs(exchange, origin);
  }

  /**
   * Checks the origin again when the tenant is known, before the mapper is called.
   *
   * @throws MintlifyPersonalizationError `origin_not_allowed` for an origin that is not one of the tenant's docs
   */
  checkTenant(exchange: HandshakeExchange, tenant: Tenant): void {
    const origin = readOrigin(exchange.request);
    if (origin === undefined) return;
    const isAllowed = tenant.docsOrigins.has(origin) || this.previews.isOf(exchange.preview, tenant);
    exchange.allowedOrigin = isAllowed ? origin : undefined;
    if (!isAllowed) throw originNotAllowed(origin, tenant.id);
  }

  async #confirmPreview(exchange: HandshakeExchange, origin: string): Promise<Refusal> {
    try {
      exchange.preview = await this.previews.find(origin);
    } catch (error) {
      if (isOwnError(error)) return error;
      throw error;
    }
    return exchange.preview === undefined
      ? this.#confirmDocs(exchange, origin)
      : this.#decide(exchange, origin, true);
  }

  #confirmDocs(exchange: HandshakeExchange, origin: string): Refusal | Promise<Refusal> {
    const asked = this.#ask(origin);
    return asked instanceof Promise
      ? asked.then(
          (isKnown) => this.#decide(exchange, origin, isKnown),
          (error: MintlifyPersonalizationError) => this.#fail(exchange, error),
        )
      : this.#decide(exchange, origin, asked);
  }

  #ask(origin: string): boolean | undefined | Promise<boolean> {
    try {
      return this.tenants.knowsOrigin(origin);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #decide(exchange: HandshakeExchange, origin: string, isKnown: boolean | undefined): Refusal {
    if (isKnown) exchange.allowedOrigin = origin;
    // If only the tenant knows its origins, `checkTenant` decides later. A preflight has no tenant.
    const isRefused = exchange.isPreflight ? isKnown !== true : isKnown === false;
    return isRefused ? originNotAllowed(origin) : undefined;
  }

  /** If the source fails, a request is not refused yet: `checkTenant` decides later. */
  #fail({ isPreflight }: HandshakeExchange, error: MintlifyPersonalizationError): Refusal {
    return isPreflight ? error : undefined;
  }
}

/** @internal The message contains the origin if it is valid, so that the log says what to add. */
export function originNotAllowed(origin?: string, tenantId?: string): MintlifyPersonalizationError {
  const what =
    origin !== undefined && isSerializedOrigin(origin) ? `Origin ${origin}` : 'A page of unknown origin';
  return new MintlifyPersonalizationError(
    'origin_not_allowed',
    `${what} is not allowed to call the user-info API. If it is one of your docs, set docsUrl or additionalDocsOrigins; a preview needs previewOrigins.`,
    { tenantId },
  );
}
