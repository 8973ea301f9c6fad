import 'reflect-metadata';
import awsLambdaFastify from '@fastify/aws-lambda';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';

const createHandler = async () => {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return awsLambdaFastify(app.getHttpAdapter().getInstance());
};
let created: ReturnType<typeof createHandler> | undefined;

export const handler = async (event: unknown, context: unknown): Promise<unknown> => {
  const handle = await (created ??= createHandler());
  return handle(event, context as never);
};
