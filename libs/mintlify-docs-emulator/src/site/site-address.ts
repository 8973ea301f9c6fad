/** The public address of the docs. It comes from the options alone, never from a request. */
export interface SiteAddress {
  /** The URL of the docs, including the base path, without a trailing slash. */
  url: string;
  /** Such as `http://localhost:3002`. */
  origin: string;
  /** Lower case, without scheme and port. The `host` claim of a token must equal it (handshakes.md, section 3). */
  hostName: string;
  /** The port that the emulator listens on. */
  port: number;
}

/**
 * Builds the public address of the docs.
 *
 * @param host the interface that the emulator listens on; "all interfaces" becomes `localhost`.
 * @param publicUrl the origin to use instead of `http://HOST:PORT`.
 * @example
 * siteAddress({ host: '0.0.0.0', port: 3002, basePath: '' }).hostName; // 'localhost'
 */
export function siteAddress(listening: {
  host: string;
  port: number;
  basePath: string;
  publicUrl?: string;
}): SiteAddress {
  const { host, port, basePath, publicUrl = `http://${browsableHost(host)}:${port}` } = listening;
  const { origin, hostname } = new URL(publicUrl);
  return { url: origin + basePath, origin, hostName: hostname, port };
}

function browsableHost(host: string): string {
  if (['localhost', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
