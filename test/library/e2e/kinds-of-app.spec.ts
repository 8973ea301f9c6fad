import { describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Transport } from '@nestjs/microservices';
import { IdentityService, MintlifySigningService } from 'nestjs-mintlify-personalization';
import request from 'supertest';
import { composeHost, createAdapter } from '../../support/apps.support.js';
import { verifyToken } from '../../support/docs-arrival.support.js';
import { ADA, bearer } from '../../support/sessions.support.js';
import { EVERY_HANDSHAKE } from '../../support/handshake-answers.support.js';
import { cookie } from '../../support/sessions.support.js';
import { DOCS, preflight, SESSION_PATH } from '../../support/user-info.support.js';

const STYLES = ['forRoot', 'forRootAsync'] as const;
const QUIET = { logger: false, abortOnError: false } as const;

/** The claims that the services sign for a visitor, whatever the app listens to. */
async function signedClaims(app: Pick<INestApplicationContext, 'get'>): Promise<unknown> {
  const user = await app.get(IdentityService).identify(ADA, {});
  return verifyToken(await app.get(MintlifySigningService).sign(user));
}
const ADAS = { content: { firstName: 'Ada' } };

describe.each(STYLES)('every handshake is mounted, %s', (style) => {
  const host = () => composeHost(style, { options: EVERY_HANDSHAKE });

  it('an application context starts, and its services sign', async () => {
    const app = await NestFactory.createApplicationContext(host(), QUIET);
    expect(await signedClaims(app)).toMatchObject(ADAS);
    await app.close();
  });

  it('a microservice starts, and its services sign', async () => {
    const app = await NestFactory.createMicroservice(host(), {
      ...QUIET,
      transport: Transport.TCP,
      options: { host: '127.0.0.1', port: 0 },
    });
    await app.listen();
    expect(await signedClaims(app)).toMatchObject(ADAS);
    await app.close();
  });

  it.each(['Express', 'Fastify'] as const)('a hybrid app on %s answers its handshakes', async (platform) => {
    const app = await NestFactory.create(host(), createAdapter(platform), QUIET);
    app.connectMicroservice({ transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } });
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as { port: number };
    const get = (path: string) => request(`http://127.0.0.1:${port}`).get(path);
    const answers = [
      await get('/docs-login').set(await bearer()),
      await get(SESSION_PATH).set(await cookie()),
      await preflight({ port }, SESSION_PATH, DOCS),
    ];
    expect(answers.map(({ status }) => status)).toEqual([302, 200, 204]);
    await app.close();
  });
});
