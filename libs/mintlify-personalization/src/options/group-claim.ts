import { InvalidMintlifyUserError, type UserViolation } from '../errors.js';
import { invalidOptionError } from './invalid-option-error.js';

/** How the groups of a visitor stand in a token. The same three settings are in the Mintlify dashboard. */
export interface GroupClaimOptions {
  /** The token with the claim. */
  source: 'id_token' | 'access_token';
  /** The name of the claim, which must not be one that the token has anyway. Default `'groups'`. */
  groupsClaim?: string;
  /**
   * 1 to 4 characters between the groups, for a claim that is one string. It must be in no group. Default: none, and the
   * claim is a list.
   */
  groupsDelimiter?: string;
}

/** @internal {@link GroupClaimOptions}, checked, with all defaults filled in. */
export interface ResolvedGroupClaim {
  readonly groupsClaim: string;
  readonly groupsDelimiter: string | undefined;
}

const MAX_DELIMITER_LENGTH = 4;
const MAX_NAME_LENGTH = 256;
/** RFC 7519, section 4.1. */
const REGISTERED = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', '__proto__'];
/** OpenID Connect Core, section 2; RFC 9068, section 2.2. */
const RESERVED: Readonly<Record<GroupClaimOptions['source'], readonly string[]>> = {
  id_token: [...REGISTERED, 'nonce', 'acr', 'amr', 'azp', 'auth_time', 'at_hash', 'c_hash', 'sid'],
  access_token: [...REGISTERED, 'client_id', 'scope', 'cnf', 'auth_time', 'acr', 'amr'],
};

/**
 * @internal
 * @param where the path of the options, for messages
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveGroupClaim(where: string, options: GroupClaimOptions): ResolvedGroupClaim {
  const { source, groupsClaim = 'groups', groupsDelimiter } = Object(options) as Partial<GroupClaimOptions>;
  if (source !== 'id_token' && source !== 'access_token') {
    throw invalidOptionError(`${where}.source`, "must be 'id_token' or 'access_token'");
  }
  if (typeof groupsClaim !== 'string' || groupsClaim.trim() === '' || groupsClaim.length > MAX_NAME_LENGTH) {
    throw invalidOptionError(
      `${where}.groupsClaim`,
      `must be a string of 1 to ${MAX_NAME_LENGTH} characters`,
    );
  }
  if (RESERVED[source].includes(groupsClaim)) {
    throw invalidOptionError(
      `${where}.groupsClaim`,
      `is ${groupsClaim}, which means something else in an ${source === 'id_token' ? 'ID token' : 'access token'}`,
      'Use another name, such as groups.',
    );
  }
  if (groupsDelimiter !== undefined && !isDelimiter(groupsDelimiter)) {
    throw invalidOptionError(
      `${where}.groupsDelimiter`,
      `must be a string of 1 to ${MAX_DELIMITER_LENGTH} characters`,
      'Leave it out for a list.',
    );
  }
  return { groupsClaim, groupsDelimiter };
}

/**
 * The claim with the groups: a list, or one string with the delimiter between them. The docs split the string, trim each
 * part and drop empty ones (`spec/handshakes.md`, section 9), so every group must come out as it went in.
 *
 * @internal
 * @throws InvalidMintlifyUserError with the path of each group that would not
 */
export function createGroupClaim(
  groups: readonly string[],
  { groupsDelimiter }: ResolvedGroupClaim,
): string | string[] {
  if (groupsDelimiter === undefined) return [...groups];
  const violations = groups.flatMap((group, index): UserViolation[] => {
    const message = findMistake(group, groups[index + 1], groupsDelimiter);
    return message === undefined ? [] : [{ path: `groups[${index}]`, message }];
  });
  if (violations.length > 0) throw new InvalidMintlifyUserError(violations);
  return groups.join(groupsDelimiter);
}

function findMistake(group: string, next: string | undefined, delimiter: string): string | undefined {
  if (group.includes(delimiter)) {
    return 'contains groupsDelimiter, so the docs would read it as several groups. Use another delimiter, or a list.';
  }
  if (group.trim() !== group || group === '') {
    return 'starts or ends with white space, which the docs trim. Rename it, or use a list.';
  }
  // `a-` and `b` with `--` is `a---b`, which is read as `a` and `-b`.
  const isSplit = next === undefined || `${group}${delimiter}${next}`.indexOf(delimiter) === group.length;
  return isSplit ? undefined : 'ends with a part of groupsDelimiter. Use another delimiter, or a list.';
}

function isDelimiter(value: unknown): value is string {
  return typeof value === 'string' && value.length >= 1 && value.length <= MAX_DELIMITER_LENGTH;
}
