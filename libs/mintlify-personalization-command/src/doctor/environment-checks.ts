import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MintlifyPersonalizationError } from '../../../mintlify-personalization/src/errors.js';
import { exportPublicJwk } from '../../../mintlify-personalization/src/keys/public-jwk.js';
import { parseDocsUrl } from '../../../mintlify-personalization/src/options/docs-url.js';
import type { DoctorContext } from './doctor-context.js';
import { pass, fail, skip, type Finding } from './finding.js';
import { checkTsconfig } from './tsconfig-check.js';

/** What every app with this library has. Without a guard of its own, an app that lacks passport does not start. */
const PEERS = [
  '@nestjs/common',
  '@nestjs/core',
  'class-validator',
  'class-transformer',
  'reflect-metadata',
  'rxjs',
];
const NEST_MAJORS = new Set(['11', '12']);
const MIN_NODE = [20, 19] as const;

/** Node, the packages, TypeScript's settings, the docs' address and the key: all that is known without asking the backend. */
export async function* checkEnvironment(context: DoctorContext): AsyncIterable<Finding> {
  yield checkNode(process.versions.node);
  yield* checkPackages(context.terminal.directory);
  yield* checkTsconfig(context.terminal.directory);
  yield checkDocsUrl(context);
  yield await checkKey(context);
}

/** @internal */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [minMajor, minMinor] = MIN_NODE;
  const isEnough = major > minMajor || (major === minMajor && minor >= minMinor);
  return isEnough
    ? pass('node', `Node.js ${version}.`)
    : fail(
        'node',
        `Node.js ${version} is older than ${MIN_NODE.join('.')}.`,
        'Install Node.js 20.19 or later: before it, CommonJS apps cannot load this package.',
      );
}

function* checkPackages(directory: string): Iterable<Finding> {
  const versions = new Map(PEERS.map((name) => [name, findVersion(directory, name)]));
  const missing = PEERS.filter((name) => versions.get(name) === undefined);
  if (missing.length === PEERS.length) {
    yield skip('packages', 'No package of NestJS is installed in this folder. Run this in that of your app.');
    return;
  }
  yield missing.length === 0
    ? pass('packages', 'All packages that the library needs are installed.')
    : fail('packages', `Not installed: ${missing.join(', ')}.`, `Run "npm install ${missing.join(' ')}".`);
  const nest = versions.get('@nestjs/core');
  if (nest === undefined) return;
  yield NEST_MAJORS.has(nest.split('.')[0] ?? '')
    ? pass('nest', `NestJS ${nest}.`)
    : fail('nest', `NestJS ${nest} is not one of 11 and 12.`, 'Upgrade NestJS to 11 or 12.');
}

/** As Node looks for packages, from a folder upwards. */
function findVersion(directory: string, name: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    try {
      const manifest = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
      return (JSON.parse(manifest) as { version?: string }).version;
    } catch {
      if (folder === dirname(folder)) return undefined;
    }
  }
}

function checkDocsUrl({ docsUrl, mode }: DoctorContext): Finding {
  if (docsUrl === undefined) {
    return skip('docs-url', 'Name the docs with --docs-url, or in the environment variable DOCS_URL.');
  }
  try {
    const { basePath, origin } = parseDocsUrl(docsUrl);
    if (mode === 'authentication' && basePath !== '') {
      return fail(
        'docs-url',
        'Private docs cannot be on a base path.',
        `Use the origin alone, ${origin}, or mode 'personalization'.`,
      );
    }
    return pass('docs-url', `The docs are at ${origin}${basePath}.`);
  } catch (error) {
    if (!(error instanceof MintlifyPersonalizationError)) throw error;
    return fail('docs-url', error.message, 'Give --docs-url the address that visitors see, with https.');
  }
}

async function checkKey({ key, keySource, mode, publicKey }: DoctorContext): Promise<Finding> {
  if (key === undefined) {
    return skip('signing-key', `There is no private key here: ${keySource} is not set.`);
  }
  try {
    const { x, y } = await exportPublicJwk(key, mode);
    if (publicKey === undefined) return pass('signing-key', `The key fits the mode '${mode}'.`);
    const known = createPublicKey(publicKey).export({ format: 'jwk' });
    return known.x === x && known.y === y
      ? pass('signing-key', "The key fits the mode, and is the docs' own.")
      : fail(
          'signing-key',
          'The private key here does not belong to the public key of the docs.',
          'Give the backend the private half of the key that the docs have. Was it rotated on one side only?',
        );
  } catch (error) {
    if (!(error instanceof MintlifyPersonalizationError)) throw error;
    return fail('signing-key', error.message, `Set ${keySource} to that key.`);
  }
}
