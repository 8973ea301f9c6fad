import type { OperationMethod } from '../../../shared/operation-types.js';

const SHORT: Partial<Record<OperationMethod, string>> = {
  DELETE: 'DEL',
  OPTIONS: 'OPT',
  WEBHOOK: 'HOOK',
  CHANNEL: 'WS',
  SCHEMA: 'TYPE',
};

/**
 * The method of an operation, in its color.
 *
 * @example
 * <MethodBadge method="GET" />
 */
export function MethodBadge({ method, isShort = false }: { method: OperationMethod; isShort?: boolean }) {
  return (
    <span className="method-badge" data-method={method}>
      {isShort ? (SHORT[method] ?? method) : method}
    </span>
  );
}
