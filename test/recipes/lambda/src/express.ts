import 'reflect-metadata';
import serverlessExpress from '@codegenie/serverless-express';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';

const createHandler = async () => {
  const app = await NestFactory.create(AppModule);
  await app.init();
  return serverlessExpress({ app: app.getHttpAdapter().getInstance() });
};
let created: ReturnType<typeof createHandler> | undefined;

export const handler = async (event: unknown, context: unknown): Promise<unknown> => {
  const handle = await (created ??= createHandler());
  return handle(event, context as never, () => undefined);
};
