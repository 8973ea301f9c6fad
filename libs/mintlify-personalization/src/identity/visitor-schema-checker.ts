import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { Telemetry } from '../audit/telemetry.js';
import { ClaimMapperRegistry } from '../claims/claim-mapper.registry.js';
import type { VisitorSchema } from '../claims/visitor-schema.js';
import { InvalidMintlifyUserError, nameTenant, type UserViolation } from '../errors.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/app-options.js';
import type { Tenant } from '../tenancy/tenant.js';
import type { ValidMintlifyUser } from '../user/valid-mintlify-user.js';
import { compileVisitorSchema, type SchemaCheck } from './visitor-schema-check.js';

/** How many different violations are logged. Each one is in the audit events anyway. */
const MAX_LOGGED = 100;

/**
 * Compares what claim mappers give with what they declare. Without a declaration, it does nothing.
 *
 * @internal
 */
@Injectable()
export class VisitorSchemaChecker implements OnApplicationBootstrap {
  readonly #logger = new Logger('MintlifyPersonalization');
  readonly #isRefused: boolean;
  readonly #checks = new WeakMap<VisitorSchema, SchemaCheck | Promise<SchemaCheck>>();
  readonly #logged = new Set<string>();

  constructor(
    @Inject(RESOLVED_OPTIONS) { schemaViolations }: ResolvedOptions,
    @Inject(ClaimMapperRegistry) private readonly mappers: ClaimMapperRegistry,
    @Inject(AuditRecorder) private readonly audit: AuditRecorder,
    @Inject(Telemetry) private readonly telemetry: Telemetry,
  ) {
    this.#isRefused = schemaViolations === 'refuse';
  }

  /** @throws MintlifyPersonalizationError `invalid_option` for a JSON Schema that cannot be used, or without `ajv` */
  async onApplicationBootstrap(): Promise<void> {
    for (const schema of this.mappers.schemas) await this.#checkOf(schema);
  }

  /**
   * Returns the user if it fits, or if violations are only reported.
   *
   * @throws InvalidMintlifyUserError if violations are refused
   */
  check(tenant: Tenant, user: ValidMintlifyUser): ValidMintlifyUser | Promise<ValidMintlifyUser> {
    const schema = this.mappers.schemaFor(tenant.id);
    if (schema === undefined) return user;
    const check = this.#checkOf(schema);
    if (check instanceof Promise) return check.then((ready) => this.#apply(ready, tenant, user));
    return this.#apply(check, tenant, user);
  }

  #apply(check: SchemaCheck, { id }: Tenant, user: ValidMintlifyUser): ValidMintlifyUser {
    const violations = check(user);
    if (violations.length === 0) return user;
    if (this.#isRefused) throw nameTenant(id, new InvalidMintlifyUserError(violations));
    this.#report(id, violations);
    return user;
  }

  #report(tenantId: string | undefined, violations: readonly UserViolation[]): void {
    this.telemetry.countSchemaViolation();
    this.audit.record({
      type: 'schema.violated',
      outcome: 'invalid_user',
      ...(tenantId !== undefined && { tenantId }),
    });
    const places = violations.map(({ path, message }) => `${path}: ${message}`).join('; ');
    const line = `The claim mapper of ${tenantId === undefined ? 'the default tenant' : `tenant "${tenantId}"`} gave what its visitor schema does not allow. ${places} Correct the mapper or its schema.`;
    if (this.#logged.has(line) || this.#logged.size >= MAX_LOGGED) return;
    this.#logged.add(line);
    this.#logger.warn(line);
  }

  #checkOf(schema: VisitorSchema): SchemaCheck | Promise<SchemaCheck> {
    const known = this.#checks.get(schema);
    if (known !== undefined) return known;
    const made = compileVisitorSchema(schema);
    this.#checks.set(schema, made);
    if (made instanceof Promise) {
      made.then(
        (check) => this.#checks.set(schema, check),
        () => this.#checks.delete(schema),
      );
    }
    return made;
  }
}
