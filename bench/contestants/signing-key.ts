import { generateKeyPairSync } from 'node:crypto';

/** The docs' signing key of this process, in the format of an environment variable. */
export const SIGNING_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ format: 'pem', type: 'pkcs8' })
  .toString();
