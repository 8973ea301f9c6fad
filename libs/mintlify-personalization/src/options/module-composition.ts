import type { Type } from '@nestjs/common';
import { classOption, isConstructor } from './class-option.js';
import { resolveHandshakes } from './handshakes.js';
import { invalidOptionError } from './invalid-option-error.js';
import type { MintlifyPersonalizationComposition } from './mintlify-personalization-options.js';
import { optionalBoolean } from './option-checks.js';
import { readList, readOption } from './option-reader.js';
import { resolveRead, type OptionTable, type ResolvedTable } from './option-table.js';
import type { AuditSink } from '../ports/audit-sink.js';
import type { ClaimMapper } from '../ports/claim-mapper.js';
import type { TenantResolver } from '../ports/tenant-resolver.js';
import type { TenantSource } from '../ports/tenant-source.js';
import type { ViewAsPolicy } from '../ports/view-as-policy.js';

type ImportedModules = NonNullable<MintlifyPersonalizationComposition['imports']>;

/**
 * The static options: the one place to add one, beside its doc comment in {@link MintlifyPersonalizationComposition}.
 *
 * @internal
 */
export const COMPOSITION_OPTIONS = {
  handshakes: { check: (_, value) => resolveHandshakes(value) },
  claimMapper: classOption<Type<ClaimMapper<never>>>('CLAIM_MAPPER'),
  tenantResolver: classOption<Type<TenantResolver<never>>>('TENANT_RESOLVER'),
  tenantSource: classOption<Type<TenantSource>>('TENANT_SOURCE'),
  viewAs: classOption<Type<ViewAsPolicy<never>>>('VIEW_AS_POLICY'),
  auditSink: classOption<Type<AuditSink>>('AUDIT_SINK'),
  imports: { defaultValue: [], check: checkImports },
  isGlobal: optionalBoolean(false),
} as const satisfies OptionTable<keyof MintlifyPersonalizationComposition, unknown>;

/** @internal The static options, checked, with all defaults filled in. Frozen. */
export type ResolvedComposition = ResolvedTable<typeof COMPOSITION_OPTIONS>;

/**
 * Checks the static options.
 *
 * @internal
 * @param given from `readOptions`; may have other options, too
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveComposition(given: Readonly<Record<string, unknown>>): ResolvedComposition {
  return resolveRead('', given, COMPOSITION_OPTIONS, undefined);
}

function checkImports(option: string, value: unknown): ImportedModules {
  const modules = readList(option, value);
  if (modules === undefined) throw invalidOptionError(option, 'must be a list of modules');
  const wrong = modules.findIndex((each, index) => !readOption(`${option}[${index}]`, () => isModule(each)));
  if (wrong === -1) return modules as ImportedModules;
  throw invalidOptionError(
    `${option}[${wrong}]`,
    'is not a module',
    'Use a module class or what its forRoot() returns. If two files import each other, use forwardRef().',
  );
}

/** Whether a value is a class, a dynamic module, a promise of one, or a `forwardRef()`. */
function isModule(value: unknown): boolean {
  if (typeof value === 'function') return isConstructor(value);
  if (typeof value !== 'object' || value === null) return false;
  const { module, then, forwardRef } = value as Record<string, unknown>;
  return [module, then, forwardRef].some((part) => typeof part === 'function');
}
