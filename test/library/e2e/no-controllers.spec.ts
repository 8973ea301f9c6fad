import { afterEach, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { Transport } from '@nestjs/microservices';
import { IdentityService, MintlifySigningService } from 'nestjs-mintlify-personalization';
import { composeHost, type Style } from '../../support/apps.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { LogCollector } from '../../support/log-collector.support.js';
import { ADA } from '../../support/sessions.support.js';

const composeWithoutRoutes = (style: Style) =>
  composeHost(style, { options: { handshakes: { jwt: false } } });

/** Apps without HTTP, started as their users start them. */
const KINDS = {
  'an application context': (style: Style, logger: LogCollector) =>
    NestFactory.createApplicationContext(composeWithoutRoutes(style), { logger, abortOnError: false }),
  'a microservice': async (style: Style, logger: LogCollector) => {
    const app = await NestFactory.createMicroservice(composeWithoutRoutes(style), {
      logger,
      abortOnError: false,
      transport: Transport.TCP,
      options: { host: '127.0.0.1', port: 0 },
    });
    await app.listen();
    return app;
  },
};

describe.each(Object.entries(KINDS))('without any controller, in %s', (_, start) => {
  let app: Awaited<ReturnType<typeof start>> | undefined;

  afterEach(() => app?.close());

  it.each(['forRoot', 'forRootAsync'] as const)('the services identify and sign (%s)', async (style) => {
    const logs = new LogCollector();
    app = await start(style, logs);
    const user = await app.get(IdentityService, { strict: false }).identify(ADA, {});
    const signing = app.get(MintlifySigningService, { strict: false });
    const url = await signing.createRedirectUrl(user, { redirect: '/a', anchor: 'b' });
    const { page, anchor, token } = readArrival(url);
    expect([page, anchor]).toEqual(['https://docs.acme.example/a', 'b']);
    expect(await verifyToken(token)).toMatchObject({ groups: ADA.roles, content: { firstName: 'Ada' } });
    expect(logs.lines.filter((line) => /^(?:warn|error)/.test(line))).toEqual([]);
  });
});
