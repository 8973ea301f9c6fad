import type { MintlifyUser } from 'nestjs-mintlify-personalization';

/** The seconds in two weeks, as in Mintlify's own example. */
const TWO_WEEKS_SECONDS = 1_209_600;

/** The user that every contestant signs, as large as that of a real mapper. */
export function createUser(): MintlifyUser & { expiresAt: number } {
  return {
    expiresAt: Math.floor(Date.now() / 1_000) + TWO_WEEKS_SECONDS,
    groups: ['admin', 'engineering'],
    content: { firstName: 'Ada', lastName: 'Lovelace', company: 'Acme', plan: 'enterprise' },
    apiPlaygroundInputs: { header: { 'X-Api-Version': '2026-11' }, server: { subdomain: 'acme' } },
  };
}
