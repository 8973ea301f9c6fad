import { isIP } from 'node:net';
import { parseUrl } from '../shared/url-parser.js';
import type { SiteAddress } from '../site/site-address.js';

/**
 * Whether a `Host` header is one of this emulator's: that of its address, `localhost`, or an IP address. Any other name
 * may belong to a site that points its own name at this machine (DNS rebinding).
 *
 * @example
 * isOwnHost('localhost:3001', address); // true
 * isOwnHost('rebound.example:3001', address); // false
 */
export function isOwnHost(host: string | undefined, { hostName }: Pick<SiteAddress, 'hostName'>): boolean {
  const name = host === undefined ? undefined : parseUrl(`http://${host}`)?.hostname;
  if (name === undefined) return false;
  return name === hostName || name === 'localhost' || isIP(name.replaceAll(/[[\]]/g, '')) !== 0;
}
