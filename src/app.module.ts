import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { AuthModule } from './auth/auth.module.js';
import type { BackendConfig } from './config/backend-config.js';
import { ConfigModule } from './config/config.module.js';
import { ConsoleModule } from './console/console.module.js';
import { DocsModule } from './docs/docs.module.js';
import { DocsSearchModule } from './docs/docs-search.module.js';
import { HealthModule } from './health/health.module.js';
import { HomeModule } from './home/home.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import type { Meters } from './metrics/meters.js';
import { OAuthModule } from './oauth/oauth.module.js';
import { ServicesModule } from './services/services.module.js';

/** Acme Cloud: a backend with its own login that identifies its visitors to the docs. */
@Module({})
export class AppModule {
  /** The whole backend, configured by `config`; it exposes the metrics of `meters`. */
  static register(config: BackendConfig, meters: Meters): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(config),
        MetricsModule.register(meters),
        AuthModule,
        OAuthModule,
        DocsModule,
        DocsSearchModule.register(config),
        ConsoleModule.register(config),
        HomeModule,
        AdminModule,
        ServicesModule,
        HealthModule,
      ],
    };
  }
}
