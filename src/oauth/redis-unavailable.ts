import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

/** Seconds after which another try may do better. */
const RETRY_AFTER_SECONDS = 2;

/** Makes the OAuth server answer 503, and not 500, while Redis is away: whoever comes again when it is back is served. */
export function respondWhileRedisIsUnavailable(server: Provider): void {
  server.on('server_error', (context: KoaContextWithOIDC, error: unknown) => {
    if (!isUnavailable(error)) return;
    context.status = 503;
    context.set('Retry-After', String(RETRY_AFTER_SECONDS));
  });
}

/** What `ioredis` says of a connection that it has not, or has lost. */
function isUnavailable(error: unknown): boolean {
  const { name, code, message } = Object(error) as { name?: unknown; code?: unknown; message?: unknown };
  return (
    name === 'MaxRetriesPerRequestError' ||
    /^(?:ECONN(?:REFUSED|RESET)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)$/.test(String(code)) ||
    message === 'Connection is closed.'
  );
}
