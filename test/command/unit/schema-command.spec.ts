import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callCommand } from '../../support/terminal.support.js';

// Inside the repository, so that the app finds the library.
const APP = `
import { Module } from '@nestjs/common';
import { ClaimMapperFor, defineVisitorSchema } from 'nestjs-mintlify-personalization';

class AcmeMapper {
  static visitorSchema = defineVisitorSchema({ groups: ['viewer', 'admin'], content: { type: 'object' } });
  constructor() {
    throw new Error('must not be made');
  }
}
ClaimMapperFor('acme')(AcmeMapper);
class SilentMapper {}
ClaimMapperFor()(SilentMapper);

export class AppModule {}
Module({ providers: [AcmeMapper] })(AppModule);
export class OpenModule {}
Module({ imports: [AppModule], providers: [SilentMapper] })(OpenModule);
`;

describe('schema', () => {
  let directory = '';
  const schema = (...words: string[]) => callCommand(['schema', ...words], { directory });

  beforeAll(async () => {
    directory = await mkdtemp(join(import.meta.dirname, 'app-'));
    await writeFile(join(directory, 'app.module.mjs'), APP);
    await writeFile(join(directory, 'empty.mjs'), 'export const seven = 7;');
    await writeFile(join(directory, 'broken.mjs'), "throw new Error('no database\\n at secret')");
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('writes what the mappers of an app may give, and makes none of them', async () => {
    const result = await schema('--app', 'app.module.mjs#AppModule');
    expect(result).toMatchObject({ exitCode: 0, errors: '' });
    const written = await readFile(join(directory, 'visitors.schema.json'), 'utf8');
    const shapes = { groups: ['admin', 'viewer'], content: { type: 'object' }, apiPlaygroundInputs: {} };
    expect(JSON.parse(written)).toEqual({ ...shapes, tenants: { acme: shapes } });
    expect(written).toMatch(/^\{\n {2}"apiPlaygroundInputs"[^]*\}\n$/);
  });

  it('with --check says whether the file is up to date, and writes nothing', async () => {
    const file = join(directory, 'checked.json');
    const check = ['--app', 'app.module.mjs#AppModule', '--out', 'checked.json', '--check'];
    expect(await schema(...check)).toMatchObject({ exitCode: 1 });
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    await schema(...check.slice(0, -1));
    expect(await schema(...check)).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('up to date'),
    });
  });

  it('prints to the standard output, and warns of mappers that declare nothing', async () => {
    const { exitCode, output, errors } = await schema('--app', 'app.module.mjs#OpenModule', '--out', '-');
    expect(exitCode).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ groups: 'any', default: { groups: 'any' } });
    expect(errors).toMatch(/^Warning: SilentMapper in OpenModule declares no visitor schema/);
  });

  it.each([
    ['several modules', 'app.module.mjs', /several modules: AppModule, OpenModule/],
    ['no module', 'empty.mjs', /exports no class with @Module/],
    ['an error', 'broken.mjs', /^broken\.mjs cannot be loaded: no database\. Build the app first/],
    ['no file', 'missing.mjs', /^missing\.mjs cannot be loaded/],
  ])('says what is wrong with a file of %s', async (_, app, message) => {
    const result = await schema('--app', app);
    expect(result).toMatchObject({ exitCode: 2, output: '', errors: expect.stringMatching(message) });
  });

  it('says that a file cannot be written', async () => {
    const result = await schema('--app', 'app.module.mjs#AppModule', '--out', 'missing/out.json');
    expect(result).toMatchObject({
      exitCode: 2,
      errors: expect.stringContaining('cannot be written (ENOENT)'),
    });
  });
});
