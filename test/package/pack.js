import { makeTarballs } from './tarballs.js';

/**
 * `npm run test:pack -- <folder>` packs all packages once, for `test:package` and `test:recipes` with that folder as
 * `PACKED_DIR`.
 */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name a folder for the tarballs: npm run test:pack -- <folder>');
await makeTarballs(folder);
