import type { NavigationIcon } from '../shared/navigation-types.js';
import { isRecord } from '../shared/type-guards.js';

/**
 * Reads the icon of a node of docs.json or of front matter: a name with `iconType` beside it, or an object.
 *
 * @example
 * readIcon({ icon: { name: 'rocket', style: 'solid', library: 'lucide' } });
 * // { icon: 'rocket', iconType: 'solid', iconLibrary: 'lucide' }
 */
export function readIcon(node: Readonly<Record<string, unknown>>): NavigationIcon {
  const { icon } = node;
  const own = isRecord(icon)
    ? { icon: icon.name, iconType: icon.style, iconLibrary: icon.library }
    : { icon, iconType: node.iconType, iconLibrary: node.iconLibrary };
  if (typeof own.icon !== 'string' || own.icon === '') return {};
  return {
    icon: own.icon,
    ...(typeof own.iconType === 'string' && { iconType: own.iconType }),
    ...(typeof own.iconLibrary === 'string' && { iconLibrary: own.iconLibrary }),
  };
}

const MAX_DEPTH = 100;

/**
 * The names of all icons in the settings of a site.
 *
 * @example
 * iconsIn({ navigation: { tabs: [{ tab: 'Guides', icon: 'book' }] } }); // ['book']
 */
export function iconsIn(settings: unknown, depth = 0): string[] {
  if (depth > MAX_DEPTH || typeof settings !== 'object' || settings === null) return [];
  if (Array.isArray(settings)) return settings.flatMap((entry) => iconsIn(entry, depth + 1));
  const own = isRecord(settings) ? readIcon(settings).icon : undefined;
  const inside = Object.values(settings).flatMap((value) => iconsIn(value, depth + 1));
  return [...new Set(own === undefined ? inside : [own, ...inside])];
}
