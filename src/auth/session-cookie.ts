import { parseCookie } from 'cookie';
import type { CookieOptions, Request } from 'express';

/** How long a session lasts: one working day. */
export const SESSION_LIFETIME_SECONDS = 8 * 60 * 60;

/** The name and attributes of the session cookie, for a backend at `publicUrl`. */
export function sessionCookie(publicUrl: string): { name: string; options: CookieOptions } {
  const secure = publicUrl.startsWith('https:');
  return {
    // With this prefix browsers reject the cookie when a sibling domain sets it. It requires https.
    name: secure ? '__Host-acme_session' : 'acme_session',
    options: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
  };
}

/** The value of the cookie in a request, or `null`. */
export function readCookie(request: Pick<Request, 'headers'>, name: string): string | null {
  return parseCookie(request.headers.cookie ?? '')[name] ?? null;
}
