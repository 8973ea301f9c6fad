import type { ComponentType } from 'react';
import { isRecord } from '../shared/type-guards.js';
import { whenStyled } from './library-files.js';
import { pageError } from './page-runtime.js';

/**
 * Loads a compiled page. If it cannot be loaded, because of an unsupported import for example, returns a page
 * that says why.
 *
 * @param path the path of the module on this origin; absent if the page does not exist.
 * @returns the page's component, or `undefined` if the page does not exist.
 * @example
 * const Content = await loadPage('/_emulator/modules/quickstart.mdx');
 */
export async function loadPage(path: string | undefined): Promise<ComponentType | undefined> {
  if (path === undefined) return undefined;
  try {
    const module: unknown = await import(path);
    await whenStyled();
    if (isRecord(module) && isComponent(module.default)) return module.default;
    throw new Error('The page has no content.');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return pageError({ reason });
  }
}

function isComponent(value: unknown): value is ComponentType {
  return typeof value === 'function';
}
