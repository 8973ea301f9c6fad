/**
 * Why a query failed: the innermost message or code. The outer errors repeat the query with its parameters, which can
 * contain hashes or keys.
 */
export function failureReason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  if (error.cause !== undefined) return failureReason(error.cause);
  return error.message || ('code' in error ? String(error.code) : error.name);
}
