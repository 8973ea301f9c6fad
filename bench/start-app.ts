import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { NullLogger } from './null-logger.js';

const MICROSECONDS_PER_MS = 1_000;

/** Imported on demand, so that no app pays for the imports of another one. */
const APPS: Readonly<Record<string, () => Promise<Type>>> = {
  bare: async () => (await import('./start-apps/bare.module.js')).BareModule,
  peers: async () => (await import('./start-apps/peers.module.js')).PeersModule,
  library: async () => (await import('./start-apps/library.module.js')).LibraryModule,
};

/** Starts one app, `node start-app.js <bare|peers|library>`, and sends the CPU milliseconds that the start took. */
async function start(name: string | undefined): Promise<void> {
  const load = APPS[name ?? ''];
  if (load === undefined) throw new Error(`No app ${name}.`);
  const app = await NestFactory.create(await load(), new ExpressAdapter(), { logger: new NullLogger() });
  await app.init();
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / MICROSECONDS_PER_MS);
}

await start(process.argv[2]);
