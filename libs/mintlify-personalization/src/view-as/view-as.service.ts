import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { isOwnError, MintlifyPersonalizationError } from '../errors.js';
import { IdentityService } from '../identity/identity.service.js';
import { assertPrincipal, isPrincipal } from '../tenancy/principal.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/app-options.js';
import { RESOLVED_HANDSHAKES, type ResolvedHandshakes } from '../options/handshakes.js';
import { resolveHostProvider } from '../options/host-provider.js';
import { invalidOptionError } from '../options/invalid-option-error.js';
import type { ViewAsPolicy } from '../ports/view-as-policy.js';
import { isVisitorRefusal } from '../ports/visitor-refusal.js';
import { MintlifySigningService } from '../signing/mintlify-signing.service.js';
import type { ViewAsOptions, ViewAsUrls } from '../signing/view-as-urls.js';
import type { Tenant } from '../tenancy/tenant.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { CLOCK, type Clock } from '../time/clock.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { limitToViewing } from '../user/viewing-user.js';
import { ViewAsCalls, viewAsDenied } from './view-as-calls.js';
import { findReasonMistake, findSubjectMistake } from './view-as-mistakes.js';

/**
 * Injection token of the {@link ViewAsPolicy}. The option `viewAs` provides it; override it in tests.
 *
 * @example
 * ```ts
 * Test.createTestingModule({ imports: [AppModule] })
 *   .overrideProvider(VIEW_AS_POLICY)
 *   .useValue({ canViewAs: () => true, loadPrincipal: (id: string) => ({ id, roles: ['viewer'] }) });
 * ```
 */
export const VIEW_AS_POLICY = Symbol('VIEW_AS_POLICY');

/** @internal Who views the docs as whom, and why: what each audit event of a visit holds. */
export interface ViewAsVisit {
  readonly actor: unknown;
  readonly subject: string;
  readonly reason: string;
}

/**
 * Views the docs as another person: asks the host's policy, loads the account, and limits what the docs learn.
 *
 * @internal
 */
@Injectable()
export class ViewAsService implements ViewAsUrls, OnModuleInit {
  readonly #calls: ViewAsCalls;
  #policy: ViewAsPolicy | undefined;

  constructor(
    @Inject(RESOLVED_OPTIONS) options: ResolvedOptions,
    @Inject(RESOLVED_HANDSHAKES) private readonly handshakes: ResolvedHandshakes,
    @Inject(TenantRegistry) private readonly tenants: TenantRegistry,
    @Inject(IdentityService) private readonly identity: IdentityService,
    @Inject(MintlifySigningService) private readonly signing: MintlifySigningService,
    @Inject(AuditRecorder) private readonly audit: AuditRecorder,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
  ) {
    this.#calls = new ViewAsCalls(options);
  }

