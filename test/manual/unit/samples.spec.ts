import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import ts from 'typescript';
import { readPages, type ManualPage } from '../../support/manual.support.js';

const GLOBALS = resolve('test/unit/manual/samples.globals.d.ts');

/** The samples in TypeScript of the hand-written pages, each as a file of its own that lies nowhere. */
function readSamples(pages: readonly ManualPage[]): Map<string, string> {
  const samples = pages
    .filter(({ name }) => !name.startsWith('reference/'))
    .flatMap(({ name, text }) =>
      [...text.matchAll(/^( *)```ts ?[^\n]*\n(.*?)^\1```$/gms)].map(([, indent = '', code = ''], index) => {
        const file = resolve('test/unit/manual', `${name.replaceAll('/', '-')}-${index}.sample.ts`);
        // A mapper of the reader's own may have the name that other samples take for granted.
        return [file, `${code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')}\nexport {};\n`] as const;
      }),
    );
  return new Map(samples);
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
  const read = (path: string) => samples.get(path) ?? disk.readFile(path);
  return {
    ...disk,
    readFile: read,
    fileExists: (path) => samples.has(path) || disk.fileExists(path),
    getSourceFile: (path, version) => {
      const text = read(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, version);
    },
  };
}

it('every sample of the manual in TypeScript compiles', () => {
  const samples = readSamples(readPages());
  expect(samples.size).toBeGreaterThan(15);
  const options = readCompilerOptions();
  const program = ts.createProgram([GLOBALS, ...samples.keys()], options, createHost(options, samples));
  const mistakes = [...samples.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  });
  expect(mistakes).toEqual([]);
}, 120_000);
