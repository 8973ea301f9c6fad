import type { ByMode } from '../shared/site-looks-types.js';
import { isRecord } from '../shared/type-guards.js';

const COLOR = /^#(?:[\da-f]{3}|[\da-f]{6})$/i;

/**
 * Reads a color of docs.json.
 *
 * @example
 * readHexColor('#0f766e'); // '#0f766e'
 */
export function readHexColor(color: unknown): string | undefined {
  return typeof color === 'string' && COLOR.test(color) ? color : undefined;
}

/**
 * Tells whether a value is a link that cannot run a script.
 *
 * @example
 * isSafeHref('javascript:alert(1)'); // false
 */
export function isSafeHref(href: unknown): href is string {
  return (
    typeof href === 'string' && /^(?:https?:\/\/|mailto:|tel:|\/|#|[\w.-]+(?:[/?#]|$))/i.test(href.trim())
  );
}

/**
 * Reads the path of a file in the docs folder, or the URL of one elsewhere.
 *
 * @example
 * readPath('logo/light.svg'); // '/logo/light.svg'
 */
export function readPath(path: unknown): string | undefined {
  if (typeof path !== 'string' || path.trim() === '') return undefined;
  if (/^https?:\/\//i.test(path)) return path;
  return /^[a-z][a-z\d+.-]*:/i.test(path) ? undefined : `/${path.trim().replace(/^(?:\.?\/)+/, '')}`;
}

/**
 * Reads a value that may be one for both color modes, or an object with one for each.
 *
 * @example
 * readByMode({ light: '/a.svg' }, readPath); // { light: '/a.svg', dark: '/a.svg' }
 */
export function readByMode(value: unknown, read: (value: unknown) => string | undefined): ByMode | undefined {
  const { light, dark } = isRecord(value) ? value : { light: value, dark: value };
  const forLight = read(light) ?? read(dark);
  const forDark = read(dark) ?? forLight;
  return forLight === undefined || forDark === undefined ? undefined : { light: forLight, dark: forDark };
}
