/**
 * What went wrong, as a string that stays the same between releases. Messages may be reworded; codes may not.
 *
 * | code | meaning |
 * | --- | --- |
 * | `invalid_option` | an option is missing, unknown, out of range or contradicts another |
 * | `invalid_signing_key` | the signing key is not one that this mode can sign with |
 * | `signing_key_unavailable` | the function that gives the signing key threw, or took too long |
 * | `claim_mapper_missing` | no claim mapper was found for a tenant, and no default one |
 * | `claim_mapper_conflict` | more than one claim mapper was found for a tenant, or more than one default |
 * | `claim_mapper_failed` | the claim mapper threw |
 * | `claim_mapper_timeout` | the claim mapper took longer than `mapperTimeoutMs` |
 * | `unknown_tenant` | the tenant resolver named a tenant that does not exist |
 * | `tenant_mismatch` | a user who was identified for one tenant was to be signed for another |
 * | `tenant_resolver_failed` | the tenant resolver threw |
 * | `tenant_resolver_timeout` | the tenant resolver took longer than `tenantTimeoutMs` |
 * | `tenant_source_failed` | the tenant source threw |
 * | `tenant_source_timeout` | the tenant source took longer than `tenantTimeoutMs` |
 * | `invalid_user` | the user breaks a rule of the User format or a limit |
 * | `unauthenticated` | there is no principal to identify |
 * | `origin_not_allowed` | a page called the user-info API, and its origin is not one of the tenant's docs |
 * | `invalid_request` | the access token is not sent as one `Authorization: Bearer` header (RFC 6750, section 3.1) |
 * | `invalid_token` | the access token is expired, forged, revoked or meant for another API |
 * | `insufficient_scope` | the access token lacks a required scope |
 * | `token_issuer_unavailable` | the issuer of the access tokens cannot be reached, or took too long |
 * | `signer_failed` | the token signer threw, or gave something that is not a signature |
 * | `signer_timeout` | the token signer took longer than `signerTimeoutMs` |
 * | `signer_unavailable` | the key service failed several times in a row and is not asked for a while |
 * | `token_stale` | the signature came too late for the token to be of use |
 * | `redirect_url_too_long` | the whole `Location` is longer than `maxRedirectUrlLength` |
 * | `overloaded` | more than `maxConcurrentHandshakes` requests at once, or too many calls of the tenant resolver or the tenant source |
 */
export type MintlifyErrorCode =
  | 'invalid_option'
  | 'invalid_signing_key'
  | 'signing_key_unavailable'
  | 'claim_mapper_missing'
  | 'claim_mapper_conflict'
  | 'claim_mapper_failed'
  | 'claim_mapper_timeout'
  | 'unknown_tenant'
  | 'tenant_mismatch'
  | 'tenant_resolver_failed'
  | 'tenant_resolver_timeout'
  | 'tenant_source_failed'
  | 'tenant_source_timeout'
  | 'invalid_user'
  | 'unauthenticated'
  | 'origin_not_allowed'
  | 'invalid_request'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'token_issuer_unavailable'
  | 'signer_failed'
  | 'signer_timeout'
  | 'signer_unavailable'
  | 'token_stale'
  | 'redirect_url_too_long'
  | 'overloaded';

/**
 * The one base class of every error that this library throws.
 *
 * The message says what failed, which option or value, and how to fix it. It never holds a key, a token
 * or the value of a claim.
 *
 * @example
 * ```ts
 * try {
 *   await signing.sign(user);
 * } catch (error) {
 *   if (error instanceof MintlifyPersonalizationError && error.code === 'invalid_user') { … }
 * }
 * ```
 */
export class MintlifyPersonalizationError extends Error {
  override readonly name: string = 'MintlifyPersonalizationError';
  /** The tenant that this is about, where there is one; the message names it too. */
  readonly tenantId?: string;

  constructor(
    /** The stable code: see {@link MintlifyErrorCode}. */
    readonly code: MintlifyErrorCode,
    message: string,
    { tenantId, ...options }: MintlifyErrorOptions = {},
  ) {
    super(tenantId === undefined ? message : `Tenant "${tenantId}": ${message}`, options);
    if (tenantId !== undefined) this.tenantId = tenantId;
  }
}

