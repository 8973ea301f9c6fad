import { Inject, Injectable, Logger } from '@nestjs/common';
import { stackOf } from '../../errors.js';
import { HandshakeAdmission } from '../handshake-admission.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import { HandshakeReplies } from '../handshake-replies.js';

/** The part of Fastify's reply that is needed here. */
interface FastifyReply {
  code(status: number): unknown;
}

/**
 * Answers CORS preflights of the handshakes (Fetch standard, section 3.3.5). Preflights have no principal, so no
 * guard may see them, and the CORS settings of the app do not apply.
 *
 * @internal
 */
@Injectable()
export class CorsPreflightHandler {
  readonly #logger = new Logger('MintlifyPersonalization');

  constructor(
    @Inject(HandshakeAdmission) private readonly admission: HandshakeAdmission,
    @Inject(HandshakeReplies) private readonly replies: HandshakeReplies,
  ) {}

  /** Never throws. */
  async answer(exchange: HandshakeExchange, response: unknown): Promise<void> {
    try {
      this.replies.preflight(exchange, response, await this.admission.admit(exchange));
    } catch (error) {
      this.#logger.error('A CORS preflight could not be answered.', stackOf(error));
    }
  }

  /**
   * On Fastify, the CORS plugin of the app runs first: this replaces its response before it is sent.
   *
   * @returns the body of the response
   */
  async correct(exchange: HandshakeExchange, reply: FastifyReply): Promise<string> {
    const refusal = await this.admission.admit(exchange);
    const { status, body } = this.replies.describePreflight(exchange, reply, refusal);
    reply.code(status);
    return body;
  }
}
