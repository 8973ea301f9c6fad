import { isOwnError, MintlifyPersonalizationError, nameTenant } from '../errors.js';
import type { ResolvedOptions } from '../options/app-options.js';
import type { ViewAsPermission, ViewAsPolicy, ViewAsTarget } from '../ports/view-as-policy.js';
import { isVisitorRefusal } from '../ports/visitor-refusal.js';
import { CallLimit } from '../tenancy/call-limit.js';
import type { Tenant } from '../tenancy/tenant.js';
import { withDeadline, type Deadline } from '../time/deadline.js';

type Method = keyof ViewAsPolicy;

/**
 * Calls the host app's view-as policy, with limits for duration and number. All errors are errors of this library.
 *
 * @internal
 */
export class ViewAsCalls {
  readonly #timeoutMs: number;
  readonly #limit: CallLimit;

  constructor({ tenantTimeoutMs, maxConcurrentHandshakes: max }: ResolvedOptions) {
    this.#timeoutMs = tenantTimeoutMs;
    this.#limit = new CallLimit(
      max,
      `The view-as policy is running maxConcurrentHandshakes (${max}) times. Make it faster, or raise the option.`,
    );
  }

  /**
   * Asks whether an actor may view the docs as an account.
   *
   * @param own the tenant of the actor
   * @returns the id of the account's tenant
   * @throws MintlifyPersonalizationError `view_as_denied` unless the policy allows it; `view_as_policy_failed`,
   * `view_as_policy_timeout`, `overloaded`
   */
  async permit(policy: ViewAsPolicy, actor: unknown, subject: string, own: Tenant): Promise<unknown> {
    return this.#call('canViewAs', own.id, async (deadline) => {
      const answer = await policy.canViewAs(actor, new Target(own.id, deadline, subject));
      // Nothing that only looks like a yes.
      if (answer === true) return own.id;
      const { allowed, tenantId } = Object(answer) as Partial<ViewAsPermission>;
      if (allowed === true) return tenantId ?? own.id;
      throw viewAsDenied(own.id, 'canViewAs() does not allow it.');
    });
  }

  /**
   * Loads the principal of an account.
   *
   * @throws MintlifyPersonalizationError `view_as_denied`, `view_as_policy_failed`, `view_as_policy_timeout`, `overloaded`
   */
  async load(policy: ViewAsPolicy, subject: string, { id }: Tenant): Promise<unknown> {
    return this.#call('loadPrincipal', id, (deadline) =>
      policy.loadPrincipal(subject, new Target(id, deadline)),
    );
  }

  async #call<T>(
    method: Method,
    tenantId: string | undefined,
    task: (deadline: Deadline) => T | PromiseLike<T>,
  ): Promise<T> {
    try {
      return await this.#limit.run(() =>
        withDeadline(task, this.#timeoutMs, (timeoutMs) => policyTimeout(method, timeoutMs)),
      );
    } catch (cause) {
      throw nameTenant(tenantId, policyFailure(method, tenantId, cause));
    }
  }
}

/** The second argument of the policy. The signal is created when the policy reads it. */
class Target implements ViewAsTarget {
  declare readonly tenantId?: string;
  declare readonly subject: string;
  readonly #deadline: Deadline;

  constructor(tenantId: string | undefined, deadline: Deadline, subject?: string) {
    if (tenantId !== undefined) this.tenantId = tenantId;
    if (subject !== undefined) this.subject = subject;
    this.#deadline = deadline;
  }

  get signal(): AbortSignal {
    return this.#deadline.signal;
  }
}

/** @internal The error if someone may not view the docs as another person. */
export function viewAsDenied(
  tenantId: string | undefined,
  why: string,
  cause?: unknown,
): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'view_as_denied',
    `The docs cannot be viewed as this account: ${why}`,
    {
      tenantId,
      ...(cause !== undefined && { cause }),
    },
  );
}

/** The codes of this library's own errors about the policy: it may throw an error with another code of this library. */
const OWN_CODES: ReadonlySet<string> = new Set(['view_as_denied', 'view_as_policy_timeout', 'overloaded']);

function policyFailure(method: Method, tenantId: string | undefined, cause: unknown): Error {
  if (isVisitorRefusal(cause))
    return viewAsDenied(tenantId, `${method}() of the view-as policy refused it.`, cause);
  if (isOwnError(cause) && OWN_CODES.has(cause.code)) return cause;
  return new MintlifyPersonalizationError(
    'view_as_policy_failed',
    `${method}() of the view-as policy threw an error. See the cause.`,
    { cause },
  );
}

function policyTimeout(method: Method, timeoutMs: number): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'view_as_policy_timeout',
    `${method}() of the view-as policy took longer than tenantTimeoutMs (${timeoutMs} ms). Make it faster, or raise ` +
      'tenantTimeoutMs.',
  );
}
