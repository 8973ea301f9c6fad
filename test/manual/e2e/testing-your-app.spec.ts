import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { startDocsEmulator, type DocsEmulator } from 'mintlify-docs-emulator';
import { CLOCK } from 'nestjs-mintlify-personalization';
import { createTestSigningKey, FixedClock } from 'nestjs-mintlify-personalization/testing';
import 'nestjs-mintlify-personalization/testing/jest'; // the matchers
import request from 'supertest';
import { AppModule } from './app.module.js';
import { createSession } from './session.js'; // however your users log in

const key = createTestSigningKey();
const clock = new FixedClock();
let docs: DocsEmulator;
let app: INestApplication;
let appUrl = '';

beforeAll(async () => {
  docs = await startDocsEmulator({
    port: 0, // a free one
    publicKeys: [key.publicKey],
    loginUrl: () => `${appUrl}/docs-login`, // the app starts after the docs
  });
  process.env.DOCS_URL = docs.url; // your AppModule reads both with forRootAsync
  process.env.MINTLIFY_PRIVATE_KEY = key.privateKey;
  const module = await Test.createTestingModule({ imports: [AppModule] })
    .overrideProvider(CLOCK)
    .useValue(clock)
    .compile();
  app = module.createNestApplication(); // on Fastify: createNestApplication(new FastifyAdapter())
  await app.listen(0);
  appUrl = await app.getUrl();
});

afterAll(() => Promise.all([app.close(), docs.close()]));

it('logs Ada in to the docs', async () => {
  const response = await request(app.getHttpServer())
    .get('/docs-login?redirect=/quickstart&anchor=step-one')
    .set('Authorization', `Bearer ${await createSession()}`);

  expect(response).toBeDocsRedirect(`${docs.url}/quickstart#step-one`);
  await expect(response).toIdentify({ content: { firstName: 'Ada' } }, { key, clock });
});
