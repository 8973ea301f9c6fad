/**
 * Mintlify's own icon. All other imports of it get the emulator's, which wraps this one: see client.build.js.
 */
export { Icon as MintlifyIcon } from '@mintlify/components';
