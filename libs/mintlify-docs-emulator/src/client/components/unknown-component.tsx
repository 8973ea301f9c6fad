import type { ComponentType, ReactNode } from 'react';

/**
 * Makes the stand-in for a component that the emulator does not have: its children, marked with its name, so
 * that the text of the page is all there.
 *
 * @example
 * const Tree = unknownComponent('Tree');
 */
export function unknownComponent(name: string): ComponentType<{ children?: ReactNode }> {
  return ({ children }) => (
    <div className="unknown-component" data-component={name}>
      <span className="unknown-name">&lt;{name}&gt; is not emulated</span>
      {children}
    </div>
  );
}
