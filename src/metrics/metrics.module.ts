import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { MetricsController } from './metrics.controller.js';
import { METERS } from './meters.js';
import type { Meters } from './meters.js';

/** `GET /metrics`, for Prometheus. */
@Module({})
export class MetricsModule implements OnApplicationShutdown {
  constructor(@Inject(METERS) private readonly meters: Meters) {}

  /** Serves the metrics of `meters`, and closes them on shutdown. */
  static register(meters: Meters): DynamicModule {
    return {
      module: MetricsModule,
      providers: [{ provide: METERS, useValue: meters }],
      controllers: [MetricsController],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.meters.close();
  }
}
