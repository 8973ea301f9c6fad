export { startDocsEmulator } from './docs-emulator.js';
export type { DocsEmulator } from './docs-emulator.js';
export type { DiscoveryAccess, DocsEmulatorOptions } from './docs-emulator-options.js';
export type { PublicKeyInput } from './keys/public-key-parser.js';
export type { PublicKeySource } from './keys/public-key-source.js';
export { PRIVATE_SAMPLE_DIRECTORY, SAMPLE_DIRECTORY } from './sample-directories.js';
export type { DocsMode } from './shared/docs-mode.js';
export type {
  DocsHandshake,
  GroupsClaim,
  JwtHandshake,
  OAuthHandshake,
  SharedSessionHandshake,
} from './shared/handshake-types.js';
export type { Visitor } from './shared/visitor-types.js';
export type { LoginUrlSource, NamedLoginUrl } from './shared/login-url-types.js';
