/**
 * Gives the login URL as it is at present.
 *
 * @example
 * const source: LoginUrlSource = () => `${backendUrl}/docs-login`;
 */
export type LoginUrlSource = () => string;

/**
 * A place where a login to private docs may begin.
 *
 * @example
 * const staff: NamedLoginUrl = { name: 'Staff', url: 'http://localhost:3000/docs-login' };
 */
export interface NamedLoginUrl {
  /** What the visitor reads, such as "Staff": not empty, and no other login URL has it. */
  name: string;
  /** Absolute, http or https. A query that it has is kept. */
  url: string;
}
