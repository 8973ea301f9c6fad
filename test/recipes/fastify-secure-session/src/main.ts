import 'reflect-metadata';
import { createHash } from 'node:crypto';
import secureSession from '@fastify/secure-session';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Account } from './auth/account.js';

declare module '@fastify/secure-session' {
  interface SessionData {
    account: Account;
  }
}

const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter());
await app.register(secureSession, {
  key: createHash('sha256')
    .update(process.env.SESSION_SECRET ?? '')
    .digest(),
  cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: 'auto' },
});
await app.listen(process.env.PORT ?? 3000);
