import { Inject, Post, Req, Res } from '@nestjs/common';
import { isVisitorRefusal } from '../../ports/visitor-refusal.js';
import { HandshakeController } from '../handshake.controller.js';
import type { HandshakeExchange } from '../handshake-exchange.js';
import type { HandshakeRequest } from '../handshake-request.js';
import { WEBHOOK_ANSWERS, type WebhookAnswerer } from './webhook-answerer.js';

/** The route of a signed webhook. */
export class WebhookController extends HandshakeController {
  @Inject(WEBHOOK_ANSWERS) private readonly answers!: WebhookAnswerer;

  /** Sends what the webhook asks for, or 204 if there is no such visitor. */
  @Post()
  async receive(@Req() request: HandshakeRequest, @Res() response: unknown): Promise<void> {
    const exchange = this.exchangeOf(request);
    const answer = await this.#answer(exchange, request);
    if (answer !== undefined) return this.services.replies.json(exchange, response, answer);
    exchange.refuseNoContent();
    this.services.replies.noContent(exchange, response);
  }

  /** @returns `undefined` for no visitor, also if the mapper or the like refuses this one */
  async #answer(exchange: HandshakeExchange, request: HandshakeRequest): Promise<object | undefined> {
    try {
      return await this.answers.answer(exchange, request, (principal) => this.tenantOf(exchange, principal));
    } catch (error) {
      if (isVisitorRefusal(error)) return undefined;
      throw error;
    }
  }
}
