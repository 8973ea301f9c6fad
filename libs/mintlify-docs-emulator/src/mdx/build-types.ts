import type { IconLibrary } from '../icons/icon-library.js';
import type { LocatedFile } from '../site/file-locator.js';
import type { PageReferences } from './page-references.js';

/** Something wrong with a page or with what it imports, and where. */
export interface PageFinding {
  message: string;
  /** Path inside the docs folder. */
  file: string;
  /** Starts at 1. */
  line?: number;
}

/** A page as one ES module for the browser. */
export interface BundledPage {
  code: string;
  /** What is missing on the page. The rest of it is shown. */
  faults: PageFinding[];
  warnings: PageFinding[];
  /** Of the page and the files in it, each with its path. Only if the bundler collects them. */
  references: (PageReferences & { file: string })[];
}

/** What a page is built from. */
export interface BuildOptions {
  /** The docs folder. */
  directory: string;
  /** Path of the client bundle on the emulator's origin, such as `/_emulator/client`. */
  client: string;
  variables?: Readonly<Record<string, string>>;
  /** With it, icons that do not exist are warnings. */
  icons?: IconLibrary;
  /** Also collects links, images and ids. */
  collectsReferences?: boolean;
  /** Lets pages report the value of each `{…}` that reads `user`, to what renders them. */
  marksUserPlaces?: boolean;
  /** Called before a file is read and compiled. */
  onFile?: (file: LocatedFile) => void;
}
