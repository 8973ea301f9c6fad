import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

/** Seconds after which a client may retry. */
const RETRY_AFTER_SECONDS = 2;

/** Makes the OAuth server answer 503 with `Retry-After` instead of 500 while Redis is unavailable. */
export function respondWhileRedisIsUnavailable(server: Provider): void {
  server.on('server_error', (context: KoaContextWithOIDC, error: unknown) => {
    if (!isUnavailable(error)) return;
    context.status = 503;
    context.set('Retry-After', String(RETRY_AFTER_SECONDS));
  });
}

/** What `ioredis` says without a name or a code: after a while it waits longer between attempts than a command may take. */
const MESSAGES: ReadonlySet<unknown> = new Set(['Connection is closed.', 'Command timed out']);

/** Recognizes the `ioredis` errors for a missing or lost connection. */
function isUnavailable(error: unknown): boolean {
  const { name, code, message } = Object(error) as { name?: unknown; code?: unknown; message?: unknown };
  return (
    name === 'MaxRetriesPerRequestError' ||
    /^(?:ECONN(?:REFUSED|RESET)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/.test(String(code)) ||
    MESSAGES.has(message)
  );
}
