import type { Tenant } from '../../tenancy/tenant.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import type { HandshakeRequest } from '../handshake-request.js';

/** @internal Answers signed webhooks. */
export interface WebhookAnswerer {
  /**
   * @param findTenant of a principal
   * @returns the answer as JSON has it; `undefined` if there is no such visitor
   */
  answer(
    exchange: HandshakeExchange,
    request: HandshakeRequest,
    findTenant: (principal: unknown) => Tenant | Promise<Tenant>,
  ): Promise<object | undefined>;
}

/** @internal Injection token of the {@link WebhookAnswerer}. */
export const WEBHOOK_ANSWERS = Symbol('WEBHOOK_ANSWERS');
