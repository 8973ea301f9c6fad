export { startDocsEmulator } from './docs-emulator.js';
export type { DocsEmulator } from './docs-emulator.js';
export type { DocsEmulatorOptions } from './docs-emulator.options.js';
export type { PublicKeyInput } from './keys/public-key.parser.js';
