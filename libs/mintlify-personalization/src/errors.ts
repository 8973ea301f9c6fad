// Status, log level, `Retry-After` and fix of each code are in `http/error-responses.ts`.

/**
 * What went wrong, as a stable string. Messages may change between releases; codes do not.
 *
 * | code | meaning |
 * | --- | --- |
 * | `invalid_option` | an option is missing, unknown, out of range or contradicts another |
 * | `invalid_signing_key` | the signing key does not fit the mode, or cannot be read |
 * | `signing_key_unavailable` | the `signingKey` function threw, or took too long |
 * | `claim_mapper_missing` | the tenant has no claim mapper, and there is no default one |
 * | `claim_mapper_conflict` | more than one claim mapper was found for a tenant, or more than one default |
 * | `claim_mapper_failed` | the claim mapper threw |
 * | `claim_mapper_timeout` | the claim mapper took longer than `mapperTimeoutMs` |
 * | `unknown_tenant` | the tenant does not exist |
 * | `tenant_mismatch` | the user was identified for one tenant, and `sign` was called for another |
 * | `tenant_resolver_failed` | the tenant resolver threw |
 * | `tenant_resolver_timeout` | the tenant resolver took longer than `tenantTimeoutMs` |
 * | `tenant_source_failed` | the tenant source threw |
 * | `tenant_source_timeout` | the tenant source took longer than `tenantTimeoutMs` |
 * | `invalid_user` | the user breaks a rule of the User format, or a limit |
 * | `view_as_denied` | the actor may not view the docs as that account, or there is no such account in that tenant |
 * | `view_as_invalid` | the subject or the reason of a view-as visit is missing, too long or has control characters |
 * | `view_as_policy_failed` | the view-as policy threw |
 * | `view_as_policy_timeout` | the view-as policy took longer than `tenantTimeoutMs` |
 * | `playground_key_failed` | a key for the API playground cannot be issued, kept or revoked |
 * | `playground_key_timeout` | issuing or revoking a playground key took longer than `playgroundKeys.timeoutMs` |
 * | `preview_store_failed` | the store of allowed previews threw, or took longer than `previewOrigins.timeoutMs` |
 * | `discovery_invalid` | a search, a page or a question breaks a rule or a limit, or names groups |
 * | `discovery_refused` | the discovery API refused the request: its key, its domain or its fields |
 * | `discovery_rate_limited` | the discovery API, or the limit for one visitor, allows no more requests for now |
 * | `discovery_timeout` | the discovery API took longer than `timeoutMs` or `answerTimeoutMs` |
 * | `discovery_unavailable` | the discovery API cannot be reached, or its answer cannot be used |
 * | `unauthenticated` | no one is logged in: there is no principal |
 * | `login_loop` | a visitor came back from `loginUrl` twice, and there is still no principal |
 * | `principal_failed` | `handshakes.*.principal` threw, or returned a promise; or `findPrincipal` of a webhook threw |
 * | `invalid_signature` | the signature of a webhook is missing, too old, or made with another secret or for another body |
 * | `webhook_timeout` | a webhook was not answered within its `timeoutMs` |
 * | `origin_not_allowed` | a page of an origin that is not allowed called the user-info API, or a login by `POST` |
 * | `invalid_request` | the access token is not sent as one `Authorization: Bearer` header (RFC 6750, section 3.1) |
 * | `invalid_token` | the access token is expired, forged, revoked or meant for another API |
 * | `insufficient_scope` | the access token lacks a required scope |
 * | `token_issuer_unavailable` | the issuer of the access tokens cannot be reached, or took too long |
 * | `signer_failed` | the token signer threw, or did not return a signature |
 * | `signer_timeout` | the token signer took longer than `signerTimeoutMs` |
 * | `signer_unavailable` | the key service failed several times in a row, so it is not called for a while |
 * | `token_stale` | signing took so long that the token is about to expire |
 * | `redirect_url_too_long` | the whole `Location` is longer than `maxRedirectUrlLength` |
 * | `overloaded` | too many handshakes at once, or too many calls of the tenant resolver or the tenant source |
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
  | 'view_as_denied'
  | 'view_as_invalid'
  | 'view_as_policy_failed'
  | 'view_as_policy_timeout'
  | 'playground_key_failed'
  | 'playground_key_timeout'
  | 'preview_store_failed'
  | 'discovery_invalid'
  | 'discovery_refused'
  | 'discovery_rate_limited'
  | 'discovery_timeout'
  | 'discovery_unavailable'
  | 'unauthenticated'
  | 'login_loop'
  | 'principal_failed'
  | 'invalid_signature'
  | 'webhook_timeout'
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
 * The base class of every error that this library throws.
 *
 * The message says what failed, where, and how to fix it. It never contains a key, a token or the value of a claim.
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
  /** The tenant, if the error is about one. The message names it too. */
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

/** What an error can have in addition to its code and message. */
export interface MintlifyErrorOptions extends ErrorOptions {
  /** The tenant, if the error is about one. */
  tenantId?: string | undefined;
}

/** One broken rule of the User format. */
export interface UserViolation {
  /** Where it is, as a path from the user: `content.company.plan`, `groups[3]`. */
  readonly path: string;
  /** What is wrong and how to fix it. Never contains the value. */
  readonly message: string;
}

/**
 * The user breaks the User format or a limit.
 *
 * The message lists the path of every violation, but no value: values are personal data.
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
 * Adds the tenant to an error of this library. Any other error is returned unchanged.
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
 * Whether a thrown value is an error of this library. A host app may throw a proxy, which throws again when it is read.
 *
 * @internal
 */
export function isOwnError(error: unknown): error is MintlifyPersonalizationError {
  return tryOr(() => error instanceof MintlifyPersonalizationError, false);
}

/** How many causes are followed: the chain may be long, or circular. */
const MAX_CAUSES = 5;

/**
 * The stack of an error and of its causes, for the log: names, codes and frames. The only message in it is that of an
 * error of this library: other messages may contain a claim or a key.
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
    // V8 puts the message before the frames, and a message can look like a frame.
    return stack?.slice(Math.max(0, stack.indexOf(message)) + message.length).split('\n');
  }, undefined);
  return [describeError(error), ...(frames ?? []).filter((line) => /^\s+at /.test(line))].join('\n');
}

function isError(error: unknown): error is Error {
  return tryOr(() => error instanceof Error, false);
}

/** Reads what a host app threw: its getters may throw again, and the response must be sent anyway. */
function tryOr<T>(read: () => T, fallback: T): T {
  try {
    return read();
  } catch {
    return fallback;
  }
}

/**
 * The parts of an unknown error that are safe to show: its name and its code, if they look like identifiers.
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
