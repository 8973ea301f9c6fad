import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { BACKEND_CONFIG } from './backend-config.js';
import type { BackendConfig } from './backend-config.js';

/** Makes the {@link BackendConfig} injectable in every module. */
@Module({})
export class ConfigModule {
  /** Provides `config` under the `BACKEND_CONFIG` token. */
  static register(config: BackendConfig): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      providers: [{ provide: BACKEND_CONFIG, useValue: config }],
      exports: [BACKEND_CONFIG],
    };
  }
}
