import type { CodeLooks, SiteFont, SiteLooks } from '../shared/site-looks-types.js';
import { docsHref } from './page-data.js';

/**
 * Applies the background, the fonts and the colors of code of the site.
 *
 * @example
 * applyLooks(pageData.looks);
 */
export function applyLooks({ background, fonts, code }: SiteLooks): void {
  const { style, dataset } = document.documentElement;
  const { color, image, decoration } = background;
  if (color.light !== undefined) style.setProperty('--background-light-mode', color.light);
  if (color.dark !== undefined) style.setProperty('--background-dark-mode', color.dark);
  if (decoration !== undefined) dataset.decoration = decoration;
  if (image) {
    style.setProperty('--background-image-light', cssUrl(image.light));
    style.setProperty('--background-image-dark', cssUrl(image.dark));
    dataset.backgroundImage = 'true';
  }
  if (code) applyCode(code);
  applyFont('--font-body', fonts.body);
  applyFont('--font-heading', fonts.heading);
}

function applyCode(code: CodeLooks): void {
  const { style, dataset } = document.documentElement;
  dataset.code = 'isDark' in code ? 'dark' : 'theme';
  if ('isDark' in code) return;
  for (const name of ['background', 'text', 'comment', 'keyword', 'string', 'number', 'title'] as const) {
    style.setProperty(`--code-${name}`, `light-dark(${code.light[name]}, ${code.dark[name]})`);
  }
}

function applyFont(property: string, font: SiteFont | undefined): void {
  if (!font) return;
  const { style } = document.documentElement;
  style.setProperty(property, JSON.stringify(font.family));
  if (font.weight !== undefined) style.setProperty(`${property}-weight`, String(font.weight));
  if (font.source === undefined) return;
  const face = new FontFace(font.family, cssUrl(font.source), { weight: weightsOf(font) });
  document.fonts.add(face);
  // A font that cannot be loaded leaves the one of the system.
  face.load().catch(() => undefined);
}

/** The weights that a file has: by its name all of them, or the one that docs.json says. */
function weightsOf({ source = '', weight }: SiteFont): string {
  return /variable|\[wght\]|[-_]vf\b/i.test(source) ? '1 1000' : String(weight ?? 'normal');
}

function cssUrl(path: string): string {
  return `url(${JSON.stringify(docsHref(path))})`;
}
