import { Module } from '@nestjs/common';
import { OAuthClaims } from 'nestjs-mintlify-personalization';
import type { Redis } from 'ioredis';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AccountsRepository } from '../accounts/accounts-repository.js';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { DocsModule } from '../docs/docs.module.js';
import { REDIS, RedisModule } from '../redis/redis.module.js';
import { InteractionController } from './interaction.controller.js';
import { MemoryAdapter, MemoryStore } from './memory-adapter.js';
import { OAUTH_SERVER } from './oauth-constants.js';
import { createOAuthServer } from './oauth-server.js';
import { RedisAdapter } from './redis-adapter.js';

/** The OAuth server for the docs at `OAUTH_DOCS_PORT`. */
@Module({
  imports: [AccountsModule, DocsModule, RedisModule],
  controllers: [InteractionController],
  providers: [
    {
      provide: OAUTH_SERVER,
      inject: [BACKEND_CONFIG, AccountsRepository, OAuthClaims, { token: REDIS, optional: true }],
      useFactory: (
        config: BackendConfig,
        accounts: AccountsRepository,
        claims: OAuthClaims,
        redis: Redis | undefined,
      ) => {
        const store = new MemoryStore();
        return createOAuthServer(config, accounts, claims, (model) =>
          redis ? new RedisAdapter(redis, model) : new MemoryAdapter(store, model),
        );
      },
    },
  ],
})
export class OAuthModule {}
