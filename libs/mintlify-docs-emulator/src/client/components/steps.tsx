import type { ReactNode } from 'react';

/**
 * A numbered sequence of steps.
 *
 * @example
 * <Steps><Step title="Install">…</Step></Steps>
 */
export function Steps({ children }: { children?: ReactNode }) {
  return <div className="steps">{children}</div>;
}

/** Props of a step. */
export interface StepProps {
  title?: string;
  /** Where links to this step lead. */
  id?: string;
  children?: ReactNode;
}

/**
 * One step inside `Steps`.
 *
 * @example
 * <Step title="Install" id="install">Run the installer.</Step>
 */
export function Step({ title, id, children }: StepProps) {
  return (
    <div className="step" id={id}>
      {title && <p className="step-title">{title}</p>}
      {children}
    </div>
  );
}
