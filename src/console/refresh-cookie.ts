import type { CookieOptions } from 'express';

/** The path of the routes that read the refresh cookie. Browsers send it to no other route. */
export const SESSION_PATH = '/console/session';

/** The name and attributes of the refresh cookie, for a backend at `publicUrl`. */
export function refreshCookie(publicUrl: string): { name: string; options: CookieOptions } {
  const secure = publicUrl.startsWith('https:');
  return {
    name: secure ? '__Secure-acme_console' : 'acme_console',
    options: { httpOnly: true, sameSite: 'strict', secure, path: SESSION_PATH },
  };
}
