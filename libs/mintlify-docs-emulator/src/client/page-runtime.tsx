import type { ComponentType } from 'react';
import { isRecord } from '../shared/type-guards.js';
import { PageError } from './components/page-error.js';
import type { PageErrorProps } from './components/page-error.js';
import { KNOWN_COMPONENTS } from './components/known-components.js';
import { unknownComponent } from './components/unknown-component.js';

export { loadStyleSheet } from './library-files.js';

/**
 * The imports of compiled pages. They share this module's state with the client bundle: `user` and the components
 * belong to the page that is open.
 */
type Components = Record<string, ComponentType<never> | Record<string, unknown>>;

const components: Components = { ...KNOWN_COMPONENTS };

/** The `user` variable of MDX pages: the visitor's `content`, or `{}` if anonymous. A live binding. */
// oxlint-disable-next-line import/no-mutable-exports -- pages read it as a variable at each render.
export let user: Record<string, unknown> = {};

/**
 * Sets the `user` variable of MDX pages. The caller must render the page again.
 *
 * @example
 * setUser({ firstName: 'Ada' });
 */
export function setUser(value: Record<string, unknown>): void {
  user = value;
}

let onUserPlace: ((place: { source: string; value: unknown }) => void) | undefined;

/**
 * Says who hears of the values that pages show of `user`: only pages that are compiled for it report them.
 *
 * @example
 * watchUserPlaces(({ source, value }) => console.log(source, value));
 */
export function watchUserPlaces(listener: typeof onUserPlace): void {
  onUserPlace = listener;
}

/**
 * Reports the value of a `{…}` that reads `user`, and returns it.
 *
 * @example
 * userPlace('user.plan', user.plan);
 */
export function userPlace<T>(source: string, value: T): T {
  onUserPlace?.({ source, value });
  return value;
}

/**
 * Makes sure that each component of a page exists. Unsupported ones get a placeholder that renders their
 * children.
 *
 * @param names names as in MDX, such as `Note` or `Tree.Folder`.
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
 * The components that compiled MDX can use.
 *
 * @example
 * useMDXComponents().Note;
 */
export function useMDXComponents(): Components {
  return components;
}

/**
 * A page that shows why the real page cannot be shown.
 *
 * @example
 * export default pageError({ file: 'a.mdx', line: 3, reason: 'Unexpected end of file' });
 */
export function pageError(props: PageErrorProps): ComponentType {
  return () => <PageError {...props} />;
}

/**
 * Takes the place of an import that failed: shows why. It works as a component, and as text.
 *
 * @example
 * export const Box = partError('a.mdx: imports "/snippets/box.jsx", but the file does not exist.');
 */
export function partError(reason: string): ComponentType {
  const Part = () => <PageError title="This part of the page cannot be shown" reason={reason} />;
  return Object.assign(Part, { toString: () => reason });
}

/**
 * A component that JSX snippets use without an import.
 *
 * @example
 * const Card = globalComponent('Card');
 */
export function globalComponent(name: string): Components[string] {
  registerComponents([name]);
  return components[name] ?? {};
}

// `Tree.Folder` is a property of the function `Tree`.
function hasSubcomponents(value: unknown): value is Record<string, unknown> {
  return typeof value === 'function' || isRecord(value);
}
