import 'reflect-metadata';
import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AUDIT_SINK } from 'nestjs-mintlify-personalization';
import { SoakModule, type CountingSink } from './app.module.js';
import type { Platform } from './arguments.js';
import { answerParent } from '../child-calls.js';
import { ServerProbe, type ServerSample } from './server-sample.js';
import { createCookie } from './sessions.js';
import { createTenants, describeDocs, LEAVING, type SoakDocs, type SoakTenants } from './tenants.js';
import type { SoakVisitor } from './visitors.js';

const VISITORS = 1_000;

/** Longer than that of a load balancer. Otherwise connections would be closed while in use. */
const KEEP_ALIVE_MS = 75_000;

/** The origin of the server, and its visitors. */
export interface Started {
  readonly origin: string;
  readonly visitors: readonly SoakVisitor[];
  /** A visitor who disconnects before the response. */
  readonly leaver: SoakVisitor;
}

/** The functions of the server process. */
export interface ServerCalls {
  start(platform: Platform): Promise<Started>;
  sample(): Promise<ServerSample>;
}

class SoakServer implements ServerCalls {
  #probe: ServerProbe | undefined;

  async start(platform: Platform): Promise<Started> {
    const tenants = createTenants();
    const adapter = platform === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
    const app = await NestFactory.create(SoakModule.for(tenants), adapter, { logger: false });
    await app.listen(0, '127.0.0.1');
    const server = app.getHttpServer() as Server;
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    const sink = app.get<CountingSink>(AUDIT_SINK, { strict: false });
    this.#probe = new ServerProbe(server, () => sink.events);
    const { port } = server.address() as { port: number };
    return {
      origin: `http://127.0.0.1:${port}`,
      visitors: await createVisitors(tenants),
      leaver: await createVisitor('Leaver', LEAVING, tenants.configured[LEAVING] ?? tenants.defaultSite),
    };
  }

  async sample(): Promise<ServerSample> {
    if (this.#probe === undefined) throw new Error('The server is not started.');
    return this.#probe.sample();
  }
}

/** Visitors of all tenants in turn. */
function createVisitors({ defaultSite, configured, loaded }: SoakTenants): Promise<SoakVisitor[]> {
  const docs: (readonly [string | undefined, SoakDocs])[] = [
    [undefined, defaultSite],
    ...Object.entries(configured).filter(([id]) => id !== LEAVING),
    ...Object.entries(loaded),
  ];
  return Promise.all(
    Array.from({ length: VISITORS }, (_, index) => {
      const [tenantId, site] = docs[index % docs.length] ?? [undefined, defaultSite];
      return createVisitor(`Visitor ${index}`, tenantId, site);
    }),
  );
}

async function createVisitor(
  name: string,
  tenantId: string | undefined,
  site: SoakDocs,
): Promise<SoakVisitor> {
  const account = { name, ...(tenantId !== undefined && { tenantId }) };
  return { ...account, cookie: await createCookie(account), docs: describeDocs(site) };
}

const server = new SoakServer();
answerParent<ServerCalls>({ start: (platform) => server.start(platform), sample: () => server.sample() });
