import type { ComponentType, ReactNode } from 'react';

/**
 * Creates a placeholder for an unsupported component: its children, marked with its name, so that no text is
 * lost.
 *
 * @example
 * const Tree = unknownComponent('Tree');
 */
export function unknownComponent(name: string): ComponentType<{ children?: ReactNode }> {
  return ({ children }) => (
    <div className="unknown-component" data-component={name}>
      <span className="unknown-name">&lt;{name}&gt; is not supported</span>
      {children}
    </div>
  );
}
