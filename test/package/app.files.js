import { readFiles } from './readme.js';

/** The compiler options of an app that has just been made. */
export const STRICT = {
  target: 'es2022',
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  // The README's code has to hold with the declarations of all packages that it meets.
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

/** All files of one app, by path: what Nest's own CLI makes, and then the README's files. */
export function appFiles({ format, platform }) {
  const files = new Map([
    ['package.json', JSON.stringify({ private: true, ...(format === 'esm' && { type: 'module' }) })],
    ['tsconfig.json', JSON.stringify({ compilerOptions: STRICT, include: ['src'] })],
    ['src/main.ts', MAIN[platform]],
  ]);
  for (const { path, code } of readFiles()) files.set(path, code);
  return files;
}
