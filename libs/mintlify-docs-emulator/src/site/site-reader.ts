import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../shared/type-guards.js';
import type { NavbarLink } from '../shared/navigation-types.js';
import type { SiteColors } from '../shared/page-data-types.js';
import { SiteError } from './site-error.js';

/** The settings from docs.json that the emulator uses. */
export interface Site {
  name: string;
  colors: SiteColors;
  /** The raw `navigation` value, for `buildNavigation`. */
  navigation: unknown;
  navbarLinks: NavbarLink[];
  /** The icon's path inside the docs, such as `/favicon.svg`. */
  favicon?: string;
}

const FILE = 'docs.json';
const DEFAULT_COLORS: SiteColors = { primary: '#0f766e', light: '#5eead4' };
const COLOR = /^#(?:[\da-f]{3}|[\da-f]{6})$/i;

/**
 * Reads docs.json: `name`, `colors`, `navigation`, `navbar.links` and `favicon`. Other settings are ignored.
 *
 * @param directory the docs folder.
 * @throws SiteError when the file is missing or not a JSON object; the message says how to fix it.
 * @example
 * const site = await readSite('/srv/docs');
 */
export async function readSite(directory: string): Promise<Site> {
  const settings = await readSettings(directory);
  const favicon = isRecord(settings.favicon) ? settings.favicon.light : settings.favicon;
  return {
    name: typeof settings.name === 'string' ? settings.name : 'Docs',
    colors: readColors(settings.colors),
    navigation: settings.navigation,
    navbarLinks: readLinks(settings.navbar),
    ...(typeof favicon === 'string' && { favicon: `/${favicon.replace(/^\/+/, '')}` }),
  };
}

async function readSettings(directory: string): Promise<Record<string, unknown>> {
  const path = join(directory, FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new SiteError({ file: path }, 'cannot be read. `directory` must be a folder with a docs.json.', {
      cause,
    });
  }
  try {
    const settings: unknown = JSON.parse(text);
    if (isRecord(settings)) return settings;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown error';
    throw new SiteError({ file: FILE }, `not valid JSON: ${reason}`, { cause });
  }
  throw new SiteError({ file: FILE }, 'must be a JSON object with `name` and `navigation`.');
}

function readColors(colors: unknown): SiteColors {
  if (!isRecord(colors)) return DEFAULT_COLORS;
  const primary = readColor(colors.primary) ?? DEFAULT_COLORS.primary;
  return { primary, light: readColor(colors.light) ?? primary };
}

function readColor(color: unknown): string | undefined {
  return typeof color === 'string' && COLOR.test(color) ? color : undefined;
}

function readLinks(navbar: unknown): NavbarLink[] {
  if (!isRecord(navbar) || !Array.isArray(navbar.links)) return [];
  return navbar.links.flatMap((link: unknown): NavbarLink[] =>
    isRecord(link) && typeof link.label === 'string' && typeof link.href === 'string'
      ? [{ label: link.label, href: link.href }]
      : [],
  );
}
