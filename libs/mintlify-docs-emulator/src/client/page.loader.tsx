import type { ComponentType } from 'react';
import { pageFault } from './page-runtime.js';

/**
 * Loads the compiled page. One that cannot be loaded, because it imports what the emulator does not serve,
 * becomes a page that says so.
 *
 * @param path of the module on this origin; absent when there is no such page.
 * @returns the page's component, or `undefined` for no page.
 * @example
 * const Content = await loadPage('/_emulator/modules/quickstart.mdx');
 */
export async function loadPage(path: string | undefined): Promise<ComponentType | undefined> {
  if (path === undefined) return undefined;
  try {
    const module = (await import(path)) as { default: ComponentType };
    return module.default;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return pageFault({
      reason: `${reason}\n\nPages may import other .mdx files of the docs folder, and nothing else.`,
    });
  }
}
