import type { DivisionLooks } from '../shared/navigation-types.js';
import { isRecord } from '../shared/type-guards.js';
import { readBanner } from './banner-reader.js';
import { readFooter } from './looks-reader.js';
import { readNavbarLinks } from './navbar-reader.js';

const MAX_DEPTH = 40;

/**
 * Reads the banner, footer and navbar that languages of the navigation have instead of the site's.
 *
 * @param navigation the value from docs.json, not validated.
 * @returns them by the node of the language.
 * @example
 * const looks = await readLanguageLooks({ languages: [{ language: 'fr', banner: { content: 'Bonjour' } }] });
 */
export async function readLanguageLooks(navigation: unknown): Promise<ReadonlyMap<object, DivisionLooks>> {
  const found = new Map<object, DivisionLooks>();
  for (const node of languagesIn(navigation, 0)) {
    const banner = await readBanner(node.banner);
    const footer = readFooter(node.footer);
    const navbarLinks = isRecord(node.navbar) ? readNavbarLinks(node.navbar) : undefined;
    const looks = {
      ...(banner && { banner }),
      ...(footer && { footer }),
      ...(navbarLinks && { navbarLinks }),
    };
    if (Object.keys(looks).length > 0) found.set(node, looks);
  }
  return found;
}

function languagesIn(value: unknown, depth: number): Record<string, unknown>[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((entry: unknown) => languagesIn(entry, depth + 1));
  if (!isRecord(value)) return [];
  const own: unknown[] = Array.isArray(value.languages) ? value.languages : [];
  return [...own.filter(isRecord), ...Object.values(value).flatMap((entry) => languagesIn(entry, depth + 1))];
}
