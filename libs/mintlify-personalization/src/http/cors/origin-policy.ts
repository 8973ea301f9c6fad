import { Inject, Injectable } from '@nestjs/common';
import type { MintlifyPersonalizationError } from '../../errors.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import { AppOriginPolicy } from '../login/app-origin-policy.js';
import type { ResponseHead } from '../response-head.js';
import { DocsOriginPolicy } from '../user-info/docs-origin-policy.js';
import { ViewAsOriginPolicy } from '../view-as/view-as-origin-policy.js';
import { setCorsHeaders } from './cors-headers.js';

type Refusal = MintlifyPersonalizationError | undefined;

/**
 * Decides which pages may call a route of a handshake, and sets the CORS headers of its responses. Routes that browsers
 * open as a page have no such rules.
 *
 * @internal
 */
@Injectable()
export class OriginPolicy {
  constructor(
    @Inject(DocsOriginPolicy) private readonly docs: DocsOriginPolicy,
    @Inject(AppOriginPolicy) private readonly apps: AppOriginPolicy,
    @Inject(ViewAsOriginPolicy) private readonly viewAs: ViewAsOriginPolicy,
  ) {}

  /** Checks the origin of a request against what is known without a call of the tenant source. */
  checkRequest(exchange: HandshakeExchange): Refusal {
    const { cors } = exchange.definition;
    if (cors === undefined) return undefined;
    if (cors.pages === 'docs') return this.docs.checkRequest(exchange);
    return (cors.pages === 'view-as' ? this.viewAs : this.apps).checkRequest(exchange);
  }

  /** Asks the tenant source about an origin on which {@link checkRequest} could not decide. */
  confirmOrigin(exchange: HandshakeExchange): Refusal | Promise<Refusal> {
    return exchange.definition.cors?.pages === 'docs' ? this.docs.confirmOrigin(exchange) : undefined;
  }

  /** Sets the CORS headers of a response just before it is sent, and replaces those of the host app. */
  applyHeaders(exchange: HandshakeExchange, head: ResponseHead): void {
    const { cors, method } = exchange.definition;
    if (cors === undefined) return;
    // A preflight that the host app answered before it was checked.
    if (!exchange.isAdmitted) this.checkRequest(exchange);
    const { allowedOrigin, isPreflight } = exchange;
    setCorsHeaders(head, cors, { allowedOrigin, isPreflight, method });
  }
}
