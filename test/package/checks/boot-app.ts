import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';

/**
 * Starts an app on the platform of the command line, on a free port.
 *
 * @param configure configures the app before it listens
 */
export async function bootApp(
  module: Type,
  configure: (app: INestApplication) => void = () => undefined,
): Promise<INestApplication> {
  const adapter = process.argv[2] === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const app = await NestFactory.create(module, adapter, {
    abortOnError: false,
    forceCloseConnections: true,
    logger: ['error', 'warn'],
  });
  configure(app);
  await app.listen(0, '127.0.0.1');
  return app;
}

/** The URL of the app. */
export function originOf(app: INestApplication): string {
  const { port } = (app.getHttpServer() as { address(): { port: number } }).address();
  return `http://127.0.0.1:${port}`;
}
