import type { DocsEmulatorOptions } from './docs-emulator-options.js';
import { ChangeFeed } from './http/change-feed.js';
import { readClientBundle } from './http/client-bundle.js';
import { INTERNAL_PATH } from './http/emulator-context.js';
import { createHandler } from './http/emulator-handler.js';
import { listen } from './http/listener.js';
import { VisitorNavigations } from './http/visitor-navigation.js';
import { WarningLog } from './http/warning-log.js';
import { IconLibrary } from './icons/icon-library.js';
import { BuildPool } from './mdx/build-pool.js';
import { PageBundler } from './mdx/page-bundler.js';
import { resolveOptions } from './option-resolver.js';
import { DocsSearch } from './search/docs-search.js';
import { VisitorSwitch } from './http/visitor-switch.js';
import { describeWarning } from './site/site-warning.js';
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
  /** What the docs folder has that the emulator does not know, one line each, with its place. */
  readonly warnings: readonly string[];
  /** Stops the emulator: closes all connections and frees the port. Calling it again does nothing. */
  close(): Promise<void>;
  /** The same, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a docs emulator. It serves a folder of Mintlify docs and handles logins as a Mintlify site does:
 * personalization of public docs, by JWT, shared session or OAuth 2.0, or authentication for private docs
 * (handshakes.md, sections 2 to 6). Edits show on reload, and with `watch` by themselves.
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
  const { port, host, publicUrl, visitors, onWarning, watch, ...settings } = await resolveOptions(options);
  const { basePath, directory } = settings;
  const client = await readClientBundle();
  const sites = new SiteReader(directory);
  const site = await sites.read();
  const icons = new IconLibrary();
  const search = new DocsSearch({ ...settings, sites });
  const builders = new BuildPool();
  const bundler = new PageBundler(
    { directory, client: `${basePath}${INTERNAL_PATH}/client`, checksIcons: true },
    builders.build,
  );
  const addressAt = (port: number) => siteAddress({ host, port, basePath, publicUrl });
  const warnings = new WarningLog(onWarning);
  const feed = watch
    ? new ChangeFeed({
        directory,
        onChange: () => {
          sites.expire();
          search.expire();
        },
        onWatch: (isWatched) => sites.trustWatcher(isWatched),
        onWarning: (warning) => onWarning?.(warning),
      })
    : undefined;
  const shared = {
    ...settings,
    ...(feed && { feed }),
    client,
    sites,
    search,
    navigations: new VisitorNavigations(settings),
    bundler,
    icons,
    warnings,
  };
  const switchAt = (port: number) => visitors && { visitorSwitch: new VisitorSwitch(visitors, { port }) };
  const listener = await listen(
    (port) => createHandler({ ...shared, address: addressAt(port), ...switchAt(port) }),
    host,
    port,
  );
  const close = async (): Promise<void> => {
    await Promise.all([listener.close(), feed?.close(), builders.close()]);
  };
  return {
    url: addressAt(listener.port).url,
    port: listener.port,
    warnings: site.warnings.map(describeWarning),
    close,
    [Symbol.asyncDispose]: close,
  };
}