/** What an error may carry beside its code and message. */
export interface MintlifyErrorOptions extends ErrorOptions {
  /** The tenant that the error is about. */
  tenantId?: string | undefined;
}

/** One broken rule of the User format. */
export interface UserViolation {
  /** Where, as a path from the user: `content.company.plan`, `groups[3]`. */
  readonly path: string;
  /** What is wrong and how to fix it. Never holds the value. */
  readonly message: string;
}

/**
 * A user that breaks the User format or a limit.
 *
 * Names every place that was found, with its path, and no value: values are claims about a person.
 */
export class InvalidMintlifyUserError extends MintlifyPersonalizationError {
  override readonly name: string = 'InvalidMintlifyUserError';

  constructor(
    /** Every broken rule, in the order found. Never empty. */
    readonly violations: readonly UserViolation[],
    options?: MintlifyErrorOptions,
  ) {
    const places = violations.map(({ path, message }) => `${path}: ${message}`).join('; ');
    super('invalid_user', `The user cannot be sent to the docs. ${places}`, options);
  }
}

/**
 * An error of this library that names its tenant; what has none, or is not ours, as it is.
 *
 * @internal
 */
export function nameTenant(tenantId: string | undefined, error: unknown): unknown {
  if (tenantId === undefined || !isOwnError(error)) return error;
  if (error.tenantId !== undefined) return error;
  const { cause = error } = error;
  return error instanceof InvalidMintlifyUserError
    ? new InvalidMintlifyUserError(error.violations, { cause, tenantId })
    : new MintlifyPersonalizationError(error.code, error.message, { cause, tenantId });
}

/**
 * Whether something that was thrown is an error of this library. What a host app throws may be a proxy, which throws
 * again when it is looked at.
 *
 * @internal
 */
export function isOwnError(error: unknown): error is MintlifyPersonalizationError {
  return tryOr(() => error instanceof MintlifyPersonalizationError, false);
}

/** How many causes are followed: a chain may be long, or a circle. */
const MAX_CAUSES = 5;

/**
 * Where an error comes from and what caused it, for the log: names, codes and frames. Messages are left out but for the
 * first one's, where the error is this library's: a mapper's may hold a claim, and a parser's what it was to parse.
 *
 * @internal
 */
export function stackOf(error: unknown, maxCauses = MAX_CAUSES): string | undefined {
  if (!isError(error)) return undefined;
  const own = isOwnError(error) ? error.stack : stackWithoutMessage(error);
  return [own, ...causesOf(error).slice(0, maxCauses).map(stackWithoutMessage)].join('\nCaused by: ');
}

function causesOf(error: Error, found: Error[] = []): Error[] {
  const cause = tryOr(() => error.cause, undefined);
  return isError(cause) && found.length < MAX_CAUSES ? causesOf(cause, [...found, cause]) : found;
}

/** Name, code and frames. */
function stackWithoutMessage(error: Error): string {
  const frames = tryOr(() => {
    const { stack, message } = error;
    // V8 puts the message in front of the frames, and a message may look like one.
    return stack?.slice(Math.max(0, stack.indexOf(message)) + message.length).split('\n');
  }, undefined);
  return [describeError(error), ...(frames ?? []).filter((line) => /^\s+at /.test(line))].join('\n');
}

function isError(error: unknown): error is Error {
  return tryOr(() => error instanceof Error, false);
}

/** What the host app threw may be a proxy, or have getters, which throw again: the answer must go out all the same. */
function tryOr<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

/**
 * What of an unknown error may be shown: its name and its code, where they look like one.
 *
 * @internal
 */
export function describeError(error: unknown): string {
  return tryOr(() => {
    const { name, code } = Object(error) as { name?: unknown; code?: unknown };
    const names = [name, code].filter(
      (part): part is string => typeof part === 'string' && /^[A-Z]\w{0,63}$/i.test(part),
    );
    return names.join(' ') || 'an unknown error';
  }, 'an error that throws when it is read');
}
