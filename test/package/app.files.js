import { readFiles } from './readme.js';

/** The compiler options of a new app. */
export const STRICT = {
  target: 'es2022',
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  // The code of the README must compile with the type declarations of all packages it uses.
  skipLibCheck: false,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  esModuleInterop: true,
  rootDir: 'src',
  outDir: 'dist',
  types: ['node'],
};

const MAIN = {
  express: `import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  await app.listen(process.env.PORT ?? 3000);
}
void bootstrap();
`,
  fastify: `import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';

async function bootstrap() {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter());
  await app.listen(process.env.PORT ?? 3000);
}
void bootstrap();
`,
};

/** All files of one app, by path: those of Nest's CLI and those of the README. */
export function appFiles({ format, platform }) {
  const files = new Map([
    ['package.json', JSON.stringify({ private: true, ...(format === 'esm' && { type: 'module' }) })],
    ['tsconfig.json', JSON.stringify({ compilerOptions: STRICT, include: ['src'] })],
    ['src/main.ts', MAIN[platform]],
  ]);
  for (const { path, code } of readFiles()) files.set(path, code);
  return files;
}
