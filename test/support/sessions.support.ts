import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { SignJWT } from 'jose';
import { ExtractJwt, Strategy } from 'passport-jwt';

/** What the host's guard puts on `request.user`. */
export interface Visitor {
  readonly id: string;
  readonly firstName: string;
  readonly roles: string[];
}

export const ADA: Visitor = { id: 'ada', firstName: 'Ada', roles: ['admin', 'engineering'] };

const SECRET = 'a secret of these tests, long enough for HS256';
const COOKIE = 'session';

/** The `jwt` strategy of a host app: its session token comes as a bearer token or as a cookie. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor() {
    super({
      jwtFromRequest: ExtractJwt.fromExtractors([ExtractJwt.fromAuthHeaderAsBearerToken(), readCookie]),
      secretOrKey: SECRET,
      algorithms: ['HS256'],
    });
  }

  validate({ visitor }: { visitor: Visitor }): Visitor {
    return visitor;
  }
}

/** A session token as the host's login would make it. */
export function createSession(visitor = ADA, expiresInSeconds = 3_600): Promise<string> {
  const nowSeconds = Math.floor(Date.now() / 1_000);
  return new SignJWT({ visitor })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + expiresInSeconds)
    .sign(Buffer.from(SECRET));
}

/** The request header of a visitor who is logged in. */
export async function bearer(visitor = ADA): Promise<Record<string, string>> {
  return { authorization: `Bearer ${await createSession(visitor)}` };
}

/** The same, as a browser sends it. */
export async function cookie(visitor = ADA): Promise<Record<string, string>> {
  return { cookie: `theme=dark; ${COOKIE}=${await createSession(visitor)}` };
}

function readCookie({ headers }: { headers: { cookie?: string } }): string | null {
  return new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(headers.cookie ?? '')?.[1] ?? null;
}
