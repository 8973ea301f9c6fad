import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Builds the console to `dist/console-app`, where `console-site.ts` serves it. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  logLevel: 'warn',
  build: {
    outDir: fileURLToPath(new URL('../../../dist/console-app', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
