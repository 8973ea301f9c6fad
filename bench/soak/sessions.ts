import { createSecretKey, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { SignJWT } from 'jose';
import { Strategy } from 'passport-jwt';

const COOKIE = 'session';
const LIFETIME = '24 h';
const SECRET = createSecretKey(randomBytes(32));

/** `jsonwebtoken` accepts a `KeyObject`, though its types do not say so. From bytes it would make one per request. */
const SECRET_OR_KEY = SECRET as unknown as Buffer;

/** The principal that the host app's guard puts on `request.user`. */
export interface Account {
  readonly name: string;
  readonly tenantId?: string;
}

/** The strategy behind `AuthGuard('jwt')`: the session is a JWT in a cookie, for both handshakes. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor() {
    super({ jwtFromRequest: readSession, secretOrKey: SECRET_OR_KEY, algorithms: ['HS256'] });
  }

  validate({ account }: { account: Account }): Account {
    return account;
  }
}

function readSession({ headers }: { headers: { cookie?: string } }): string | null {
  return new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(headers.cookie ?? '')?.[1] ?? null;
}

/** The `Cookie` header of a logged-in visitor. */
export async function createCookie(account: Account): Promise<string> {
  const session = await new SignJWT({ account })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime(LIFETIME)
    .sign(SECRET);
  return `${COOKIE}=${session}`;
}
