import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestSigningKey } from 'nestjs-mintlify-personalization/testing';

/** Each call is a process that starts an app. */
const CALLS_TIMEOUT_MS = 90_000;
const COMMAND = resolve('libs/mintlify-personalization-command/dist/main.js');

const DOCS = {
  'docs.json': JSON.stringify({ name: 'Docs', navigation: { pages: ['index', 'billing'] } }),
  'index.mdx': 'Hello {user.firstName ?? "there"}.',
  'billing.mdx': '---\ngroups: [admin]\n---\nPlan: {user.plan | "none"}',
};

/** The app of a reader, with the roles in a file of its own. */
const appOf = (adapter: 'express' | 'fastify') => `
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ${adapter === 'express' ? 'ExpressAdapter' : 'FastifyAdapter'} as Adapter } from '@nestjs/platform-${adapter}';
import { ClaimMapperFor, MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';

const ROLES = JSON.parse(readFileSync(new URL('roles.json', import.meta.url), 'utf8'));
class Mapper {
  map({ id }) {
    return {
      groups: [...ROLES[id]].reverse(),
      content: { firstName: id, plan: 'pro' },
      apiPlaygroundInputs: { header: { 'X-API-Key': 'secret-' + Math.random() } },
      expiresAt: Math.floor(Date.now() / 1000) + 600,
    };
  }
}
ClaimMapperFor()(Mapper);
export class AppModule {}
Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      signingKey: process.env.KEY,
      loginUrl: 'https://foo.com/login',
      handshakes: { jwt: { guards: [class { canActivate() { return true; } }] } },
    }),
  ],
  providers: [Mapper],
})(AppModule);
export const createApp = () => NestFactory.create(AppModule, new Adapter());
// What an app leaves open must not keep the command running.
if (process.env.LEAVES_TIMER) setInterval(() => {}, 1000);
`;

const PERSONAS = {
  anonymous: null,
  'a | viewer': { principal: { id: 'vera' } },
  admin: { principal: { id: 'ada' } },
  guest: { groups: ['guest'], content: { firstName: 'Guest' } },
};

/** A folder with docs and an app, for the tests of a suite. */
function useApp(adapter: 'express' | 'fastify') {
  let directory = '';
  const write = (file: string, text: string) => writeFile(join(directory, file), text);
  const read = (file: string) => readFile(join(directory, file), 'utf8');
  const callWith = async (extra: Record<string, string>, ...words: string[]) => {
    const env = { PATH: process.env.PATH, KEY: createTestSigningKey().privateKey, ...extra };
    const call = promisify(execFile)(process.execPath, [COMMAND, 'personas', ...words], {
      cwd: directory,
      env,
    });
    const { stdout, stderr, code } = (await call.catch((error: unknown) => error)) as {
      stdout: string;
      stderr: string;
      code?: number;
    };
    return { stdout, stderr, code: code ?? 0 };
  };

  beforeAll(async () => {
    // Inside the repository, so that the app finds the library.
    directory = await mkdtemp(join(import.meta.dirname, 'personas-'));
    await mkdir(join(directory, 'docs'));
    for (const [file, text] of Object.entries(DOCS)) await write(`docs/${file}`, text);
    await write('app.mjs', appOf(adapter));
  });
  beforeEach(async () => {
    await write('roles.json', JSON.stringify({ vera: ['viewer'], ada: ['viewer', 'admin'] }));
    await write('personas.json', JSON.stringify(PERSONAS));
  });
  afterAll(() => rm(directory, { recursive: true }));
  const personas = (...words: string[]) => callWith({}, ...words);
  return { write, read, personas, callWith };
}

const app = ['--app', 'app.mjs#createApp'];

describe.each(['express', 'fastify'] as const)('personas, of an app on %s', (adapter) => {
  const { write, read, personas } = useApp(adapter);

  it(
    'go red for a changed role, say what it means, and are green after --update',
    async () => {
      expect(await personas(...app)).toMatchObject({ code: 0, stderr: '' });
      const text = await read('personas/personas.json');
      const { personas: written } = JSON.parse(text) as { personas: Record<string, unknown> };
      expect(written.admin).toEqual({
        mode: 'personalization',
        user: {
          apiPlaygroundInputs: { header: { 'X-API-Key': '••••' } },
          content: { firstName: 'ada', plan: 'pro' },
          groups: ['admin', 'viewer'],
        },
        pages: { listed: ['/billing', '/index'], unlisted: [], denied: [] },
        texts: {
          '/billing': [{ place: 'user.plan | "none"', text: '0' }],
          '/index': [{ place: 'user.firstName ?? "there"', text: 'ada' }],
        },
        faults: {},
      });
      expect(text + (await read('personas/personas.md'))).not.toContain('secret-');
      expect(await read('personas/personas.md')).toContain(
        '| page | anonymous | a \\| viewer | admin | guest |\n| --- | --- | --- | --- | --- |\n| `/billing` | by its URL | by its URL | sees it | by its URL |\n',
      );
      await write('roles.json', JSON.stringify({ vera: ['viewer', 'beta'], ada: ['viewer'] }));
      const red = await personas(...app, '--check');
      expect(red.code).toBe(1);
      expect(red.stdout.split('\n')).toEqual([
        'a | viewer is in the group beta now.',
        'admin is no longer in the group admin.',
        'admin no longer sees /billing in the sidebar, and can open it by its URL.',
        '✗ personas/personas.json and personas/personas.md must change. If that is right, run this with --update.',
        '',
      ]);
      expect(await read('personas/personas.json')).toBe(text);
      expect(await personas(...app, '--update')).toMatchObject({ code: 0 });
      // The keys of each run are others.
      expect(await personas(...app, '--check')).toMatchObject({ code: 0 });
    },
    CALLS_TIMEOUT_MS,
  );
});

describe('personas, of a module', () => {
  const { write, read, personas, callWith } = useApp('express');

  it(
    'take a module, a script with personas, and another folder',
    async () => {
      await write('people.mjs', `export default ${JSON.stringify(PERSONAS)};`);
      const words = [
        '--app',
        'app.mjs',
        '--personas',
        'people.mjs',
        '--out',
        'seen',
        '--mode',
        'authentication',
      ];
      expect(await callWith({ LEAVES_TIMER: 'yes' }, ...words)).toMatchObject({ code: 0, stderr: '' });
      const { personas: written } = JSON.parse(await read('seen/personas.json')) as {
        personas: Record<string, { pages: { denied: string[] } }>;
      };
      expect(written.anonymous?.pages.denied).toEqual(['/billing', '/index']);
      expect(written.admin?.pages.denied).toEqual([]);
    },
    CALLS_TIMEOUT_MS,
  );

  it(
    'say which principal the app does not map',
    async () => {
      await write('personas.json', '{"ada":{"principal":{"id":"eve"}}}');
      const stderr = expect.stringMatching(/^app\.mjs: The persona "ada" cannot be mapped: The claim mapper/);
      expect(await personas(...app)).toMatchObject({ code: 2, stdout: '', stderr });
    },
    CALLS_TIMEOUT_MS,
  );
});
