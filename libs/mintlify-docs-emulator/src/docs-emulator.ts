import type { DocsEmulatorOptions } from './docs-emulator-options.js';
import { readClientBundle } from './http/client-bundle.js';
import { createHandler } from './http/emulator-handler.js';
import { listen } from './http/listener.js';
import { resolveOptions } from './option-resolver.js';
import { siteAddress } from './site/site-address.js';
import { SiteReader } from './site/site-reader.js';

/**
 * A running docs emulator.
 *
 * @example
 * console.log(emulator.url); // 'http://localhost:3001'
 */
export interface DocsEmulator {
  /** The URL of the docs, including the base path, without a trailing slash. */
  readonly url: string;
  /** The port it listens on. */
  readonly port: number;
  /** Stops the emulator: closes all connections and frees the port. Calling it again does nothing. */
  close(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a docs emulator. It serves a folder of Mintlify docs and handles logins as a Mintlify site does:
 * personalization of public docs, by JWT, shared session or OAuth 2.0, or authentication for private docs
 * (handshakes.md, sections 2 to 6). Pages are read from disk at each request, so edits show on reload.
 *
 * @throws TypeError for an invalid option, SiteError if docs.json cannot be read, Error with `code: 'EADDRINUSE'`
 * if the port is in use, and any error of the function `publicKeys`.
 * @example
 * const emulator = await startDocsEmulator({
 *   publicKeys: [publicPem],
 *   loginUrl: 'http://localhost:3000/docs-login',
 * });
 * await emulator.close();
 */
export async function startDocsEmulator(options: DocsEmulatorOptions): Promise<DocsEmulator> {
  const { port, host, publicUrl, ...settings } = await resolveOptions(options);
  const { basePath, directory } = settings;
  const client = await readClientBundle();
  const sites = new SiteReader(directory);
  await sites.read();
  const addressAt = (port: number) => siteAddress({ host, port, basePath, publicUrl });
  const listener = await listen(
    (port) => createHandler({ ...settings, client, sites, address: addressAt(port) }),
    host,
    port,
  );
  return {
    url: addressAt(listener.port).url,
    port: listener.port,
    close: () => listener.close(),
    [Symbol.asyncDispose]: () => listener.close(),
  };
}
