import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  array,
  assert,
  boolean,
  constant,
  constantFrom,
  dictionary,
  integer,
  letrec,
  oneof,
  property,
  record,
  string,
} from 'fast-check';
import ts from 'typescript';
import { writeUserTypes } from '../../../libs/mintlify-personalization-command/src/types/user-types.js';
import { callCommand } from '../../support/terminal.support.js';

const PLAN = { enum: ['free', 'pro'], description: 'What the customer\nhas */ bought.' };
const CONTENT = {
  type: 'object',
  properties: {
    firstName: { type: 'string', description: 'Without titles.' },
    org: { $ref: '#/$defs/Org' },
    seats: { type: ['integer', 'null'] },
    tags: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'number' }] } },
    'time-zone': { type: 'string', deprecated: true },
    limits: { type: 'object', additionalProperties: { type: 'number' } },
    flags: { type: 'object', properties: { beta: { type: 'boolean' } }, additionalProperties: true },
    anything: {},
  },
  required: ['firstName', 'org', 'seats', 'tags', 'limits', 'flags', 'anything'],
  $defs: {
    Org: {
      type: 'object',
      properties: { plan: PLAN, owner: { type: 'object', properties: { name: { type: 'string' } } } },
      required: ['plan'],
    },
  },
};
const SCHEMA = {
  groups: ['admin'],
  content: CONTENT,
  apiPlaygroundInputs: {},
  tenants: {
    acme: {
      groups: 'any',
      content: { type: 'object', properties: { sso: { type: 'boolean' } } },
      apiPlaygroundInputs: {},
    },
  },
};

/** What pages read: each line, and the code of its error, if it has one. */
const PRIVATE_READS: [string, number?][] = [
  ['const name: string = user.firstName;'],
  ['user.firstname;', 2551],
  ['user.org.plan.toUpperCase();'],
  ["user.org.plan === 'gold';", 2367],
  ['user.org.owner.name;', 18048],
  ['user.org.owner?.name;'],
  ['user.org.owner?.title;', 2339],
  ['user.seats.toFixed();', 18047],
  ['user.seats?.toFixed();'],
  ['user.tags.map((tag) => tag.toString());'],
  ["user['time-zone']?.trim();"],
  ['user.limits.requests.toFixed();'],
  ['user.flags.beta; user.flags.other;'],
  ['user.anything.deep.inside;'],
  ['user.viewingAs?.until.slice(0, 10);'],
  ['user.viewingAs.until;', 18048],
];
const PUBLIC_READS: [string, number?][] = [
  ['user.org.plan;', 18048],
  ['user.org?.plan;'],
  ["user.firstName ?? 'there';"],
  ['user.lastName;', 2339],
];

