import type { VerificationKey } from '../keys/public-key.parser.js';
import type { Reply } from './reply.js';

/** What the endpoints of one running emulator share. */
export interface EmulatorContext {
  /** The docs folder, absolute. */
  directory: string;
  /** `''`, or a path such as `/docs`. */
  basePath: string;
  loginUrl: string;
  keys: readonly VerificationKey[];
  /** The files of the client bundle by name, ready to send. */
  client: ReadonlyMap<string, Reply>;
}

/** Folder of the emulator's own addresses, below the base path. No docs page can have this name. */
export const OWN_FOLDER = '/_emulator';
