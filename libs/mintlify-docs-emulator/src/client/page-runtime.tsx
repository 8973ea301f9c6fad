import type { ComponentType } from 'react';
import { isRecord } from '../shared/type-guards.js';
import { PageError } from './components/page-error.js';
import type { PageErrorProps } from './components/page-error.js';
import { KNOWN_COMPONENTS } from './components/known-components.js';
import { unknownComponent } from './components/unknown-component.js';

/**
 * What compiled pages import. It stands in a bundle of its own, beside the client's, and both see the same
 * values: `user` and the components are state of the page that is open, not of a program.
 */
type Components = Record<string, ComponentType<never> | Record<string, unknown>>;

const components: Components = { ...KNOWN_COMPONENTS };

/** The `user` variable of MDX pages: the visitor's `content`, `{}` for an anonymous one. A live binding. */
// oxlint-disable-next-line import/no-mutable-exports -- pages read it at each render, as a variable in scope.
export let user: Record<string, unknown> = {};

/**
 * Sets the `user` variable of MDX pages; the caller draws the page anew.
 *
 * @example
 * setUser({ firstName: 'Ada' });
 */
export function setUser(value: Record<string, unknown>): void {
  user = value;
}

/**
 * Makes sure that each component a page needs is there: for one that the emulator does not know, a stand-in that
 * shows its children.
 *
 * @param names as in MDX, such as `Note` or `Tree.Folder`.
 * @example
 * registerComponents(['Note', 'Tree.Folder']);
 */
export function registerComponents(names: readonly string[]): void {
  for (const name of names) {
    let parent: Record<string, unknown> = components;
    for (const part of name.split('.')) {
      parent[part] ??= unknownComponent(name);
      const next = parent[part];
      if (!hasSubcomponents(next)) break;
      parent = next;
    }
  }
}

/**
 * The components in scope in MDX, in the form that compiled MDX asks for them.
 *
 * @example
 * useMDXComponents().Note;
 */
export function useMDXComponents(): Components {
  return components;
}

/**
 * A page that shows why the real one cannot be shown.
 *
 * @example
 * export default pageError({ file: 'a.mdx', line: 3, reason: 'Unexpected end of file' });
 */
export function pageError(props: PageErrorProps): ComponentType {
  return () => <PageError {...props} />;
}

// `Tree.Folder` is a property of `Tree`, which is a function.
function hasSubcomponents(value: unknown): value is Record<string, unknown> {
  return typeof value === 'function' || isRecord(value);
}
