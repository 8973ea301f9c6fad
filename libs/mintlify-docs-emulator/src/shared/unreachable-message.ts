import { parseUrl } from './url-parser.js';

/**
 * Explains that the browser got no response at all.
 *
 * @example
 * explainUnreachable('http://localhost:3000/docs'); // 'The browser could not reach http://localhost:3000. …'
 */
export function explainUnreachable(url: string): string {
  return `The browser could not reach ${parseUrl(url)?.origin ?? 'the server'}. Check that it is running and that the URL is correct.`;
}
