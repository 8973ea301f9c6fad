import type { Keyring } from '../keys/public-key-source.js';
import type { LoginUrls } from '../login-url-reader.js';
import type { DocsMode } from '../shared/docs-mode.js';
import type { DocsHandshake } from '../shared/handshake-types.js';
import type { IconLibrary } from '../icons/icon-library.js';
import type { PageBundler } from '../mdx/page-bundler.js';
import type { SiteAddress } from '../site/site-address.js';
import type { SiteReader } from '../site/site-reader.js';
import type { DocsSearch } from '../search/docs-search.js';
import type { ChangeFeed } from './change-feed.js';
import type { VisitorNavigations } from './visitor-navigation.js';
import type { VisitorSwitch } from './visitor-switch.js';
import type { WarningLog } from './warning-log.js';
import type { Reply } from './reply.js';
import type { DiscoveryAccess } from '../docs-emulator-options.js';

/** What the endpoints of a running emulator share. */
export interface EmulatorContext {
  mode: DocsMode;
  handshake: DocsHandshake;
  address: SiteAddress;
  /** Absolute path of the docs folder. */
  directory: string;
  /** Reads the folder, and keeps what it read until a file changes. */
  sites: SiteReader;
  /** The navigation of each visitor. */
  navigations: VisitorNavigations;
  /** Searches the docs as a visitor sees them. */
  search: DocsSearch;
  /** `''`, or a path such as `/docs`. */
  basePath: string;
  /** Exactly one in personalization. */
  loginUrls: LoginUrls;
  keyring: Keyring;
  /** Compiles pages. */
  bundler: PageBundler;
  /** Without a login: who the docs are shown as. */
  visitorSwitch?: VisitorSwitch;
  /** Of a preview deployment: groups take nothing out of the navigation. */
  preview: boolean;
  /** Other origins that pages may load from. */
  allowOrigins: readonly string[];
  /** The icons of pages and navigation. */
  icons: IconLibrary;
  /** What is wrong with pages, for the terminal. */
  warnings: WarningLog;
  /** The discovery API, if it is on. */
  discovery?: DiscoveryAccess;
  /** Tells open pages of changes. Absent if the docs folder is not watched. */
  feed?: ChangeFeed;
  /** The files of the client bundle by name, ready to send. */
  client: ReadonlyMap<string, Reply>;
}

/** Path of the emulator's own routes, below the base path. No docs page can have this path. */
export const INTERNAL_PATH = '/_emulator';

/** The folder of navigations, below the base path. */
export const NAVIGATION_PATH = `${INTERNAL_PATH}/navigation`;

/** The endpoint of the search. */
export const SEARCH_PATH = `${INTERNAL_PATH}/search`;

/** The endpoint of the events of changes. */
export const CHANGES_PATH = `${INTERNAL_PATH}/changes`;

/** The endpoint that sends the requests of the playground. */
export const RELAY_PATH = `${INTERNAL_PATH}/relay`;

/** The endpoint of what the playgrounds of all operations ask for. */
export const INPUTS_PATH = `${INTERNAL_PATH}/playground-inputs`;

/** The endpoint that chooses the visitor of docs without a login. */
export const VISITOR_PATH = `${INTERNAL_PATH}/visitor`;
