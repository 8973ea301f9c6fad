import { connect } from 'node:net';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { MintlifyPersonalizationOptions } from 'nestjs-mintlify-personalization';
import request from 'supertest';
import type { Host } from './apps.support.js';
import { ADA, cookie } from './sessions.support.js';

export const DOCS = 'https://docs.acme.example';
export const PREVIEW = 'https://preview.acme.example';
export const SESSION_PATH = '/docs/user-info';
export const OAUTH_PATH = '/docs/oauth/user-info';

/** Stands where `OAuthAccessTokenGuard` does: the access token is `ada`, and the one that is somebody else's is not. */
@Injectable()
export class PlainTokenGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const visitor = context
      .switchToHttp()
      .getRequest<{ headers: { authorization?: string }; user?: unknown }>();
    visitor.user = visitor.headers.authorization === 'Bearer ada' ? ADA : undefined;
    return visitor.user !== undefined;
  }
}

/** Both user-info handshakes, and docs at two origins. */
export const BOTH: Partial<MintlifyPersonalizationOptions> = {
  additionalDocsOrigins: [PREVIEW],
  handshakes: { sharedSession: {}, oauth: { guards: [PlainTokenGuard] } },
};

/** What a visitor who is known sends at each route. */
export const ROUTES = [
  { route: SESSION_PATH, credentials: () => cookie(), isCredentialed: true },
  {
    route: OAUTH_PATH,
    credentials: () => Promise.resolve({ authorization: 'Bearer ada' }),
    isCredentialed: false,
  },
];

/** The preflight that a browser sends before it asks. */
export const preflight = (
  host: Pick<Host, 'port'>,
  path: string,
  origin: string,
  headers: Record<string, string> = {},
): request.Test =>
  request(`http://127.0.0.1:${host.port}`)
    .options(path)
    .set({
      Origin: origin,
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'authorization',
      ...headers,
    });

/** The names of all CORS headers of an answer, in order. */
export const corsHeaders = ({ headers }: request.Response): string[] =>
  Object.keys(headers as object)
    .filter((name) => name.startsWith('access-control-'))
    .sort();

/** Sends a request as it is written, for what no client would send, and gives the answer as text. */
export function sendRaw(port: number, lines: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.end(`${[...lines, 'Host: api.acme.example', 'Connection: close'].join('\r\n')}\r\n\r\n`);
    });
    let answer = '';
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}
