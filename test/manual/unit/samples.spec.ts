import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import ts from 'typescript';
import { readPages, type ManualPage } from '../../support/manual.support.js';

const GLOBALS = resolve('test/manual/unit/samples.globals.d.ts');

const FOLDER = resolve('test/manual/unit');

/** What samples import from files of the reader's app. */
const READERS_FILES = new Map([
  [
    `${FOLDER}/app.module.ts`,
    "import type { Type } from '@nestjs/common';\nexport declare const AppModule: Type;\n",
  ],
  [`${FOLDER}/session.ts`, 'export declare function createSession(): Promise<string>;\n'],
]);

/** The samples in TypeScript of the hand-written pages, each as a file that exists nowhere. Recipes compile as apps. */
function readSamples(pages: readonly ManualPage[]): Map<string, string> {
  const samples = pages
    .filter(({ name }) => !/^(?:reference|recipes)\//.test(name))
    .flatMap(({ name, text }) =>
      [...text.matchAll(/^( *)```ts ?[^\n]*\n(.*?)^\1```$/gms)].map(([, indent = '', code = ''], index) => {
        const file = `${FOLDER}/${name.replaceAll('/', '-')}-${index}.sample.ts`;
        // A mapper of the reader's own may have the name that other samples take for granted.
        return [file, `${code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')}\nexport {};\n`] as const;
      }),
    );
  return new Map(samples);
}

/**
 * The samples of the README: whole files by their paths, for they import each other. One that is a part of a file takes
 * the module for granted. The test at its end is not here: `readme.spec.ts` finds it in a spec that runs.
 */
function readReadmeSamples(): Map<string, string> {
  const blocks = [...readFileSync('README.md', 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)];
  const samples = blocks.map(([, code = ''], index) => {
    const [, path] = /^\/\/ (src\/\S+\.ts)\n/.exec(code) ?? [];
    if (path !== undefined) return [`${FOLDER}/readme/${path}`, code] as const;
    const module = "import { MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';\n";
    return [`${FOLDER}/readme/${index}.sample.ts`, module + code] as const;
  });
  return new Map(samples.filter(([, code]) => !code.includes('\nit(')));
}

function readCompilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, resolve('../../unit/manual'));
  return { ...options, noEmit: true, incremental: false };
}

/** A host that reads the samples from memory, and all else from disk. */
function createHost(options: ts.CompilerOptions, samples: ReadonlyMap<string, string>): ts.CompilerHost {
  const disk = ts.createCompilerHost(options);
  const files = new Map([...samples, ...READERS_FILES]);
  const read = (path: string) => files.get(path) ?? disk.readFile(path);
  return {
    ...disk,
    readFile: read,
    directoryExists: (path) => path.startsWith(FOLDER) || ts.sys.directoryExists(path),
    fileExists: (path) => files.has(path) || disk.fileExists(path),
    getSourceFile: (path, version) => {
      const text = read(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, version);
    },
  };
}

it('every sample of the manual and of the README in TypeScript compiles', () => {
  const samples = new Map([...readSamples(readPages()), ...readReadmeSamples()]);
  expect(samples.size).toBeGreaterThan(25);
  const options = readCompilerOptions();
  const program = ts.createProgram([GLOBALS, ...samples.keys()], options, createHost(options, samples));
  const mistakes = [...samples.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  });
  expect(mistakes).toEqual([]);
}, 120_000);
