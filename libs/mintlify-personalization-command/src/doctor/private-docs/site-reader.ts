import type { DocsFolder, DocsPage, DocsSkill } from 'mintlify-docs-emulator/reader';
import { fail, pass, type Finding } from '../finding.js';
import type { Ask, DocsAnswer } from './docs-client.js';
import { lettersOf, phrasesOf, type Withheld } from './withheld-content.js';

/** Who asks. */
export type ReaderKind = 'anonymous' | 'visitor';

/** A visitor of the docs, and what the folder keeps from them. */
export interface SiteReader {
  readonly kind: ReaderKind;
  readonly ask: Ask;
  readonly folder: DocsFolder;
  /** The pages that are asked for, each by its own path. */
  readonly pages: readonly Withheld[];
  readonly skills: readonly Withheld[];
  /** What the docs answer to a path without a page. */
  readonly missing: DocsAnswer | undefined;
  /** How many pages are withheld and not asked for. */
  readonly omitted: number;
}

const MAX_PAGES = 100;
const MAX_SKILLS = 30;

/** What decides who reads what. */
export interface Access {
  readonly canReadPage: (page: DocsPage) => boolean;
  readonly canReadSkill: (skill: DocsSkill) => boolean;
}

/** Describes a reader. Pages with groups come first: they are the ones that matter most. */
export function describeReader(
  kind: ReaderKind,
  { ask, folder, access, missing }: Pick<SiteReader, 'ask' | 'folder' | 'missing'> & { access: Access },
): SiteReader {
  const closed = folder.pages.filter((page) => !access.canReadPage(page));
  const open = folder.pages.filter((page) => access.canReadPage(page));
  const openSkills = folder.skills.filter((skill) => access.canReadSkill(skill));
  const all = [...open, ...folder.parts, ...openSkills].map(({ text }) => lettersOf(text)).join('\n');
  const seen = `${all}\n${lettersOf(missing?.text ?? '')}`;
  const isOpen = (letters: string): boolean => seen.includes(letters);
  const chosen = closed.toSorted((one, other) => weightOf(other) - weightOf(one)).slice(0, MAX_PAGES);
  return {
    kind,
    ask,
    folder,
    missing,
    pages: chosen.map(({ path, text, title }) => ({
      label: path,
      phrases: phrasesOf(text, isOpen),
      title: lettersOf(title),
    })),
    skills: folder.skills
      .filter((skill) => !access.canReadSkill(skill))
      .slice(0, MAX_SKILLS)
      .map(({ name, text }) => ({ label: name, phrases: phrasesOf(text, isOpen), title: lettersOf(name) })),
    omitted: closed.length - chosen.length,
  };
}

function weightOf({ rule, placeRules }: DocsPage): number {
  return rule || placeRules.some((rules) => rules.length > 0) ? 1 : 0;
}

const MAX_NAMED = 5;

/** What a check of one kind of content says. */
export interface Surface {
  readonly check: string;
  /** What leaks are: "the text of". */
  readonly what: string;
  readonly passed: string;
  readonly fix: string;
}

/** One finding for all leaks of a kind. */
export function verdictOf(
  { kind }: SiteReader,
  leaks: readonly string[],
  { check, what, passed, fix }: Surface,
): Finding {
  const unique = [...new Set(leaks)];
  if (unique.length === 0) return pass(`${kind}-${check}`, passed);
  const named = unique.slice(0, MAX_NAMED).join(', ');
  const more = unique.length > MAX_NAMED ? ` and ${unique.length - MAX_NAMED} more` : '';
  const who = kind === 'anonymous' ? 'Anyone' : 'This visitor';
  return fail(`${kind}-${check}`, `${who} can read ${what}: ${named}${more}.`, fix);
}
