import type { Visitor } from '../shared/visitor-types.js';
import { UNEXPECTED_TOKEN } from './leaked-token.js';
import { VisitorState } from './visitor-state.js';

/**
 * The session of docs without a login: the server knows which visitor the docs are shown as.
 *
 * @example
 * const session = new SwitchedSession(pageData.visitor);
 */
export class SwitchedSession extends VisitorState {
  constructor(private readonly visitor: Visitor | undefined) {
    super();
  }

  /** Shows the visitor. A token in the URL is of no use here. */
  override start(token: string | undefined): Promise<void> {
    this.change({ visitor: this.visitor, ...(token !== undefined && { alert: UNEXPECTED_TOKEN }) });
    return Promise.resolve();
  }

  /** Rejects a token in the URL of a page. */
  override accept(): Promise<void> {
    this.show({ visitor: this.visitor, alert: UNEXPECTED_TOKEN });
    return Promise.resolve();
  }

  /** Nothing to log out of. */
  override logOut(): void {}
}
