import { Inject, Injectable, Logger } from '@nestjs/common';
import { stackOf } from '../../errors.js';
import { HandshakeAdmission } from '../handshake-admission.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import { HandshakeReplies } from '../handshake-replies.js';

/** What of Fastify's reply is needed here. */
interface FastifyReply {
  code(status: number): unknown;
}

/**
 * Answers CORS preflights of the user-info routes (Fetch standard, section 3.3.5). They carry no principal and must
 * reach no guard, and the app's own CORS settings would answer them otherwise.
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
   * On Fastify, the app's own CORS comes before everything else: what it answers is corrected before it is sent.
   *
   * @returns the body of the answer
   */
  async correct(exchange: HandshakeExchange, reply: FastifyReply): Promise<string> {
    const refusal = await this.admission.admit(exchange);
    const { status, body } = this.replies.describePreflight(exchange, reply, refusal);
    reply.code(status);
    return body;
  }
}
