import { readQuery, type HandshakeRequest } from '../handshake-request.js';

/**
 * The parameter of the way back that counts how often a visitor came back from the login page. It holds a number from 1
 * to {@link MAX_LOGIN_ATTEMPTS}, decides on nothing but the redirect to the login page, and never reaches the docs.
 *
 * @internal
 */
export const LOGIN_ATTEMPT_PARAMETER = 'login-attempt';

/** @internal A visitor who comes back without a login from the last attempt is not redirected again. */
export const MAX_LOGIN_ATTEMPTS = 2;

/**
 * How often the visitor has been sent to the login page on the way to the same page. Anything but a count that this
 * library wrote is 0.
 *
 * @internal
 */
export function readLoginAttempts(request: HandshakeRequest): number {
  const [value = '', ...more] = readQuery(request)?.getAll(LOGIN_ATTEMPT_PARAMETER) ?? [];
  return more.length === 0 && /^[12]$/.test(value) ? Number(value) : 0;
}
