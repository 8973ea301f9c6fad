import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createTestSigningKey } from 'nestjs-mintlify-personalization/testing';
import 'nestjs-mintlify-personalization/testing/jest';
import { SignJWT } from 'jose';
import request from 'supertest';
import { createAdapter } from '../../support/apps.support.js';

// The README's own files, side by side here: what a reader copies is what runs in these tests.
const readme = readFileSync('README.md', 'utf8');
const files = [...readme.matchAll(/^```ts\n\/\/ src\/(\S+)\.ts\n(.*?)^```$/gms)].map(
  ([, path = '', code = '']) => ({
    file: join(import.meta.dirname, `${basename(path)}.generated.ts`),
    code: code.replaceAll(
      /'\.\/(?:\w+\/)*(\w+\.module)\.js'/g,
      (_, name: string) => `'./${name}.generated.js'`,
    ),
  }),
);
for (const { file, code } of files) writeFileSync(file, code);
const generated: string = './app.module.generated.js'; // there is no such file for the compiler
const secret = 'a-secret-of-at-least-32-characters';
const key = createTestSigningKey();
process.env.JWT_SECRET = secret;
process.env.MINTLIFY_PRIVATE_KEY = key.privateKey;
const { AppModule } = (await import(generated)) as { AppModule: Type };

afterAll(() => {
  for (const { file } of files) rmSync(file, { force: true });
});

const URL = '/docs-login?redirect=/quickstart&anchor=step-one';

function createSession(): Promise<string> {
  return new SignJWT({ firstName: 'Ada', roles: ['admin'] })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1 hour')
    .sign(new TextEncoder().encode(secret));
}

describe.each(['Express', 'Fastify'] as const)("the README's example on %s", (platform) => {
  let app: INestApplication;

  beforeAll(async () => {
    app = await NestFactory.create(AppModule, createAdapter(platform), { logger: false });
    await app.listen(0);
  });

  afterAll(() => app.close());

  it('logs a visitor in by the session cookie that a browser sends', async () => {
    const response = await request(app.getHttpServer())
      .get(URL)
      .set('Cookie', `theme=dark; session=${await createSession()}`);
    expect(response).toBeDocsRedirect('https://docs.foo.com/quickstart#step-one');
    await expect(response).toIdentify({ groups: ['admin'], content: { firstName: 'Ada' } }, { key });
  });

  it.each(['', 'session=forged', 'othersession=x'])(
    'sends a browser with the cookie "%s" to the login page',
    async (cookie) => {
      const response = await request(app.getHttpServer()).get(URL).set('Cookie', cookie);
      expect(response.headers.location).toBe(
        `https://foo.com/login?returnTo=${encodeURIComponent('/docs-login?redirect=%2Fquickstart&anchor=step-one&login-attempt=1')}`,
      );
    },
  );
});
