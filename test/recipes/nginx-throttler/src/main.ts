import 'reflect-metadata';
import { VersioningType } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';

const app = await NestFactory.create<NestExpressApplication>(AppModule);
app.setGlobalPrefix('api');
app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
// #region docs
// The addresses of your proxies. Without it, all visitors share the limit of the proxy.
app.set('trust proxy', 'loopback');
// #endregion
await app.listen(process.env.PORT ?? 3000);
