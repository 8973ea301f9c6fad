import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidMintlifyUserError } from '../../../mintlify-personalization/src/errors.js';
import type { PrincipalPersona } from '../../../mintlify-personalization/src/visitors/map-personas.js';
import { CommandError } from '../command-error.js';
import { readJson } from '../input-reader.js';
import type { Terminal } from '../terminal.js';
import { createUserValidator } from '../user-values.js';
import type { PersonaUser } from './persona-document.js';

/** A persona as it is written by hand. */
export type GivenPersona =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly user: PersonaUser }
  | { readonly kind: 'principal'; readonly persona: PrincipalPersona };

const USER_KEYS = new Set(['expiresAt', 'groups', 'content', 'apiPlaygroundInputs']);
const PRINCIPAL_KEYS = new Set(['principal', 'tenant', 'docsUrl', 'request']);

/**
 * Reads `personas.json`, or the default export of `personas.ts`.
 *
 * @returns by the names of the personas
 * @throws CommandError if the file cannot be read, or a persona is neither a principal, a user nor `null`
 */
export async function readPersonas(terminal: Terminal, file: string): Promise<Map<string, GivenPersona>> {
  const isScript = /^\.[cm]?[jt]s$/.test(extname(file));
  const value = isScript ? await importDefault(terminal, file) : await readJson(terminal, file);
  if (!isObject(value) || Object.keys(value).length === 0) {
    throw new CommandError(`${file} must be an object: names, each with a principal, a user or null.`);
  }
  if (
    isObject(value.personas) &&
    Object.values(value.personas).some((each) => isObject(each) && 'pages' in each)
  ) {
    throw new CommandError(
      `${file} is what this command writes. Name the file that you write by hand with --personas.`,
    );
  }
  return new Map(
    Object.entries(value).map(([name, given]) => [name, readPersona(terminal, `${file}: ${name}`, given)]),
  );
}

function readPersona(terminal: Terminal, place: string, given: unknown): GivenPersona {
  if (given === null) return { kind: 'anonymous' };
  if (!isObject(given)) throw new CommandError(`${place} must be an object or null.`);
  const known = 'principal' in given ? PRINCIPAL_KEYS : USER_KEYS;
  const unknown = Object.keys(given).find((key) => !known.has(key));
  if (unknown !== undefined) {
    throw new CommandError(
      `${place}: ${unknown} is not known. Write { "principal": … } with "tenant", "docsUrl" and "request" if they are needed, or a user: ${[...USER_KEYS].join(', ')}.`,
    );
  }
  if (!('principal' in given)) return { kind: 'user', user: readUser(terminal, place, given) };
  const { principal, tenant, docsUrl, request } = given;
  if (!isOptionalText(tenant)) {
    throw new CommandError(`${place}: tenant must be a text, such as "acme".`);
  }
  if (!isOptionalText(docsUrl)) {
    throw new CommandError(`${place}: docsUrl must be a URL, such as "https://docs.foo.com".`);
  }
  if (request !== undefined && !isObject(request)) {
    throw new CommandError(
      `${place}: request must be an object, such as { "headers": { "host": "acme.foo.com" } }.`,
    );
  }
  return {
    kind: 'principal',
    persona: {
      principal,
      ...(tenant !== undefined && { tenant }),
      ...(docsUrl !== undefined && { docsUrl }),
      ...(request !== undefined && { request }),
    },
  };
}

function readUser(terminal: Terminal, place: string, given: object): PersonaUser {
  try {
    createUserValidator(terminal).validate(given);
    return given;
  } catch (error) {
    if (!(error instanceof InvalidMintlifyUserError)) throw error;
    const [first] = error.violations;
    throw new CommandError(`${place}: ${first?.path}: ${first?.message}`, { cause: error });
  }
}

async function importDefault({ directory }: Terminal, file: string): Promise<unknown> {
  try {
    const loaded = (await import(pathToFileURL(resolve(directory, file)).href)) as { default?: unknown };
    return loaded.default;
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const isTypeScript = code === 'ERR_UNKNOWN_FILE_EXTENSION';
    throw new CommandError(
      isTypeScript
        ? `This version of Node cannot load ${file}. Use Node 22.18 or later, or name the compiled file.`
        : `${file} cannot be loaded: ${message.split('\n')[0]}`,
      { cause },
    );
  }
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
