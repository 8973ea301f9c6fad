import type { SiteAddress } from '../site/site-address.js';

// The longest lifetime that browsers allow.
const MAX_AGE_SECONDS = 400 * 86_400;

/**
 * The cookie with the ID of a visitor's session. Its name contains the port: cookies do not distinguish ports,
 * so two emulators on one machine would overwrite each other's sessions.
 *
 * @example
 * const cookie = new SessionCookie({ origin: 'http://localhost:3002', port: 3002 });
 * cookie.name; // 'docs-session-3002'
 */
export class SessionCookie {
  readonly name: string;
  private readonly attributes: string;

  constructor({ origin, port }: Pick<SiteAddress, 'origin' | 'port'>) {
    this.name = `docs-session-${port}`;
    this.attributes = `Path=/; HttpOnly; SameSite=Lax${origin.startsWith('https:') ? '; Secure' : ''}`;
  }

  /**
   * Reads the session ID from the `Cookie` header of a request.
   *
   * @example
   * cookie.read('theme=dark; docs-session-3002=abc'); // 'abc'
   */
  read(header: string | undefined): string | undefined {
    for (const pair of (header ?? '').split(';')) {
      const [name, value] = pair.trim().split('=', 2);
      if (name === this.name) return value;
    }
    return undefined;
  }

  /**
   * The `Set-Cookie` header that starts a session.
   *
   * @param expiresAt seconds since the epoch; if absent, the cookie ends with the browser session.
   * @example
   * cookie.write('abc', undefined, Date.now()); // 'docs-session-3002=abc; Path=/; HttpOnly; SameSite=Lax'
   */
  write(id: string, expiresAt: number | undefined, nowMs: number): string {
    const seconds = expiresAt === undefined ? undefined : Math.ceil(expiresAt - nowMs / 1000);
    const lifetime = seconds === undefined ? '' : `; Max-Age=${Math.min(seconds, MAX_AGE_SECONDS)}`;
    return `${this.name}=${id}; ${this.attributes}${lifetime}`;
  }

  /** The `Set-Cookie` header that deletes the cookie. */
  clear(): string {
    return `${this.name}=; ${this.attributes}; Max-Age=0`;
  }
}
