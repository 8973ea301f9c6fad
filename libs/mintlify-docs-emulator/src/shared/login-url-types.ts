/**
 * Returns the current login URL.
 *
 * @example
 * const source: LoginUrlSource = () => `${backendUrl}/docs-login`;
 */
export type LoginUrlSource = () => string;

/**
 * A login URL of private docs, with a name.
 *
 * @example
 * const staff: NamedLoginUrl = { name: 'Staff', url: 'http://localhost:3000/docs-login' };
 */
export interface NamedLoginUrl {
  /** The name that visitors see, such as "Staff". Must be unique and not empty. */
  name: string;
  /** Absolute, http or https. An existing query is kept. */
  url: string;
}
