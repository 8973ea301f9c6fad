import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { BACKEND_CONFIG } from '../config/backend.config.js';
import type { BackendConfig } from '../config/backend.config.js';
import { InteractionController } from './interaction.controller.js';
import { MemoryAdapter, MemoryStore } from './memory.adapter.js';
import { OAUTH_SERVER } from './oauth.constants.js';
import { createOAuthServer } from './oauth.server.js';
import { RedisAdapter } from './redis.adapter.js';
import { RedisConnection } from './redis.connection.js';

/** The OAuth server that the docs at `OAUTH_DOCS_PORT` log in with. */
@Module({
  imports: [AccountsModule],
  controllers: [InteractionController],
  providers: [
    RedisConnection,
    {
      provide: OAUTH_SERVER,
      inject: [BACKEND_CONFIG, AccountsRepository, RedisConnection],
      useFactory: async (
        config: BackendConfig,
        accounts: AccountsRepository,
        connection: RedisConnection,
      ) => {
        const redis = await connection.open();
        const store = new MemoryStore();
        return createOAuthServer(config, accounts, (model) =>
          redis ? new RedisAdapter(redis, model) : new MemoryAdapter(store, model),
        );
      },
    },
  ],
})
export class OAuthModule {}
