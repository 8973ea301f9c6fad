import { resolve } from 'node:path';
import type { DocsVisitor, ViewedPage } from 'mintlify-docs-emulator/reader';
import type { DocsMode } from '../../../mintlify-personalization/src/ports/docs-site.js';
import { sortKeys } from '../../../mintlify-personalization/src/visitors/shape-union.js';
import { CommandError } from '../command-error.js';
import { loadDocsReader } from '../check-docs/docs-reader.js';
import { mapAppPersonas } from '../schema/app-visitors.js';
import type { Terminal } from '../terminal.js';
import { hideValues } from '../user-values.js';
import type { Access, PersonaRecord, PersonasDocument, PersonaUser } from './persona-document.js';
import { readPersonas, type GivenPersona } from './personas-file.js';

/** What {@link seeDocs} looks at. */
export interface PersonasRun {
  /** The file with the personas. */
  readonly personas: string;
  /** The docs folder. */
  readonly docs: string;
  /** `FILE` or `FILE#EXPORT`. Needed for principals alone. */
  readonly app?: string;
  /** Of personas that are not mapped by the app. */
  readonly mode: DocsMode;
}

/** A persona whose user is known, with all values. */
interface KnownPersona {
  readonly tenant?: string;
  readonly mode: DocsMode;
  readonly user: PersonaUser | null;
}

const MAX_TEXT = 2_000;

/**
 * Maps each persona, and finds out what it sees of the docs.
 *
 * @throws CommandError if a file cannot be read, or the app does not start or does not map a persona
 */
export async function seeDocs(terminal: Terminal, run: PersonasRun): Promise<PersonasDocument> {
  const given = await readPersonas(terminal, run.personas);
  const known = await identify(terminal, given, run);
  const { readVisitorViews, SiteError } = await loadDocsReader(terminal);
  const visitors = Array.from(known, ([name, { mode, user }]): DocsVisitor => ({
    name,
    mode,
    ...(user !== null && { visitor: structuredClone(user) as NonNullable<DocsVisitor['visitor']> }),
  }));
  const pages = await readVisitorViews(resolve(terminal.directory, run.docs), visitors).catch(
    (cause: unknown) => {
      if (cause instanceof SiteError) throw new CommandError(cause.message, { cause });
      throw cause;
    },
  );
  return {
    personas: Object.fromEntries(
      Array.from(known, ([name, persona]) => [name, describePersona(name, persona, pages)]),
    ),
  };
}

async function identify(
  terminal: Terminal,
  given: ReadonlyMap<string, GivenPersona>,
  { app, mode }: PersonasRun,
): Promise<Map<string, KnownPersona>> {
  const principals = [...given].flatMap(([name, each]) =>
    each.kind === 'principal' ? [[name, each.persona] as const] : [],
  );
  const [first] = principals;
  if (first !== undefined && app === undefined) {
    throw new CommandError(
      `The persona "${first[0]}" has a principal, so --app is needed: the compiled file of a module.`,
    );
  }
  const mapped =
    app === undefined || first === undefined
      ? {}
      : await mapAppPersonas(terminal, app, Object.fromEntries(principals));
  return new Map(
    Array.from(given, ([name, each]): [string, KnownPersona] => {
      const own = Object.hasOwn(mapped, name) ? mapped[name] : undefined;
      if (own === undefined) return [name, { mode, user: each.kind === 'user' ? each.user : null }];
      const { tenantId: tenant, ...rest } = own;
      return [name, { ...rest, ...(tenant !== undefined && { tenant }) }];
    }),
  );
}

function describePersona(
  name: string,
  { tenant, mode, user }: KnownPersona,
  pages: readonly ViewedPage[],
): PersonaRecord {
  const seen = pages
    .map(({ path, views }) => ({ path, view: views[name] }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
  const pathsOf = (access: Access): string[] =>
    seen.filter(({ view }) => view?.access === access).map(({ path }) => path);
  return {
    ...(tenant !== undefined && { tenant }),
    mode,
    user: user === null ? null : describeUser(user),
    pages: { listed: pathsOf('listed'), unlisted: pathsOf('unlisted'), denied: pathsOf('denied') },
    texts: Object.fromEntries(
      seen.flatMap(({ path, view }) => {
        const texts = (view?.places ?? []).map(({ source, text }) => ({
          place: source,
          text: shorten(text),
        }));
        return texts.length > 0 ? [[path, texts]] : [];
      }),
    ),
    faults: Object.fromEntries(
      seen.flatMap(({ path, view }) => (view?.fault === undefined ? [] : [[path, view.fault]])),
    ),
  };
}

/** Without what differs from run to run: the time at which the visit ends. Values of credentials never leave. */
function describeUser({ groups = [], content = {}, apiPlaygroundInputs }: PersonaUser): PersonaUser {
  const user = {
    groups: [...new Set(groups)].toSorted(),
    content,
    ...(apiPlaygroundInputs !== undefined && { apiPlaygroundInputs }),
  };
  // As JSON has it: a date is a text.
  return sortKeys(JSON.parse(JSON.stringify(hideValues(user))) as PersonaUser);
}

function shorten(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
