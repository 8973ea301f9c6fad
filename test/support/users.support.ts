import type { MintlifyUser, UserLimits } from 'nestjs-mintlify-personalization';
import { DEFAULT_USER_LIMITS } from '../../libs/mintlify-personalization/src/options/app-options.js';
import { InvalidMintlifyUserError } from '../../libs/mintlify-personalization/src/errors.js';
import { MintlifyUserValidator } from '../../libs/mintlify-personalization/src/user/mintlify-user-validator.js';
import { NOW_MS } from './clock.support.js';

/** A user who has something in every field but `expiresAt`. */
export const FULL_USER = {
  groups: ['admin', 'engineering'],
  content: { firstName: 'Ada', company: { name: 'Acme', plan: 'enterprise' }, seats: [1, 2.5, null, true] },
  apiPlaygroundInputs: {
    header: { 'X-Api-Version': '2026-11' },
    query: { limit: 10 },
    cookie: { theme: 'dark' },
    path: { id: ['a'] },
    server: { subdomain: 'acme' },
  },
} satisfies MintlifyUser;

/** A validator whose clock stands at `NOW_MS`. */
export const userValidator = (limits: UserLimits = {}): MintlifyUserValidator =>
  new MintlifyUserValidator({ ...DEFAULT_USER_LIMITS, ...limits }, { now: () => NOW_MS }, 3_600);

/** What a validator says against a user, each as `path: message`; nothing for a valid one. */
export function violationsOf(user: unknown, limits?: UserLimits): string[] {
  try {
    userValidator(limits).validate(user);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidMintlifyUserError)) throw error;
    return error.violations.map(({ path, message }) => `${path}: ${message}`);
  }
}
