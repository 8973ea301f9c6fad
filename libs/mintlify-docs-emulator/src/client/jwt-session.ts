import { verifyOnServer } from './session-client.js';
import { StoredSession } from './stored-session.js';

/**
 * The session of docs that take tokens (handshakes.md, section 2).
 *
 * @example
 * const session = new JwtSession('/_emulator/session');
 * await session.start(token);
 */
export class JwtSession extends StoredSession {
  constructor(private readonly sessionPath: string) {
    super();
  }

  /** Takes over the token that the visitor came with, or else what the browser has kept. */
  override async start(token: string | undefined): Promise<void> {
    if (token === undefined) this.load();
    else await this.accept(token);
    this.watch();
  }

  /** Sends a token to be checked. A token that is refused leaves the visitor anonymous. */
  override async accept(token: string): Promise<void> {
    const answer = await verifyOnServer(this.sessionPath, token);
    if ('visitor' in answer) this.keep(answer.visitor);
    else this.forget(answer.refusal.message);
  }
}
