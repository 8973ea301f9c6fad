import { readableOn, textOn } from '../shared/color-contrast.js';
import type { SiteColors } from '../shared/page-data-types.js';

/** As in the style sheet. */
const BACKGROUND = { light: '#ffffff', dark: '#0f1218' };

/**
 * Applies the site's colors: the accent for light and dark mode, a readable text color on each, and the accent as text can
 * have it.
 *
 * @param background that of the site, where it has its own.
 * @example
 * applyColors({ primary: '#4f46e5', light: '#a5b4fc' });
 */
export function applyColors(
  { primary, light }: SiteColors,
  background: { light?: string; dark?: string } = {},
): void {
  const { style } = document.documentElement;
  style.setProperty('--accent-light-mode', primary);
  style.setProperty('--accent-dark-mode', light);
  style.setProperty('--on-accent-light-mode', textOn(primary));
  style.setProperty('--on-accent-dark-mode', textOn(light));
  const grounds = { ...BACKGROUND, ...background };
  style.setProperty('--accent-text-light-mode', readableOn(primary, grounds.light));
  style.setProperty('--accent-text-dark-mode', readableOn(light, grounds.dark));
}