describe('types', () => {
  let directory = '';
  const types = (...words: string[]) => callCommand(['types', ...words], { directory });

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'types-'));
    await writeFile(join(directory, 'visitors.schema.json'), JSON.stringify(SCHEMA));
  });
  afterAll(() => rm(directory, { recursive: true }));

  /** The error of each line, by the compiler that users have. */
  async function compile(name: string, reads: readonly [string, number?][]): Promise<(number | undefined)[]> {
    await writeFile(join(directory, `${name}.page.ts`), reads.map(([line]) => line).join('\n'));
    const compilerOptions = { noEmit: true, strict: true, types: [], target: 'es2022', lib: ['es2022'] };
    const files = [`${name}.d.ts`, `${name}.page.ts`];
    await writeFile(join(directory, `${name}.json`), JSON.stringify({ compilerOptions, files }));
    const compiler = resolve('node_modules/typescript/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, '-p', `${name}.json`], {
      cwd: directory,
    }).catch((error: unknown) => error as { stdout: string });
    const errors = new Map(
      [...stdout.matchAll(/\.page\.ts\((\d+),\d+\): error TS(\d+)/g)].map(([, line, code]) => [
        Number(line),
        Number(code),
      ]),
    );
    return reads.map((_, index) => errors.get(index + 1));
  }

  it.each([
    ['private', 'authentication', PRIVATE_READS],
    ['public', 'personalization', PUBLIC_READS],
  ] as const)(
    'lets pages of %s docs read what visitors have, and nothing else',
    async (name, mode, reads) => {
      const result = await types('--mode', mode, '--out', `${name}.d.ts`);
      expect(result).toMatchObject({ exitCode: 0, errors: '' });
      expect(await compile(name, reads)).toEqual(reads.map(([, code]) => code));
    },
  );

  it('writes comments from descriptions, and the same text each time', async () => {
    const { output } = await types('--out', '-');
    expect(output).toContain('  /** Without titles. */\n  firstName?: string;\n');
    expect(output).toContain('     * What the customer\n     * has *\\/ bought.\n');
    expect(output).toContain('  /** @deprecated */\n  "time-zone"?: string;\n');
    expect(await types('--out', '-')).toMatchObject({ output });
    expect(output).not.toContain('sso');
    expect((await types('--out', '-', '--tenant', 'acme')).output).toContain('sso?: boolean;');
  });

  it('with --check says whether the file is up to date, and writes nothing', async () => {
    const check = ['--out', 'checked.d.ts', '--check'];
    expect(await types(...check)).toMatchObject({ exitCode: 1 });
    await expect(readFile(join(directory, 'checked.d.ts'))).rejects.toThrow('ENOENT');
    await types('--out', 'checked.d.ts');
    const upToDate = expect.stringContaining('up to date');
    expect(await types(...check)).toMatchObject({ exitCode: 0, output: upToDate });
    await writeFile(join(directory, 'checked.d.ts'), 'export {};');
    expect(await types(...check)).toMatchObject({ exitCode: 1 });
  });

  it('lets pages read anything where nothing is declared', () => {
    expect(writeUserTypes({}, 'personalization')).toContain('type User = { [name: string]: any };');
  });

  it('ends for a schema inside itself', () => {
    const node = { type: 'object', properties: { parent: { $ref: '#' } } };
    expect(writeUserTypes(node, 'authentication')).toContain('parent?: any;');
  });

  it('is TypeScript, whatever names and descriptions are', () => {
    const text = oneof(string({ unit: 'binary' }), constantFrom('*/', '__proto__', '\u2028', '`${', '"'));
    const leaf = oneof(
      record({ type: constantFrom('string', 'null', 'array', 'object', 'odd'), description: text }),
      record({ enum: array(oneof(text, integer(), constant(null))) }),
      record({ const: text }),
      record({ $ref: text }),
      boolean(),
    );
    const schema = letrec<{ schema: object | boolean }>((tie) => ({
      schema: oneof(
        { maxDepth: 4 },
        leaf,
        record({ properties: dictionary(text, tie('schema')), required: array(text) }),
        record({ type: constant('array'), items: tie('schema'), description: text }),
        record({ anyOf: array(tie('schema')), allOf: array(tie('schema')) }),
      ),
    })).schema;
    assert(
      property(dictionary(text, schema), (properties) => {
        const written = writeUserTypes({ type: 'object', properties }, 'personalization');
        const { diagnostics = [] } = ts.transpileModule(written, { reportDiagnostics: true });
        expect(diagnostics.map(({ messageText }) => messageText)).toEqual([]);
        const names = ts
          .createSourceFile('user.d.ts', written, ts.ScriptTarget.Latest)
          .statements.filter(ts.isInterfaceDeclaration)
          .flatMap(({ members }) =>
            members.flatMap(({ name }) => (name && 'text' in name ? [name.text] : [])),
          );
        expect(names).toEqual(Object.keys({ viewingAs: {}, ...properties }));
      }),
      // Each run asks TypeScript's own parser.
      { numRuns: 100 },
    );
  });
});
