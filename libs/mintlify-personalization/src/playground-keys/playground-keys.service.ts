import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { isOwnError, MintlifyPersonalizationError, nameTenant, stackOf } from '../errors.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/app-options.js';
import type { AuditEventType } from '../ports/audit-sink.js';
import type { PlaygroundKey } from '../ports/playground-key.js';
import { CallContext } from '../tenancy/call-context.js';
import { CallLimit } from '../tenancy/call-limit.js';
import type { Tenant } from '../tenancy/tenant.js';
import { assertPrincipal } from '../tenancy/principal.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { CLOCK, type Clock } from '../time/clock.js';
import { withDeadline, type Deadline } from '../time/deadline.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { KeyIssuerRegistry, type IssuerLookup } from './key-issuer.registry.js';
import { MemoryKeyStore } from './memory-key-store.js';
import { playgroundKeyFailed, playgroundKeyTimeout } from './playground-key-errors.js';
import { prefill } from './prefill.js';
import { revokeAll } from './revoke-all.js';
import { SealedKeyStore } from './sealed-key-store.js';
import { VisitorKeys, type IssuedKeys } from './visitor-keys.js';

/**
 * The short-lived keys that visitors have for the API playground, issued by the providers with `@PlaygroundKeysFor()`.
 * Revoke them when a visitor logs out of your app.
 *
 * @example
 * ```ts
 * @Post('logout')
 * async logout(@Req() request: Request) {
 *   await this.playgroundKeys.revokeFor(request.user, request);
 *   request.session.destroy();
 * }
 * ```
 */
@Injectable()
export class PlaygroundKeys implements OnModuleInit {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #options: ResolvedOptions['playgroundKeys'];
  readonly #issuers: KeyIssuerRegistry;
  readonly #tenants: TenantRegistry;
  readonly #audit: AuditRecorder;
  readonly #store: SealedKeyStore;
  readonly #keys: VisitorKeys;
  readonly #limit: CallLimit;
  /** By id of the record: a visitor who opens ten pages at once gets one key. */
  readonly #running = new Map<string, Promise<IssuedKeys>>();

