import { hash, verify } from '@node-rs/argon2';

/** argon2id, the default of the package, at the minimum cost of OWASP's password storage guidance. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a password with argon2id and a fresh salt; the result holds all that {@link verifyPassword} needs. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** Whether `passwordHash` is a hash of `password`. */
export function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  return verify(passwordHash, password);
}
