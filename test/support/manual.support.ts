import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const MANUAL = 'docs';

/** A page of the manual. */
export interface ManualPage {
  /** As `docs.json` names it: from the manual's folder, without its extension. */
  readonly name: string;
  readonly text: string;
}

/** All pages, from the folder. */
export function readPages(): ManualPage[] {
  return readdirSync(MANUAL, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.mdx'))
    .map((file) => ({
      name: relative('', file)
        .replaceAll('\\', '/')
        .replace(/\.mdx$/, ''),
      text: readFileSync(join(MANUAL, file), 'utf8'),
    }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** The pages that `docs.json` lists. */
export function readNavigation(): string[] {
  const { navigation } = JSON.parse(readFileSync(join(MANUAL, 'docs.json'), 'utf8')) as {
    navigation: { groups: { pages: string[] }[] };
  };
  // `GET /api/services` is a page that is made from the OpenAPI file.
  return navigation.groups.flatMap(({ pages }) => pages).filter((page) => !/^[A-Z]+ \//.test(page));
}

/** A page without its fenced code. */
export function withoutCode({ text }: ManualPage): string {
  return text.replaceAll(/^ *```.*?^ *```$/gms, '');
}
