import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';

// better-auth reads the bodies of its own routes: see the README of its Nest module.
const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter(), {
  bodyParser: false,
});
await app.listen(process.env.PORT ?? 3000);
