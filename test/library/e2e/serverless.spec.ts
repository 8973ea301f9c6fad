import { describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import awsLambdaFastify from '@fastify/aws-lambda';
import { createRequire } from 'node:module';
import serverlessHttp from 'serverless-http';
import type { FastifyInstance } from 'fastify';
import { composeHost, createAdapter, type Platform } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { ADA, bearer } from '../../support/sessions.support.js';
import { AUDIENCE, TokenIssuer } from '../../support/token-issuer.support.js';
import { OAUTH_PATH, DOCS } from '../../support/user-info.support.js';
import { SCALAR_PATH, SCALAR_SECRET, scalarBody, signBody } from '../../support/webhooks.support.js';

/** What of an answer of API Gateway is looked at here. */
interface GatewayAnswer {
  readonly statusCode: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}
type Handler = (event: object, context: object) => Promise<GatewayAnswer>;

/** Its own types describe an ES module, and it is none. */
const serverlessExpress = createRequire(import.meta.url)('@codegenie/serverless-express') as (options: {
  app: unknown;
}) => Handler;

/** An HTTP request as API Gateway hands it on (payload format 2.0). */
const eventOf = (path: string, headers: Record<string, string>, body?: string): object => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: path,
  rawQueryString: '',
  headers: { host: 'api.acme.example', ...headers },
  ...(body !== undefined && { body }),
  isBase64Encoded: false,
  requestContext: {
    accountId: '1',
    apiId: 'api',
    domainName: 'api.acme.example',
    http: {
      method: body === undefined ? 'GET' : 'POST',
      path,
      protocol: 'HTTP/1.1',
      sourceIp: '127.0.0.1',
      userAgent: 'test',
    },
    requestId: 'id',
    routeKey: '$default',
    stage: '$default',
    time: '01/Jan/2030:00:00:00 +0000',
    timeEpoch: 1_893_456_000_000,
  },
});

const ADAPTERS: [string, Platform, (app: INestApplication) => Handler][] = [
  [
    '@codegenie/serverless-express',
    'Express',
    (app) => {
      const handler = serverlessExpress({ app: app.getHttpAdapter().getInstance() as unknown });
      return (event, context) => handler(event, context);
    },
  ],
  ['serverless-http', 'Express', (app) => serverlessHttp(app.getHttpAdapter().getInstance()) as Handler],
  [
    '@fastify/aws-lambda',
    'Fastify',
    (app) => {
      const instance: FastifyInstance = app.getHttpAdapter().getInstance();
      return awsLambdaFastify(instance);
    },
  ],
];

describe.each(ADAPTERS)('on AWS Lambda by %s', (_, platform, createHandler) => {
  async function start(options: Parameters<typeof composeHost>[1]['options']) {
    const app = await NestFactory.create(composeHost('forRoot', { options }), createAdapter(platform), {
      logger: false,
    });
    await app.init();
    const handler = createHandler(app);
    return {
      app,
      ask: (path: string, headers: Record<string, string>, body?: string) =>
        handler(eventOf(path, headers, body), {}),
    };
  }

  it('one visitor after the other is served, however few are served at once', async () => {
    const { auditSink, events } = auditCollector();
    const { app, ask } = await start({ auditSink, maxConcurrentHandshakes: 1 });
    try {
      for (let visit = 0; visit < 3; visit += 1) {
        const { statusCode, headers = {} } = await ask('/docs-login', await bearer());
        expect([statusCode, headers['cache-control']]).toEqual([302, 'no-store']);
        const { token } = readArrival(headers['location'] ?? '');
        expect(await verifyToken(token)).toMatchObject({ content: { firstName: 'Ada' } });
      }
      expect(events.map(({ type }) => type)).toEqual(Array.from({ length: 3 }, () => 'login.succeeded'));
    } finally {
      await app.close();
    }
  });

  it('a webhook is verified over the bytes that the adapter has', async () => {
    const { app, ask } = await start({
      handshakes: { jwt: false, scalar: { secrets: [SCALAR_SECRET], findPrincipal: () => ADA } },
    });
    try {
      const body = scalarBody('ada@acme.example');
      const headersOf = (signed: string) => ({
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'scalar-signature': signBody(signed),
      });
      const known = await ask(SCALAR_PATH, headersOf(body), body);
      expect([known.statusCode, JSON.parse(known.body)]).toMatchObject([200, { groups: ADA.roles }]);
      const forged = await ask(SCALAR_PATH, headersOf(`${body} `), body);
      expect(forged.statusCode).toBe(401);
    } finally {
      await app.close();
    }
  });

  it('an access token is read from where the adapter has it', async () => {
    const issuer = await TokenIssuer.start();
    const { app, ask } = await start({
      handshakes: { jwt: false, oauth: {} },
      accessTokens: { issuer: issuer.url, audience: AUDIENCE, jwksUri: issuer.jwksUri },
      claimMapper: class {
        map = ({ sub }: { sub: string }) => ({ content: { sub } });
      },
    });
    try {
      const known = await ask(OAUTH_PATH, { origin: DOCS, authorization: `Bearer ${issuer.token()}` });
      expect([known.statusCode, JSON.parse(known.body)]).toMatchObject([200, { content: { sub: 'ada' } }]);
      expect(known.headers?.['access-control-allow-origin']).toBe(DOCS);
      const unknown = await ask(OAUTH_PATH, { origin: DOCS });
      expect([unknown.statusCode, unknown.headers?.['www-authenticate']]).toEqual([401, 'Bearer']);
    } finally {
      await app.close();
    }
  });
});
