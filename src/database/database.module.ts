import { Inject, Module } from '@nestjs/common';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { DatabaseUnavailableFilter } from './database-unavailable.filter.js';
import { openDatabase } from './database-connection.js';
import type { DatabaseConnection } from './database-connection.js';
import { prepareDatabase } from './prepare-database.js';

/** Injection token of the {@link Database}. */
export const DATABASE = Symbol('DATABASE');

const DATABASE_CONNECTION = Symbol('DATABASE_CONNECTION');

/** Opens the database and prepares it before the app accepts requests; closes it on shutdown. */
@Module({
  providers: [
    {
      provide: DATABASE_CONNECTION,
      inject: [BACKEND_CONFIG],
      useFactory: (config: BackendConfig) => openDatabase(config.databaseUrl),
    },
    {
      provide: DATABASE,
      inject: [DATABASE_CONNECTION],
      useFactory: (connection: DatabaseConnection) => connection.database,
    },
    { provide: APP_FILTER, useClass: DatabaseUnavailableFilter },
  ],
  exports: [DATABASE],
})
export class DatabaseModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(DATABASE_CONNECTION) private readonly connection: DatabaseConnection,
    @Inject(BACKEND_CONFIG) private readonly config: BackendConfig,
  ) {}

  /** See {@link prepareDatabase}. */
  async onModuleInit(): Promise<void> {
    await prepareDatabase(this.connection.database, this.config);
  }

  /** Closes the database. */
  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}
