import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DescribedVisitors } from '../../../mintlify-personalization/src/visitors/describe-visitors.js';
import type {
  MappedPersona,
  PrincipalPersona,
} from '../../../mintlify-personalization/src/visitors/map-personas.js';
import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal.js';

const LIBRARY = 'nestjs-mintlify-personalization';

interface VisitorsModule {
  mapPersonas?(
    exported: unknown,
    personas: Readonly<Record<string, PrincipalPersona>>,
    name?: string,
  ): Promise<Record<string, MappedPersona>>;
  describeVisitors(exported: unknown, name?: string): Promise<DescribedVisitors>;
}

/**
 * Reads what the claim mappers of an app may give, with the app's own copy of the library: the marks of decorators are
 * known to that copy alone. The file is loaded, and nothing of it is started.
 *
 * @param app `FILE` or `FILE#EXPORT`: the compiled file of a module.
 * @throws CommandError if the file or the library cannot be loaded, or has no claim mapper
 */
export async function readAppVisitors({ directory }: Terminal, app: string): Promise<DescribedVisitors> {
  const [file = '', name] = app.split('#');
  const path = resolve(directory, file);
  const library = (await load(findLibrary(path), LIBRARY)) as VisitorsModule;
  const exported = await load(path, file);
  try {
    return await library.describeVisitors(exported, name);
  } catch (error) {
    throw new CommandError(`${file}: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * Maps personas with the app's own mappers: the app starts, without listening, and is closed again.
 *
 * @param app `FILE` or `FILE#EXPORT`: the compiled file of a module, or of a function that makes a module or the app.
 * @throws CommandError if the app cannot be loaded or started, or does not map a persona
 */
export async function mapAppPersonas(
  { directory, onAppStart }: Terminal,
  app: string,
  personas: Readonly<Record<string, PrincipalPersona>>,
): Promise<Record<string, MappedPersona>> {
  const [file = '', name] = app.split('#');
  const path = resolve(directory, file);
  const library = (await load(findLibrary(path), LIBRARY)) as VisitorsModule;
  if (library.mapPersonas === undefined) {
    throw new CommandError(
      `The ${LIBRARY} of the app is too old for this command. Install its latest version.`,
    );
  }
  const exported = await load(path, file);
  onAppStart?.();
  try {
    return await library.mapPersonas(exported, personas, name);
  } catch (error) {
    throw new CommandError(`${file}: ${messageOf(error)}`, { cause: error });
  }
}

function findLibrary(from: string): string {
  try {
    return createRequire(from).resolve(`${LIBRARY}/visitors`);
  } catch (cause) {
    throw new CommandError(
      `The app has no ${LIBRARY}, or one that is too old for this command. Install its latest version beside the app.`,
      { cause },
    );
  }
}

async function load(path: string, shown: string): Promise<unknown> {
  try {
    return (await import(pathToFileURL(path).href)) as unknown;
  } catch (cause) {
    throw new CommandError(
      `${shown} cannot be loaded: ${messageOf(cause)} Build the app first, and name the compiled file of its module.`,
      { cause },
    );
  }
}

/** The first line: messages of Node's loader go on with stacks. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [line = ''] = text.split('\n');
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
