import 'reflect-metadata';
import { createPrivateKey } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';

/** A host app in its own process: `node shutdown.app.js <Express|Fastify>`. */
const [, , platform] = process.argv;

/** How long a request takes, so that many are in flight at once. */
const MAPPER_MS = 100;

const beingAnswered = new Set();

class NamedVisitorGuard {
  canActivate(context) {
    const http = context.switchToHttp();
    const name = http.getRequest().headers['x-visitor'];
    const response = http.getResponse();
    beingAnswered.add(name);
    (response.raw ?? response).once('close', () => beingAnswered.delete(name));
    http.getRequest().user = { name };
    return true;
  }
}

class SlowMapper {
  async map({ name }) {
    await new Promise((resolve) => setTimeout(resolve, MAPPER_MS));
    return { content: { name } };
  }
}

// oxlint-disable-next-line typescript/no-extraneous-class -- a module that only imports others is empty
class AppModule {}

const composition = {
  module: AppModule,
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.acme.example',
      signingKey: createPrivateKey(process.env.SIGNING_KEY),
      handshakes: { jwt: { guards: [NamedVisitorGuard] } },
      claimMapper: SlowMapper,
      mapperTimeoutMs: 30_000,
    }),
  ],
};

let isEnding = false;
process.on('SIGTERM', () => {
  isEnding = true;
  // Before Nest gets the signal: these requests must be answered.
  process.stdout.write(`Being answered: ${[...beingAnswered].join(' ')}.\n`);
});

const adapter = platform === 'Fastify' ? new FastifyAdapter() : new ExpressAdapter();
const app = await NestFactory.create(composition, adapter, { logger: ['error', 'warn'] });
// Otherwise keep-alive connections would keep sending requests. Fastify does this by default.
if (platform === 'Express') {
  app.use((_request, response, next) => {
    if (isEnding) response.setHeader('Connection', 'close');
    next();
  });
}
app.enableShutdownHooks();
await app.listen(0, '127.0.0.1');
process.stdout.write(`Backend http://127.0.0.1:${app.getHttpServer().address().port}\n`);
