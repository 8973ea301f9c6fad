import 'reflect-metadata';
import { createPrivateKey } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';

/** An app of a user of the library, as a process of its own: `node shutdown.app.js <Express|Fastify>`. */
const [, , platform] = process.argv;

/** How long a visitor is on the way: long enough for many to be so at once. */
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

// oxlint-disable-next-line typescript/no-extraneous-class -- a module that only imports has nothing in it
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
  // Before Nest hears of it: these are the ones that must get their answers.
  process.stdout.write(`Being answered: ${[...beingAnswered].join(' ')}.\n`);
});

const adapter = platform === 'Fastify' ? new FastifyAdapter() : new ExpressAdapter();
const app = await NestFactory.create(composition, adapter, { logger: ['error', 'warn'] });
// A connection that is kept alive would go on bringing requests, and the app on serving them. Fastify does this by itself.
if (platform === 'Express') {
  app.use((_request, response, next) => {
    if (isEnding) response.setHeader('Connection', 'close');
    next();
  });
}
app.enableShutdownHooks();
await app.listen(0, '127.0.0.1');
process.stdout.write(`Backend http://127.0.0.1:${app.getHttpServer().address().port}\n`);
