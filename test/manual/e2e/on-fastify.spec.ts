import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';

// The test that the README shows, changed for Fastify as it says: it registers its own hooks and its test here.
const ADAPTER = "import { FastifyAdapter } from '@nestjs/platform-fastify';\n";
const shown = readFileSync(join(import.meta.dirname, 'testing-your-app.spec.ts'), 'utf8');
const changed =
  ADAPTER + shown.replace('createNestApplication();', 'createNestApplication(new FastifyAdapter());');
const file = join(import.meta.dirname, 'on-fastify.generated.ts');
writeFileSync(file, changed);
const generated: string = './on-fastify.generated.js'; // there is no such file for the compiler
await import(generated);

afterAll(() => rmSync(file, { force: true }));

it('the README says what to change on Fastify', () => {
  expect(changed).toContain(
    'module.createNestApplication(new FastifyAdapter()); // on Fastify: createNestApplication(',
  );
});
