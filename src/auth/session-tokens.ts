import { jwtVerify, SignJWT } from 'jose';

/** What tells one kind of session token from another. */
export interface TokenKind {
  readonly algorithm: string;
  readonly issuer: string;
  readonly audience: string;
}

/** A session in the database, which a token stands for. */
export interface SessionReference {
  readonly id: string;
  readonly accountId: string;
}

/** Signs and verifies the tokens of sessions: of the session cookie, and of Acme Console. */
export class SessionTokens {
  private readonly key: Uint8Array;

  constructor(secret: string) {
    this.key = new TextEncoder().encode(secret);
  }

  /** Signs a token that is valid for `lifetimeSeconds`. */
  sign({ id, accountId }: SessionReference, kind: TokenKind, lifetimeSeconds: number): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: kind.algorithm })
      .setIssuer(kind.issuer)
      .setAudience(kind.audience)
      .setSubject(accountId)
      .setJti(id)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds} seconds`)
      .sign(this.key);
  }

  /** The session of a token; `undefined` if this backend did not sign it, it has expired, or it is of another kind. */
  async read(
    token: string,
    { algorithm, issuer, audience }: TokenKind,
  ): Promise<SessionReference | undefined> {
    try {
      const { payload } = await jwtVerify(token, this.key, { algorithms: [algorithm], issuer, audience });
      const { jti: id, sub: accountId } = payload;
      return id === undefined || accountId === undefined ? undefined : { id, accountId };
    } catch {
      return undefined;
    }
  }
}