  /** @internal Created by the module. */
  constructor(
    @Inject(RESOLVED_OPTIONS) { playgroundKeys: options, maxConcurrentHandshakes: max }: ResolvedOptions,
    @Inject(KeyIssuerRegistry) issuers: KeyIssuerRegistry,
    @Inject(TenantRegistry) tenants: TenantRegistry,
    @Inject(AuditRecorder) audit: AuditRecorder,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#options = options;
    this.#issuers = issuers;
    this.#tenants = tenants;
    this.#audit = audit;
    this.#store = new SealedKeyStore(
      options.store ?? new MemoryKeyStore(options.maxVisitors, clock),
      options.secret,
    );
    this.#keys = new VisitorKeys(this.#store, options, clock);
    this.#limit = new CallLimit(
      max,
      `Playground keys are being issued maxConcurrentHandshakes (${max}) times. Make the issuer faster, or raise the option.`,
    );
  }

  /**
   * @hidden
   * @throws MintlifyPersonalizationError `unknown_tenant` for an issuer of a tenant that does not exist
   */
  onModuleInit(): void {
    for (const tenantId of this.#issuers.tenantIds) {
      if (!this.#tenants.mayExist(tenantId)) throw unknownTenantIssuer(tenantId);
    }
  }

  /**
   * Adds the keys of a visitor to a user. Synchronous, and without effect, if the tenant has no issuer.
   *
   * @internal
   * @throws MintlifyPersonalizationError `playground_key_failed`, `playground_key_timeout` or `overloaded` if failures are
   * refused
   */
  addTo(
    tenant: Tenant,
    principal: unknown,
    request: unknown,
    user: ValidMintlifyUser,
  ): ValidMintlifyUser | Promise<ValidMintlifyUser> {
    const lookup = this.#issuers.lookupFor(tenant.id);
    return lookup === undefined ? user : this.#add(lookup, tenant, principal, request, user);
  }

  /**
   * Revokes the keys of a visitor at once, in the app and by the issuer's `revoke()`. Call it at logout, with the same
   * principal. Without keys or without an issuer, it does nothing.
   *
   * @param request passed to the tenant resolver and to the issuer
   * @throws MintlifyPersonalizationError `playground_key_failed`, `playground_key_timeout` if a key may still work;
   * `unauthenticated` without a principal, and the errors of the tenant resolver and the tenant source
   */
  async revokeFor(principal: unknown, request?: unknown): Promise<void> {
    assertPrincipal(principal, 'revoke the keys before you end the session.');
    const tenant = await this.#tenants.find(principal, request);
    const lookup = this.#issuers.lookupFor(tenant.id);
    if (lookup === undefined) return;
    try {
      const count = await this.#limited((deadline) =>
        this.#revoke(lookup, tenant, principal, request, deadline),
      );
      if (count > 0) this.#record('playground_keys.revoked', 'ok', tenant, principal);
    } catch (error) {
      const failure = asFailure(tenant.id, error);
      this.#record('playground_keys.revoked', failure.code, tenant, principal);
      throw failure;
    }
  }

  async #add(
    lookup: IssuerLookup,
    tenant: Tenant,
    principal: unknown,
    request: unknown,
    user: ValidMintlifyUser,
  ): Promise<ValidMintlifyUser> {
    try {
      const { keys } = await this.#keysOf(lookup, tenant, principal, request);
      if (keys.length === 0) return user;
      // Again: with the keys, the user may be too large.
      return tenant.users.validate(prefill(user, keys, this.#options.limitExpiresAt));
    } catch (error) {
      const failure = asFailure(tenant.id, error);
      this.#record('playground_keys.failed', failure.code, tenant, principal);
      if (this.#options.onFailure === 'refuse') throw failure;
      this.#logger.error(`${failure.message} The visitor gets the docs without the keys.`, stackOf(failure));
      return user;
    }
  }

  #keysOf(lookup: IssuerLookup, tenant: Tenant, principal: unknown, request: unknown): Promise<IssuedKeys> {
    const id = this.#idOf(tenant, principal);
    const running = this.#running.get(id);
    if (running !== undefined) return running;
    const issuing = this.#limited(async (deadline) => {
      const issued = await this.#keys.use(id, async () => {
        const issuer = await lookup(request);
        const context = new CallContext(tenant, request, deadline);
        return {
          isLate: () => context.signal.aborted,
          issue: async (): Promise<unknown> => issuer.issue(principal, context),
          revoke: async (keys) => {
            await this.#timed((own) => revokeAll(issuer, keys, new CallContext(tenant, request, own)));
          },
        };
      });
      if (issued.isNew) this.#record('playground_keys.issued', 'ok', tenant, principal);
      return issued;
    });
    const ended = issuing.finally(() => this.#running.delete(id));
    this.#running.set(id, ended);
    return ended;
  }

  async #revoke(
    lookup: IssuerLookup,
    tenant: Tenant,
    principal: unknown,
    request: unknown,
    deadline: Deadline,
  ): Promise<number> {
    const keys: readonly PlaygroundKey[] = await this.#keys.take(this.#idOf(tenant, principal));
    if (keys.length === 0) return 0;
    const [cause] = await revokeAll(await lookup(request), keys, new CallContext(tenant, request, deadline));
    if (cause !== undefined)
      throw playgroundKeyFailed(
        'revoke() of the issuer threw an error: a key may still work. See the cause.',
        cause,
      );
    return keys.length;
  }

  #idOf(tenant: Tenant, principal: unknown): string {
    const subject = this.#audit.idOf(principal);
    if (subject !== undefined) return this.#store.idOf(tenant.id, subject);
    throw playgroundKeyFailed(
      'audit.subject returns no id for the visitor, so a key could not be found again at logout. Let it return the id of ' +
        'every account.',
    );
  }

  async #limited<T>(task: (deadline: Deadline) => Promise<T>): Promise<T> {
    return this.#limit.run(() => this.#timed(task));
  }

  #timed<T>(task: (deadline: Deadline) => Promise<T>): T | Promise<T> {
    return withDeadline(task, this.#options.timeoutMs, playgroundKeyTimeout);
  }

  #record(type: AuditEventType, outcome: string, { id: tenantId }: Tenant, principal: unknown): void {
    this.#audit.record({ type, outcome, principal, ...(tenantId !== undefined && { tenantId }) });
  }
}

function unknownTenantIssuer(tenantId: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'unknown_tenant',
    'It has an issuer of playground keys, but does not exist. Add it to the option tenants, or fix the id in ' +
      `@PlaygroundKeysFor('${tenantId}').`,
    { tenantId },
  );
}

/** The codes of this library's own errors about keys: an issuer may throw an error with another code of this library. */
const OWN_CODES: ReadonlySet<string> = new Set([
  'playground_key_failed',
  'playground_key_timeout',
  'overloaded',
]);

function asFailure(tenantId: string | undefined, cause: unknown): MintlifyPersonalizationError {
  const failure =
    isOwnError(cause) && OWN_CODES.has(cause.code)
      ? cause
      : playgroundKeyFailed('The keys for the API playground cannot be issued. See the cause.', cause);
  return nameTenant(tenantId, failure) as MintlifyPersonalizationError;
}
