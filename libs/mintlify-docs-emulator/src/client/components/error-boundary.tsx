import { Component } from 'react';
import type { ReactNode } from 'react';
import { PageError } from './page-error.js';

interface ErrorBoundaryState {
  reason?: string;
}

/**
 * Keeps the docs on screen if a page throws while rendering, and shows why. The most common cause is a page
 * that reads `user.org.plan`, while an anonymous `user` is `{}` (handshakes.md, section 6).
 *
 * @example
 * <ErrorBoundary><Page /></ErrorBoundary>
 */
export class ErrorBoundary extends Component<{ children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = {};

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { reason: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { reason } = this.state;
    if (reason === undefined) return this.props.children;
    const hint = reason.includes('undefined')
      ? '\n\nFor an anonymous visitor, user is {}. Write user.org?.plan instead of user.org.plan.'
      : '';
    return <PageError reason={reason + hint} />;
  }
}
