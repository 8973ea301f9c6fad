import { readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { isRecord } from '../shared/type-guards.js';
import { ConfigOrigins } from './config-origins.js';
import { locateFile } from './file-locator.js';
import { convertMintConfig } from './mint-config-converter.js';
import { SiteError } from './site-error.js';
import type { SiteWarning } from './site-warning.js';

/** The settings of a docs folder, as they are written. */
export interface SiteConfig {
  /** `docs.json`, with what `$ref` leads to in its place; or a converted `mint.json`. */
  settings: Record<string, unknown>;
  /** Where they come from: `docs.json` or `mint.json`. */
  file: string;
  warnings: SiteWarning[];
  /** All files that were read, as absolute paths. */
  files: string[];
  /** The same, as paths inside the docs folder. */
  names: string[];
  /** Which file each part of the settings comes from. */
  origins: ConfigOrigins;
}

const MAX_CONFIG_BYTES = 10_000_000;
const MAX_REFERENCES = 1_000;
/** Takes the place of what a `$ref` should have led to. It is no list of groups either, so it lets no one in. */
const NOTHING = {};

/**
 * Reads docs.json, and the files that a `$ref` in it leads to. Other keys beside a `$ref` win over those of its file.
 * Without a docs.json, reads mint.json and converts it.
 *
 * @param directory the docs folder.
 * @throws SiteError when there is neither, or when it is not a JSON object. A `$ref` that cannot be followed is a
 * warning.
 * @example
 * const { settings } = await readConfig('/srv/docs');
 */
export async function readConfig(directory: string): Promise<SiteConfig> {
  const config =
    (await readConfigFile(directory, 'docs.json')) ?? (await readConfigFile(directory, 'mint.json'));
  if (config) return config;
  throw new SiteError(
    { file: join(directory, 'docs.json') },
    'cannot be read. `directory` must be a folder with a docs.json.',
  );
}

async function readConfigFile(directory: string, file: string): Promise<SiteConfig | undefined> {
  const located = await locateFile(directory, [file]);
  if (!located) return undefined;
  const written = parseJson(await readBounded(located.absolutePath, file), file);
  if (!isRecord(written)) {
    throw new SiteError({ file }, 'must be a JSON object with `name` and `navigation`.');
  }
  const resolver = new ReferenceResolver(directory);
  const resolved = await resolver.resolve(written, [file], []);
  const settings = isRecord(resolved) ? resolved : {};
  return {
    settings: file === 'mint.json' ? convertMintConfig(settings) : settings,
    file,
    warnings:
      file === 'mint.json'
        ? [{ file, message: 'is the format before docs.json. It is converted.' }, ...resolver.warnings]
        : resolver.warnings,
    files: [located.absolutePath, ...resolver.files],
    names: [file, ...resolver.names],
    origins: resolver.origins,
  };
}

class ReferenceResolver {
  readonly warnings: SiteWarning[] = [];
  readonly files: string[] = [];
  readonly names: string[] = [];
  readonly origins: ConfigOrigins;
  private references = 0;

  constructor(private readonly directory: string) {
    this.origins = new ConfigOrigins(directory);
  }

  /**
   * @param chain the files on the way here, the current one last.
   * @param path keys and indexes inside the current file.
   */
  async resolve(
    value: unknown,
    chain: readonly string[],
    path: readonly (string | number)[],
  ): Promise<unknown> {
    const file = chain.at(-1) ?? '';
    if (Array.isArray(value)) {
      const entries: unknown[] = [];
      for (const [index, entry] of value.entries()) {
        entries.push(await this.resolve(entry, chain, [...path, index]));
      }
      this.origins.remember(entries, { file, path });
      return entries;
    }
    if (!isRecord(value)) return value;
    const { $ref: reference, ...rest } = value;
    const own: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(typeof reference === 'string' ? rest : value)) {
      own[key] = await this.resolve(entry, chain, [...path, key]);
    }
    this.origins.remember(own, { file, path });
    if (typeof reference !== 'string') return own;
    const target = await this.follow(reference, chain);
    if (!isRecord(target)) return target;
    const merged = { ...target, ...own };
    this.origins.remember(merged, { file, path, target, ownKeys: new Set(Object.keys(own)) });
    return merged;
  }

  private async follow(reference: string, chain: readonly string[]): Promise<unknown> {
    const from = chain.at(-1) ?? '';
    const path = posix.normalize(posix.join(posix.dirname(from), reference.replaceAll('\\', '/')));
    const problem = await this.read(path, chain).catch((error: unknown) => error);
    if (!(problem instanceof Error)) return problem;
    this.warnings.push({
      file: from,
      message: `$ref "${reference}" cannot be followed: ${problem.message} It is left out.`,
    });
    return NOTHING;
  }

  private async read(path: string, chain: readonly string[]): Promise<unknown> {
    if (chain.includes(path)) throw new Error(`it leads back to ${path}.`);
    this.references += 1;
    if (this.references > MAX_REFERENCES) throw new Error(`there are over ${MAX_REFERENCES} of them.`);
    const parts = path.split('/');
    const located = parts.includes('..') ? undefined : await locateFile(this.directory, parts);
    if (!located) throw new Error(`there is no file ${path} in the docs folder.`);
    this.files.push(located.absolutePath);
    this.names.push(path);
    const text = await readBounded(located.absolutePath, path);
    return this.resolve(parseJson(text, path), [...chain, path], []);
  }
}

async function readBounded(absolutePath: string, file: string): Promise<string> {
  const { size } = await stat(absolutePath);
  if (size > MAX_CONFIG_BYTES) throw new SiteError({ file }, `is over ${MAX_CONFIG_BYTES} bytes.`);
  return readFile(absolutePath, 'utf8');
}

/**
 * Parses JSON.
 *
 * @throws SiteError with the line of the mistake.
 * @example
 * parseJson(text, 'docs.json');
 */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : 'unknown error';
    const reason = `not valid JSON: ${message.replaceAll(/\s+/g, ' ')}`;
    throw new SiteError({ file, line: lineOf(message, text) }, reason, { cause });
  }
}

// Node's messages have a position, or a token with up to ten characters of the text on both sides of it.
function lineOf(message: string, text: string): number | undefined {
  const position = /at position (?<position>\d+)/.exec(message)?.groups?.position;
  if (position !== undefined) return lineAt(text, Number(position));
  const found =
    /^Unexpected token '(?<token>.)', (?<before>\.\.\.)?"(?<excerpt>[^]*)"(?:\.\.\.)? is not valid JSON$/u.exec(
      message,
    )?.groups;
  if (!found) return undefined;
  const { token = '', before, excerpt = '' } = found;
  const start = text.indexOf(excerpt);
  if (start === -1) return undefined;
  return lineAt(text, start + (before === undefined ? Math.max(excerpt.indexOf(token), 0) : 10));
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
