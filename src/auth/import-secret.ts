import { createSecretKey } from 'node:crypto';

/** `jsonwebtoken` accepts a `KeyObject`, though its types do not say so. From a string it would make one per request. */
export function importSecret(secret: string): Buffer {
  return createSecretKey(secret, 'utf8') as unknown as Buffer;
}
