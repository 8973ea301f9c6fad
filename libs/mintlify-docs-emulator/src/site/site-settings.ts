import type { SiteColors } from '../shared/page-data-types.js';
import { isRecord } from '../shared/type-guards.js';
import { iconsIn } from './icon-reader.js';
import { readHexColor } from './looks-values.js';
import { readNavbarLinks } from './navbar-reader.js';
import { readRedirects } from './redirects.js';

const DEFAULT_COLORS: SiteColors = { primary: '#0f766e', light: '#5eead4' };

/**
 * Reads the settings of docs.json that stand alone.
 *
 * @example
 * readSettings({ name: 'Docs' }).name; // 'Docs'
 */
export function readSettings(settings: Record<string, unknown>) {
  const favicon = isRecord(settings.favicon) ? settings.favicon.light : settings.favicon;
  return {
    name: typeof settings.name === 'string' ? settings.name : 'Docs',
    colors: readColors(settings.colors),
    navbarLinks: readNavbarLinks(settings.navbar),
    iconLibrary:
      isRecord(settings.icons) && settings.icons.library !== 'fontawesome' ? 'lucide' : 'fontawesome',
    icons: iconsIn(settings),
    variables: readVariables(settings.variables),
    redirects: readRedirects(settings.redirects),
    ...(typeof favicon === 'string' && { favicon: `/${favicon.replace(/^\/+/, '')}` }),
  };
}

function readVariables(variables: unknown): Record<string, string> {
  if (!isRecord(variables)) return {};
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );
}

function readColors(colors: unknown): SiteColors {
  if (!isRecord(colors)) return DEFAULT_COLORS;
  const primary = readHexColor(colors.primary) ?? DEFAULT_COLORS.primary;
  return { primary, light: readHexColor(colors.light) ?? primary };
}
