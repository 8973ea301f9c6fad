import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { AuthModule } from './auth/auth.module.js';
import type { BackendConfig } from './config/backend-config.js';
import { ConfigModule } from './config/config.module.js';
import { DocsModule } from './docs/docs.module.js';
import { HealthModule } from './health/health.module.js';
import { HomeModule } from './home/home.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import type { Meters } from './metrics/meters.js';
import { OAuthModule } from './oauth/oauth.module.js';

/** Acme Cloud: a backend with its own login, whose visitors the docs know by name. */
@Module({})
export class AppModule {
  /** The whole backend, run by `config`; what `meters` measure can be read from it. */
  static register(config: BackendConfig, meters: Meters): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.register(config),
        MetricsModule.register(meters),
        AuthModule,
        OAuthModule,
        DocsModule,
        HomeModule,
        AdminModule,
        HealthModule,
      ],
    };
  }
}
