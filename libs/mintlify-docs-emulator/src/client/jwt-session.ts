import { verifyOnServer } from './session-client.js';
import { StoredSession } from './stored-session.js';

/**
 * The session of docs with JWT login (handshakes.md, section 2).
 *
 * @example
 * const session = new JwtSession('/_emulator/session');
 * await session.start(token);
 */
export class JwtSession extends StoredSession {
  constructor(private readonly sessionPath: string) {
    super();
  }

  /** Uses the token from the URL, or else the stored visitor. */
  override async start(token: string | undefined): Promise<void> {
    if (token === undefined) this.load();
    else await this.accept(token);
    this.watch();
  }

  /** Verifies a token on the server. If it is refused, the visitor is anonymous. */
  override async accept(token: string): Promise<void> {
    const answer = await verifyOnServer(this.sessionPath, token);
    if ('visitor' in answer) this.keep(answer.visitor);
    else this.forget(answer.refusal.message);
  }
}
