import type { OperationSchema } from '../../shared/operation-types.js';
import { isRecord } from '../../shared/type-guards.js';

/**
 * Loads the schemas of an operation that did not come with the page.
 *
 * @param path where they are, as a path on this origin.
 * @returns schemas by their `$ref`; without the one that was asked for, if there is none.
 * @example
 * await loadSchemas('/_emulator/operations/schemas/api-reference/list-plants', '#/components/schemas/Plant');
 */
export async function loadSchemas(path: string, ref: string): Promise<Record<string, OperationSchema>> {
  try {
    const answer = await fetch(`${path}?ref=${encodeURIComponent(ref)}`);
    const found: unknown = answer.ok ? await answer.json() : undefined;
    if (!isRecord(found) || !isRecord(found.schemas)) return {};
    return Object.fromEntries(
      Object.entries(found.schemas).flatMap(([key, schema]) => (isRecord(schema) ? [[key, schema]] : [])),
    );
  } catch {
    return {};
  }
}
