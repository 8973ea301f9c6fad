import type { ReactNode } from 'react';

/** Props of a callout. */
export interface CalloutProps {
  children?: ReactNode;
}

/**
 * Makes a callout component, a framed remark with a spoken label.
 *
 * @example
 * const Tip = callout('tip', 'Tip');
 */
export function callout(kind: string, label: string) {
  return ({ children }: CalloutProps) => (
    <div className={`callout callout-${kind}`} role="note" aria-label={label}>
      <p className="callout-title">{label}</p>
      {children}
    </div>
  );
}
