import { useSyncExternalStore } from 'react';
import { requestLog } from '../request-log.js';

/**
 * The requests of the handshake in this tab, with status and explanation.
 *
 * @example
 * <RequestList />
 */
export function RequestList() {
  const entries = useSyncExternalStore(requestLog.subscribe, requestLog.current);
  if (entries.length === 0) return null;
  return (
    <>
      <h2>Requests</h2>
      <ol className="request-list" data-testid="requests">
        {entries.map(({ purpose, method, url, status, message }, index) => (
          // The latest comes first, so only the position from the end is stable.
          <li key={entries.length - index}>
            <p>
              <span className={status !== undefined && status < 300 ? 'request-good' : 'request-bad'}>
                {status ?? 'no response'}
              </span>{' '}
              <code>
                {method} {url}
              </code>
            </p>
            <p>
              {purpose}: {message}
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}
