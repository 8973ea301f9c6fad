import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { parseCookie, stringifyCookie } from 'cookie';
import type { Provider } from 'oidc-provider';
import type { BackendConfig } from '../config/backend-config.js';
import { OAUTH_PATH, OAUTH_SERVER } from './oauth-constants.js';

/**
 * Mounts the OAuth server before all other middleware: it parses bodies itself, and the docs post to its token endpoint
 * from another origin, which CSRF protection would refuse.
 */
export function useOAuthServer(app: NestExpressApplication, config: BackendConfig): void {
  const server = app.get<Provider>(OAUTH_SERVER, { strict: false });
  app.use(OAUTH_PATH, setSecurityHeaders, pinPublicUrl(config), dropServerSession, server.callback());
}

function setSecurityHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  next();
}

/** The server builds its URLs from the request headers, so these are set to the configured `PUBLIC_URL`. */
function pinPublicUrl({ publicUrl }: BackendConfig): RequestHandler {
  const { host, protocol } = new URL(publicUrl);
  return ({ headers }, _response, next) => {
    headers.host = host;
    headers['x-forwarded-proto'] = protocol.slice(0, -1);
    delete headers['x-forwarded-host'];
    next();
  };
}

/**
 * Removes the OAuth server's own session cookie from each request. Only the session of the backend decides who is logged
 * in; a session of the server would still name the previous account after a logout.
 */
function dropServerSession({ headers }: Request, _response: Response, next: NextFunction): void {
  if (headers.cookie !== undefined) {
    const cookies = Object.entries(parseCookie(headers.cookie));
    const others = cookies.filter(([name]) => name !== '_session' && !name.startsWith('_session.'));
    headers.cookie = stringifyCookie(Object.fromEntries(others));
  }
  next();
}
