import type { SiteColors } from '../shared/page-data-types.js';

/**
 * Applies the site's colors: the accent for light and dark mode, and a readable text color for each.
 *
 * @example
 * applyColors({ primary: '#4f46e5', light: '#a5b4fc' });
 */
export function applyColors({ primary, light }: SiteColors): void {
  const { style } = document.documentElement;
  style.setProperty('--accent-light-mode', primary);
  style.setProperty('--accent-dark-mode', light);
  style.setProperty('--on-accent-light-mode', readableTextOn(primary));
  style.setProperty('--on-accent-dark-mode', readableTextOn(light));
}

// Above a relative luminance of 0.179, black has more contrast than white (WCAG 2.2).
function readableTextOn(color: string): string {
  const digits = color.length === 4 ? color.replaceAll(/[\da-f]/gi, '$&$&') : color;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) =>
    linear(Number.parseInt(digits.slice(start, start + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000' : '#fff';
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
