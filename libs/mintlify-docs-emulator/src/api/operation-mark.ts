import type { OperationMethod } from '../shared/operation-types.js';
import type { FoundOperation } from './operation-finder.js';

/** What the navigation and the head of a page show of an operation. */
export interface OperationMark {
  /** Absent without an operation to show. */
  method?: OperationMethod;
  /** The title of a page without one. */
  title?: string;
  description?: string;
  deprecated: boolean;
}

/**
 * What the navigation and the head of a page show of an operation.
 *
 * @example
 * markOf(found)?.method; // 'GET'
 */
export function markOf(found: FoundOperation | undefined): OperationMark | undefined {
  if (!found) return undefined;
  const { method, source, read } = found;
  const operation: Readonly<Record<string, unknown>> = source?.operation ?? {};
  const { summary, title, description, deprecated } = operation;
  const name = method === 'CHANNEL' ? title : summary;
  return {
    ...(read && { method }),
    ...(typeof name === 'string' && name !== '' && { title: name }),
    ...(method === 'SCHEMA' && { title: found.path }),
    ...(typeof description === 'string' && { description }),
    deprecated: deprecated === true,
  };
}
