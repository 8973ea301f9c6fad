import { Component } from 'react';
import type { ReactNode } from 'react';
import { PageFault } from './page-fault.js';

interface FaultBoundaryState {
  reason?: string;
}

/**
 * Keeps the docs on screen when a page fails while it is drawn, and says why. The most common cause is a page
 * that reads `user.org.plan` where an anonymous visitor's `user` is `{}` (handshakes.md, section 6).
 *
 * @example
 * <FaultBoundary><Page /></FaultBoundary>
 */
export class FaultBoundary extends Component<{ children: ReactNode }, FaultBoundaryState> {
  override state: FaultBoundaryState = {};

  static getDerivedStateFromError(error: unknown): FaultBoundaryState {
    return { reason: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { reason } = this.state;
    if (reason === undefined) return this.props.children;
    const hint = reason.includes('undefined')
      ? '\n\nFor an anonymous visitor, user is {}: write user.org?.plan instead of user.org.plan.'
      : '';
    return <PageFault reason={reason + hint} />;
  }
}
