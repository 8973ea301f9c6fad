import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DocsDiscoveryModule } from 'nestjs-mintlify-personalization/discovery';
import { OptionalSessionGuard } from '../auth/optional-session.guard.js';
import type { BackendConfig } from '../config/backend-config.js';
import { DocsLimitGuard } from '../rate-limit/docs-limit.guard.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';

/**
 * Search and assistant of the docs on the front page: `POST /docs/search`, `/docs/page` and `/docs/assistant`, for pages of
 * this backend. The guards are those of the docs login.
 */
@Module({})
export class DocsSearchModule {
  /** The routes for the pages of the origin in `config`. */
  static register(config: Pick<BackendConfig, 'publicUrl'>): DynamicModule {
    const discovery = DocsDiscoveryModule.forRoot({
      imports: [RateLimitModule],
      routes: {
        guards: [OptionalSessionGuard, DocsLimitGuard],
        origins: [new URL(config.publicUrl).origin],
      },
    });
    return { module: DocsSearchModule, imports: [discovery] };
  }
}
