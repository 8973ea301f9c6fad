import type { Operation } from '../../../shared/operation-types.js';
import { serverUrl } from '../../api/request-model.js';
import { MethodBadge } from './method-badge.js';

/**
 * The first lines of an operation: its method, its address, and its servers.
 *
 * @example
 * <OperationHead operation={operation} />
 */
export function OperationHead({ operation }: { operation: Operation }) {
  const { method, path, servers, deprecated } = operation;
  const [server] = servers;
  const base = server && method !== 'SCHEMA' ? serverUrl(server) : '';
  return (
    <>
      <div className="operation-head">
        <MethodBadge method={method} />
        <code className="operation-path">
          <span className="operation-server">{base}</span>
          <PathText path={path} />
        </code>
        {deprecated && <span className="sidebar-tag">deprecated</span>}
      </div>
      {servers.length > 1 && (
        <details className="schema-inside">
          <summary>{servers.length} servers</summary>
          <ul className="schema-inside-content">
            {servers.map((each) => (
              <li key={each.url}>
                <code>{each.url}</code> {each.description}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Parameters in a path stand out. */
function PathText({ path }: { path: string }) {
  return path.split(/(\{[^{}]*\})/).map((part, index) =>
    part.startsWith('{') ? (
      // oxlint-disable-next-line react/no-array-index-key -- parts have no other key, and keep their order.
      <mark key={index}>{part}</mark>
    ) : (
      part
    ),
  );
}
