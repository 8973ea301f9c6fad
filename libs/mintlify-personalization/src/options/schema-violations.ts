import { invalidOptionError } from './invalid-option-error.js';

/** @internal What happens if a claim mapper gives what its visitor schema does not allow. */
export type SchemaViolations = 'refuse' | 'warn';

/**
 * Checks the option `schemaViolations`. The default is `warn` in production, by `NODE_ENV`, and `refuse` elsewhere.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolveSchemaViolations(option: string, value: unknown): SchemaViolations {
  const fallback = process.env.NODE_ENV === 'production' ? 'warn' : 'refuse';
  if (value === undefined) return fallback;
  if (value === 'refuse' || value === 'warn') return value;
  throw invalidOptionError(option, "must be 'refuse' or 'warn'", `Leave it out for '${fallback}'.`);
}