  /** @throws MintlifyPersonalizationError `invalid_option` */
  onModuleInit(): void {
    this.#policy = this.#findPolicy();
    if (this.#policy !== undefined || this.handshakes.viewAs === false) return;
    throw invalidOptionError(
      'handshakes.viewAs',
      'mounts a route, and there is no policy that says who may use it',
      'Set viewAs to a class that implements ViewAsPolicy.',
    );
  }

  /** A whole visit, with its own audit event: for code of the host app. */
  async createUrl(
    actor: unknown,
    subject: string,
    { reason, request, ...parameters }: ViewAsOptions,
  ): Promise<string> {
    const visit = this.check({ actor, subject, reason });
    let tenant: Tenant | undefined;
    try {
      tenant = await this.tenants.find(actor, request);
      tenant = await this.findTenant(visit, tenant);
      const user = await this.loadUser(visit, tenant, request);
      const url = await this.signing.createRedirectUrlFor(tenant, user, parameters);
      this.#record(visit, 'ok', tenant, user);
      return url;
    } catch (error) {
      this.#record(visit, outcomeOf(error), tenant);
      throw error;
    }
  }

  /**
   * Checks that there are two identities and a reason, before anything is asked or recorded.
   *
   * @throws MintlifyPersonalizationError `unauthenticated` without an actor; `view_as_invalid` for a wrong subject or
   * reason; `invalid_option` if `audit.subject` has no id for the actor
   */
  check({ actor, subject, reason }: ViewAsVisit): ViewAsVisit {
    assertPrincipal(actor);
    const mistake = findSubjectMistake(subject) ?? findReasonMistake(reason);
    if (mistake !== undefined) throw new MintlifyPersonalizationError('view_as_invalid', mistake);
    if (this.audit.idOf(actor) === undefined) {
      throw invalidOptionError(
        'audit.subject',
        'returns no id for the person who views the docs as another one, so the event would not say who it was',
        'Let it return the id of every account that may.',
      );
    }
    return { actor, subject, reason };
  }

  /**
   * Asks the policy of the host app.
   *
   * @param own the tenant of the actor
   * @returns the tenant of the account: the same one, unless the policy names another
   * @throws MintlifyPersonalizationError `view_as_denied`, `view_as_policy_failed`, `view_as_policy_timeout`,
   * `unknown_tenant`, and the errors of the tenant source
   */
  async findTenant({ actor, subject }: ViewAsVisit, own: Tenant): Promise<Tenant> {
    const tenantId = await this.#calls.permit(this.#requirePolicy(), actor, subject, own);
    if (tenantId === own.id) return own;
    return this.#orDenied(own.id, () => this.tenants.get(tenantId));
  }

  /**
   * Loads the account, maps it and limits the result.
   *
   * @throws MintlifyPersonalizationError `view_as_denied` if there is no such account, or if it is another one or of
   * another tenant; `view_as_policy_failed`, `view_as_policy_timeout`, and the errors of `identify`
   */
  async loadUser(
    { subject }: Pick<ViewAsVisit, 'subject'>,
    tenant: Tenant,
    request: unknown,
  ): Promise<ValidMintlifyUser> {
    const principal = await this.#calls.load(this.#requirePolicy(), subject, tenant);
    if (!isPrincipal(principal)) throw viewAsDenied(tenant.id, 'loadPrincipal() found no such account.');
    if (this.audit.idOf(principal) !== subject) {
      throw viewAsDenied(
        tenant.id,
        'audit.subject does not return the id that was asked for. Let loadPrincipal() and audit.subject use the same id.',
      );
    }
    return this.#orDenied(tenant.id, async () => {
      const found = await this.tenants.find(principal, request);
      if (found.id !== tenant.id) throw viewAsDenied(tenant.id, 'it belongs to another tenant.');
      const user = await this.identity.identifyWithoutKeys(tenant, principal, request);
      return limitToViewing(user, Math.floor(this.clock.now() / 1_000));
    });
  }

  /** A 401 or 403 is about the account, and would say that the actor is not logged in. */
  async #orDenied<T>(tenantId: string | undefined, task: () => T | Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      if (!isVisitorRefusal(error)) throw error;
      throw viewAsDenied(tenantId, 'the account may not log in to the docs.', error);
    }
  }

  #record(
    { actor, subject, reason }: ViewAsVisit,
    outcome: string,
    tenant: Tenant | undefined,
    user?: ValidMintlifyUser,
  ): void {
    this.audit.record({
      type: user === undefined ? 'view_as.refused' : 'view_as.started',
      outcome,
      tenantId: tenant?.id,
      groupCount: user && (user.groups?.length ?? 0),
      keyId: user && tenant?.key?.current.keyId,
      actor,
      subjectId: subject,
      reason,
    });
  }

  #requirePolicy(): ViewAsPolicy {
    this.#policy ??= this.#findPolicy();
    if (this.#policy !== undefined) return this.#policy;
    throw invalidOptionError(
      'viewAs',
      'is not set, so no one may view the docs as another person',
      'Set it to a class that implements ViewAsPolicy.',
    );
  }

  #findPolicy(): ViewAsPolicy | undefined {
    const port = { token: VIEW_AS_POLICY, option: 'viewAs' } as const;
    // Both methods are checked.
    return (['canViewAs', 'loadPrincipal'] as const)
      .map((method) => resolveHostProvider<ViewAsPolicy>(this.moduleRef, { ...port, method }))
      .at(0);
  }
}

function outcomeOf(error: unknown): string {
  if (isOwnError(error)) return error.code;
  return isVisitorRefusal(error) ? 'visitor_refused' : 'error';
}
