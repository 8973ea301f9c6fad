import { pageData } from './page-data.js';

const styleSheets = new Map<string, Promise<void>>();

/**
 * The URL of a file of a package that the emulator serves on need.
 *
 * @example
 * libraryUrl('katex/katex.min.css'); // '/_emulator/libraries/katex/katex.min.css'
 */
export function libraryUrl(path: string): string {
  return `${pageData.basePath}/_emulator/libraries/${path}`;
}

/**
 * Adds the style sheet of a package to the page, once. Compiled pages call it.
 *
 * @example
 * loadStyleSheet('katex/katex.min.css');
 */
export function loadStyleSheet(path: string): void {
  if (styleSheets.has(path)) return;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = libraryUrl(path);
  const loaded = new Promise<void>((resolve) => {
    link.addEventListener('load', () => resolve());
    // Without it, the page can still be read.
    link.addEventListener('error', () => resolve());
  });
  styleSheets.set(path, loaded);
  document.head.append(link);
}

/** Waits for all style sheets, so that the page does not change its looks when they arrive. */
export async function whenStyled(): Promise<void> {
  await Promise.all(styleSheets.values());
}
