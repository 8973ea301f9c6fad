import { fileURLToPath } from 'node:url';

/**
 * Absolute path of the sample site of public docs, "Acme Cloud".
 *
 * @example
 * await startDocsEmulator({ directory: SAMPLE_DIRECTORY, publicKeys: [publicPem], loginUrl });
 */
export const SAMPLE_DIRECTORY = fileURLToPath(new URL('../sample', import.meta.url));

/**
 * Absolute path of the sample site of private docs, "Initech internal docs". It has a public page, a page for
 * every visitor who is logged in, and one page each for the groups `support` and `admin`.
 *
 * @example
 * await startDocsEmulator({ mode: 'authentication', directory: PRIVATE_SAMPLE_DIRECTORY, publicKeys, loginUrl });
 */
export const PRIVATE_SAMPLE_DIRECTORY = fileURLToPath(new URL('../sample-private', import.meta.url));
