import { join, posix, relative, resolve, sep } from 'node:path';
import type { PageSyntax } from 'mintlify-docs-emulator/reader';
import type { DocsMode } from '../../../mintlify-personalization/src/ports/docs-site.js';
import { CommandError } from '../command-error.js';
import type { Terminal } from '../terminal.js';
import type { CheckContext } from './check-context.js';
import { RULES, type CheckFinding, type RuleFinding } from './check-finding.js';
import { loadDocsReader } from './docs-reader.js';
import { checkGroups } from './group-checks.js';
import { checkPlayground } from './playground-checks.js';
import { checkPublicPages } from './public-checks.js';
import { listReadable, type ReadableThing } from './readable-list.js';
import { readSwitches } from './rule-switches.js';
import { checkSecrets } from './secret-checks.js';
import { checkServedFiles } from './served-checks.js';
import { checkUserReads } from './user-checks.js';
import { readVisitors } from './visitors-file.js';

/** What to check. */
export interface DocsCheck {
  /** The docs folder, as it was given. */
  readonly folder: string;
  /** `visitors.schema.json`. */
  readonly schema: string;
  readonly mode: DocsMode;
  readonly tenant?: string;
}

/** What was found. */
export interface CheckedDocs {
  readonly findings: readonly CheckFinding[];
  readonly pageCount: number;
  /** The rules that are off, and why. */
  readonly off: Readonly<Record<string, string>>;
  /** What Mintlify serves to anyone, whatever `groups` say. */
  readonly readable: readonly ReadableThing[];
}

/**
 * Compares a docs folder with what visitors may have.
 *
 * @throws CommandError if the folder or the schema cannot be read
 */
export async function checkDocs(
  terminal: Terminal,
  { folder: given, schema, mode, tenant }: DocsCheck,
): Promise<CheckedDocs> {
  const switches = await readSwitches(terminal, given);
  const visitors = await readVisitors(terminal, schema, tenant);
  const { readDocsFolder, readPageSyntax, SiteError } = await loadDocsReader(terminal);
  const folder = await readDocsFolder(resolve(terminal.directory, given)).catch((error: unknown) => {
    if (error instanceof SiteError) throw new CommandError(error.message, { cause: error });
    throw error;
  });
  const parsed = new Map<string, Promise<PageSyntax>>();
  const context: CheckContext = {
    folder,
    visitors,
    mode,
    syntaxOf({ file, text }) {
      const known = parsed.get(file) ?? readPageSyntax(text, file, folder.variables);
      parsed.set(file, known);
      return known;
    },
  };
  const found = [
    ...checkGroups(context),
    ...(await checkUserReads(context)),
    ...checkPlayground(context),
    ...(await checkPublicPages(context)),
    ...checkSecrets(context),
    ...checkServedFiles(context),
  ];
  const findings = found
    .filter(({ rule }) => !switches.has(rule))
    .map((finding): CheckFinding => {
      const { rule, line, message, fix } = finding;
      const file = finding.file === schema ? posixPath(schema) : pathFrom(terminal, given, finding);
      return { rule, severity: RULES[rule].severity, file, line, message, fix };
    })
    .toSorted(byPlace);
  return {
    findings: unique(findings),
    pageCount: folder.pages.length,
    off: Object.fromEntries(switches),
    readable: listReadable(context),
  };
}

/** As seen from the folder of the call, which CI takes for that of the repository. */
function pathFrom({ directory }: Terminal, folder: string, { file }: RuleFinding): string {
  return posixPath(relative(directory, resolve(directory, join(folder, file)))) || file;
}

function posixPath(path: string): string {
  return posix.normalize(path.split(sep).join('/'));
}

const ORDER = ['error', 'warning', 'info'];

function byPlace(one: CheckFinding, other: CheckFinding): number {
  return (
    ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity) ||
    compare(one.file, other.file) ||
    one.line - other.line ||
    compare(one.message, other.message)
  );
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function unique(findings: readonly CheckFinding[]): CheckFinding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
