import { fileURLToPath } from 'node:url';

/**
 * The sample site of public docs, "Acme Cloud": absolute path of the folder.
 *
 * @example
 * await startDocsEmulator({ directory: SAMPLE_DIRECTORY, publicKeys: [publicPem], loginUrl });
 */
export const SAMPLE_DIRECTORY = fileURLToPath(new URL('../sample', import.meta.url));

/**
 * The sample site of private docs, "Initech internal docs": absolute path of the folder. It has a page that
 * anybody may read, one for everybody who is logged in, and one each for the groups `support` and `admin`.
 *
 * @example
 * await startDocsEmulator({ mode: 'authentication', directory: PRIVATE_SAMPLE_DIRECTORY, publicKeys, loginUrl });
 */
export const PRIVATE_SAMPLE_DIRECTORY = fileURLToPath(new URL('../sample-private', import.meta.url));
