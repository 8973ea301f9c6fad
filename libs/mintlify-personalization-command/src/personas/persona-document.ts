import type { DocsMode } from '../../../mintlify-personalization/src/ports/docs-site.js';

/** What the docs know about a persona. The values of `apiPlaygroundInputs` are hidden. */
export interface PersonaUser {
  readonly groups?: readonly string[];
  readonly content?: Readonly<Record<string, unknown>>;
  readonly apiPlaygroundInputs?: object;
}

/** A `{…}` of a page that reads `user`, and what a persona reads there. */
export interface PlaceText {
  readonly place: string;
  readonly text: string;
}

/** Paths of pages, in alphabetical order. */
export interface PersonaPages {
  /** In the sidebar. */
  readonly listed: readonly string[];
  /** Not in the sidebar, but readable by their URLs. */
  readonly unlisted: readonly string[];
  /** Not readable. */
  readonly denied: readonly string[];
}

/** What one persona sees. */
export interface PersonaRecord {
  readonly tenant?: string;
  readonly mode: DocsMode;
  /** `null` is not logged in. */
  readonly user: PersonaUser | null;
  readonly pages: PersonaPages;
  /** By the path of the page. */
  readonly texts: Readonly<Record<string, readonly PlaceText[]>>;
  /** Why pages break for the persona, by their paths. */
  readonly faults: Readonly<Record<string, string>>;
}

/** The content of the written `personas.json`. It holds no times and nothing random. */
export interface PersonasDocument {
  readonly personas: Readonly<Record<string, PersonaRecord>>;
}

/** How a page is for a persona. */
export type Access = keyof PersonaPages;

/** How a page is for a persona; `undefined` if there is no such page. */
export function accessOf({ pages }: PersonaRecord, path: string): Access | undefined {
  return (['listed', 'unlisted', 'denied'] as const).find((access) => pages[access].includes(path));
}

/** All pages, in alphabetical order. */
export function pagePaths(records: readonly PersonaRecord[]): string[] {
  const all = records.flatMap(({ pages }) => [...pages.listed, ...pages.unlisted, ...pages.denied]);
  return [...new Set(all)].toSorted();
}

/**
 * The values inside an object, by their paths, as text.
 *
 * @example
 * ```ts
 * flatten({ org: { plan: 'pro' } }, 'user'); // Map { 'user.org.plan' => '"pro"' }
 * ```
 */
export function flatten(value: unknown, path: string): Map<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new Map([[path, JSON.stringify(value) ?? 'undefined']]);
  }
  return new Map(
    Object.entries(value).flatMap(([name, inner]) => Array.from(flatten(inner, `${path}.${name}`))),
  );
}
