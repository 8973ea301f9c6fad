import type { DocsEmulatorOptions } from './docs-emulator-options.js';
import { readClientBundle } from './http/client-bundle.js';
import { createHandler } from './http/emulator-handler.js';
import { listen } from './http/listener.js';
import { resolveOptions } from './option-resolver.js';
import { siteAddress } from './site/site-address.js';
import { readSite } from './site/site-reader.js';

/**
 * A running docs emulator.
 *
 * @example
 * console.log(emulator.url); // 'http://localhost:3001'
 */
export interface DocsEmulator {
  /** Address of the docs, base path included, without a slash at the end. */
  readonly url: string;
  /** The port it listens on; the picked one, when 0 was asked for. */
  readonly port: number;
  /** Stops it: ends every open connection at once and frees the port. Calling it again does nothing. */
  close(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a docs emulator: it serves a folder of Mintlify docs and does what a Mintlify site does in each handshake:
 * personalization of public docs, by JWT, shared session or OAuth 2.0, or authentication for private ones
 * (handshakes.md, sections 2 to 6). Pages are read from disk at each request, so an edit shows on reload.
 *
 * @throws TypeError for a wrong option, SiteError when the folder has no readable docs.json, Error with
 * `code: 'EADDRINUSE'` when the port is taken; what the function given as `publicKeys` throws.
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
  await readSite(directory);
  const addressAt = (port: number) => siteAddress({ host, port, basePath, publicUrl });
  const listener = await listen(
    (port) => createHandler({ ...settings, client, address: addressAt(port) }),
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
