import { DEFAULT_USER_LIMITS } from '../../mintlify-personalization/src/options/user-limits.js';
import { DEFAULT_SESSION_LIFETIME_SECONDS } from '../../mintlify-personalization/src/options/site-options.js';
import type { Clock } from '../../mintlify-personalization/src/time/clock.js';
import { MintlifyUserValidator } from '../../mintlify-personalization/src/user/mintlify-user-validator.js';

const HIDDEN = '••••';

/** The validator with the limits that an app has by default. */
export function createUserValidator(clock: Clock): MintlifyUserValidator {
  return new MintlifyUserValidator(DEFAULT_USER_LIMITS, clock, DEFAULT_SESSION_LIFETIME_SECONDS);
}

/** A user with the values hidden that prefill an API playground: API keys of the visitor, as a rule. */
export function hideValues(user: object): object {
  if (!('apiPlaygroundInputs' in user)) return user;
  return { ...user, apiPlaygroundInputs: hide(user.apiPlaygroundInputs) };
}

function hide(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return HIDDEN;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hide(inner)]));
}
