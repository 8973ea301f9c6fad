import type { Provider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { IdentityService } from '../../identity/identity.service.js';
import { RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../../options/handshakes.js';
import { CLOCK, type Clock } from '../../time/clock.js';
import { WEBHOOK_ANSWERS, type WebhookAnswerer } from './webhook-answerer.js';

/** @internal Loads what answers webhooks, for apps that mount one. */
export const WEBHOOK_ANSWERS_PROVIDER: Provider = {
  provide: WEBHOOK_ANSWERS,
  useFactory: async (
    handshakes: ResolvedHandshakes,
    identity: IdentityService,
    clock: Clock,
    moduleRef: ModuleRef,
  ): Promise<WebhookAnswerer> => {
    const { WebhookAnswers } = await import('./webhook-answers.js');
    return new WebhookAnswers(handshakes, identity, clock, moduleRef);
  },
  inject: [RESOLVED_HANDSHAKES, IdentityService, CLOCK, ModuleRef],
};
