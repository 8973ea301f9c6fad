import { resolveOptions } from './docs-emulator.options.js';
import type { DocsEmulatorOptions } from './docs-emulator.options.js';
import { readClientBundle } from './http/client.bundle.js';
import { createHandler } from './http/emulator.handler.js';
import { listen } from './http/listener.js';
import { readSite } from './site/site.reader.js';

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
}

/**
 * Starts a docs emulator: it serves a folder of Mintlify docs and does in the browser what a Mintlify site does
 * with the JWT personalization handshake (handshakes.md, sections 2 and 6). Pages are read from disk at each
 * request, so an edit shows on reload.
 *
 * @throws TypeError for a wrong option, SiteError when the folder has no readable docs.json, Error with
 * `code: 'EADDRINUSE'` when the port is taken.
 * @example
 * const emulator = await startDocsEmulator({
 *   publicKeys: [publicPem],
 *   loginUrl: 'http://localhost:3000/docs-login',
 * });
 * await emulator.close();
 */
export async function startDocsEmulator(options: DocsEmulatorOptions): Promise<DocsEmulator> {
  const { port, host, directory, basePath, keys, loginUrl } = resolveOptions(options);
  const client = await readClientBundle();
  await readSite(directory);
  const handler = createHandler({ directory, basePath, loginUrl, keys, client });
  const listener = await listen((request, response) => void handler(request, response), host, port);
  return {
    url: `http://${browsableHost(host)}:${listener.port}${basePath}`,
    port: listener.port,
    close: () => listener.close(),
  };
}

function browsableHost(host: string): string {
  if (['localhost', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
