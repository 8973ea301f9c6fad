import { hash, verify } from '@node-rs/argon2';

/** argon2id, the library's default, at the cost OWASP's password storage guidance gives as a minimum. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password with argon2id and a fresh salt; the text holds all that {@link verifyPassword} needs. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Whether `password` is the one that `passwordHash` was made from. */
export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password);
}
