import type { ComponentType } from 'react';
import { isRecord } from '../shared/record.guard.js';
import { PageFault } from './components/page-fault.js';
import type { PageFaultProps } from './components/page-fault.js';
import { KNOWN_COMPONENTS } from './components/known.components.js';
import { unknownComponent } from './components/unknown.component.js';

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
 * offerComponents(['Note', 'Tree.Folder']);
 */
export function offerComponents(names: readonly string[]): void {
  for (const name of names) {
    let place: Record<string, unknown> = components;
    for (const part of name.split('.')) {
      place[part] ??= unknownComponent(name);
      const next = place[part];
      if (!holdsParts(next)) break;
      place = next;
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
 * export default pageFault({ file: 'a.mdx', line: 3, reason: 'Unexpected end of file' });
 */
export function pageFault(props: PageFaultProps): ComponentType {
  return () => <PageFault {...props} />;
}

// `Tree.Folder` is a property of `Tree`, which is a function.
function holdsParts(value: unknown): value is Record<string, unknown> {
  return typeof value === 'function' || isRecord(value);
}
