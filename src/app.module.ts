import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { AuthModule } from './auth/auth.module.js';
import type { BackendConfig } from './config/backend.config.js';
import { ConfigModule } from './config/config.module.js';
import { DocsModule } from './docs/docs.module.js';
import { HomeModule } from './home/home.module.js';
import { OAuthModule } from './oauth/oauth.module.js';

/** Acme Cloud: a backend with its own login, whose visitors the docs know by name. */
@Module({})
export class AppModule {
  /** The whole backend, run by `config`. */
  static register(config: BackendConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [ConfigModule.register(config), AuthModule, OAuthModule, DocsModule, HomeModule, AdminModule],
    };
  }
}
