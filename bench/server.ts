import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { answerParent } from './child-calls.js';
import { CeilingModule } from './contestants/ceiling.js';
import { OursModule, OursUserInfoModule } from './contestants/ours.js';
import { PEER_ORIGINS, PeerModule, PeerUserInfoModule } from './contestants/peer.js';
import { SeedModule, SeedUserInfoModule } from './contestants/seed.js';
import { HeapProbe } from './heap-probe.js';
import { NullLogger } from './null-logger.js';

export type Platform = 'express' | 'fastify';

/** The app to serve. */
export interface Served {
  readonly platform: Platform;
  readonly route: 'login' | 'userInfo';
  readonly contestant: string;
}

/** The functions of the server process. Those about the heap need `--expose-gc`. */
export interface ServerCalls {
  /** Starts the app and returns its origin. */
  listen(served: Served): Promise<string>;
  /** CPU that the process has used, in microseconds: all threads, user and system. */
  cpuMicroseconds(): number;
  collectAll(): Promise<void>;
  bytesAfterScavenge(): Promise<number>;
}

/** An app with its options for `enableCors`, if any. */
interface Contestant {
  readonly module: Type;
  readonly origin?: string | string[];
}

const CONTESTANTS: Readonly<Record<Served['route'], Readonly<Record<string, Contestant>>>> = {
  login: {
    ceiling: { module: CeilingModule },
    seed: { module: SeedModule },
    peer: { module: PeerModule },
    ours: { module: OursModule },
  },
  userInfo: {
    seed: { module: SeedUserInfoModule, origin: 'https://docs.foo.com' },
    peer: { module: PeerUserInfoModule, origin: PEER_ORIGINS },
    ours: { module: OursUserInfoModule },
  },
};

async function listen({ platform, route, contestant }: Served): Promise<string> {
  const { module, origin } = CONTESTANTS[route][contestant] ?? {};
  if (module === undefined) throw new Error(`No contestant ${contestant} for ${route}.`);
  const adapter = platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const app = await NestFactory.create(module, adapter, { logger: new NullLogger() });
  if (origin !== undefined) app.enableCors({ origin, credentials: true });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  return `http://127.0.0.1:${port}`;
}

const heap = new HeapProbe();
answerParent<ServerCalls>({
  listen,
  cpuMicroseconds: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  collectAll: () => heap.collectAll(),
  bytesAfterScavenge: () => heap.bytesAfterScavenge(),
});
