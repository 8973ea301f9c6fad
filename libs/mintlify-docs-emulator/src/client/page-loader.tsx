import type { ComponentType } from 'react';
import { isRecord } from '../shared/type-guards.js';
import { pageData } from './page-data.js';
import { pageError } from './page-runtime.js';

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
    const module: unknown = await import(path);
    if (isRecord(module) && isComponent(module.default)) return module.default;
    throw new Error('The page has no content.');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isAnonymous = pageData.mode === 'authentication' && !pageData.visitor;
    const hint = isAnonymous
      ? ' Where nobody is logged in, those need public: true in front matter of their own.'
      : '';
    return pageError({
      reason: `${reason}\n\nPages may import other .mdx files of the docs folder, and nothing else.${hint}`,
    });
  }
}

function isComponent(value: unknown): value is ComponentType {
  return typeof value === 'function';
}
