import { Inject, Injectable } from '@nestjs/common';
import { MintlifyPersonalizationError } from '../errors.js';
import { isSerialisedOrigin } from '../options/docs-origins.js';
import type { Tenant } from '../tenancy/tenant.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { allowOrigin, denyOrigins, isForeignSubresource, setUserInfoHeaders } from './docs-cors.js';
import { readHeader, type HandshakeRequest } from './handshake-request.js';
import type { ResponseHeaders } from './response-headers.js';
import type { UserInfoHandshake } from './user-info-handshake.js';

/**
 * Decides which pages may ask who their visitor is: by their origin, compared byte for byte.
 *
 * Before the tenant is known, an origin of anybody's docs may read what goes wrong; the user itself is for the origins
 * of its own tenant.
 *
 * @internal
 */
@Injectable()
export class DocsOriginGate {
  /** The origin of each request whose page may read the answer. */
  readonly #allowed = new WeakMap<HandshakeRequest, string>();

  constructor(@Inject(TenantRegistry) private readonly tenants: TenantRegistry) {}

  /**
   * Whether there are docs of anybody at an origin; `undefined` where nobody can tell.
   *
   * @throws MintlifyPersonalizationError `tenant_source_failed`, `tenant_source_timeout`
   */
  knows(origin: string): boolean | undefined | Promise<boolean> {
    return this.tenants.knowsOrigin(origin);
  }

  /**
   * Looks at a request before anybody knows whose it is, and sets the headers of its answer.
   *
   * @throws MintlifyPersonalizationError `origin_not_allowed` for an origin that is certainly nobody's docs
   */
  async enter(
    handshake: UserInfoHandshake,
    request: HandshakeRequest,
    headers: ResponseHeaders,
  ): Promise<void> {
    denyOrigins(headers);
    setUserInfoHeaders(headers);
    if (isForeignSubresource(request)) throw originNotAllowed();
    const origin = readOrigin(request);
    if (origin === undefined) return;
    const asked = this.#ask(origin);
    const isKnown = asked instanceof Promise ? await asked : asked;
    if (isKnown === false) throw originNotAllowed(origin);
    if (isKnown !== true) return;
    this.#allowed.set(request, origin);
    allowOrigin(headers, origin, handshake);
  }

  /**
   * Sets the headers of the answer anew, as {@link enter} did: guards and interceptors of the host app, which run in
   * between, may have set them otherwise.
   */
  restore(handshake: UserInfoHandshake, request: HandshakeRequest, headers: ResponseHeaders): void {
    denyOrigins(headers);
    setUserInfoHeaders(headers);
    const origin = this.#allowed.get(request);
    if (origin !== undefined) allowOrigin(headers, origin, handshake);
  }

  /**
   * Looks at a request whose tenant is known now, before the mapper is called.
   *
   * @throws MintlifyPersonalizationError `origin_not_allowed` for an origin that is not one of the tenant's docs
   */
  admit(
    { docsOrigins }: Tenant,
    handshake: UserInfoHandshake,
    request: HandshakeRequest,
    headers: ResponseHeaders,
  ): void {
    const origin = readOrigin(request);
    if (origin === undefined) return;
    if (!docsOrigins.has(origin)) {
      denyOrigins(headers);
      throw originNotAllowed(origin);
    }
    // Where only the tenant itself knows the origin, nobody has allowed it yet.
    if (headers.get('Access-Control-Allow-Origin') !== origin) allowOrigin(headers, origin, handshake);
  }

  /** A source that fails here says nothing: the tenant's own origins decide. */
  #ask(origin: string): boolean | undefined | Promise<boolean | undefined> {
    const known = this.knows(origin);
    return known instanceof Promise ? known.catch(() => undefined) : known;
  }
}

/** Node joins several `Origin` headers into one text, which is no origin then. */
function readOrigin(request: HandshakeRequest): string | undefined {
  return request.headers['origin'] === undefined ? undefined : readHeader(request, 'origin');
}

/** @internal Names the origin where it looks like one: for the log, where it tells what to add. */
export function originNotAllowed(origin?: string): MintlifyPersonalizationError {
  const who =
    typeof origin === 'string' && isSerialisedOrigin(origin)
      ? `A page at ${origin}`
      : 'A page of no known origin';
  return new MintlifyPersonalizationError(
    'origin_not_allowed',
    `${who} asked who its visitor is, and is not one of the docs. If it should be, set docsUrl or additionalDocsOrigins.`,
  );
}
