import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A fresh Ed25519 pair, as private docs use it. */
export const ed25519Pair = () => generateKeyPairSync('ed25519');

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signs with node:crypto alone, so that header and payload can be wrong in any way. */
export function signPrivateToken(payload: object, key: KeyObject, header: object = { alg: 'EdDSA' }): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`;
}

/** What the backend answers at its login route: the token to send the visitor back with. */
export type TokenMaker = () => string;

/** A customer's backend whose visitors are always logged in. */
export interface LoginBackend {
  readonly url: string;
  /** The targets that were asked for, such as `/docs-login?redirect=%2Fquickstart`. */
  readonly requests: string[];
  close(): Promise<void>;
}

/**
 * Starts a backend that answers every path with the redirect of the authentication handshake
 * (`spec/handshakes.md`, section 3).
 *
 * @param callbackUrl where the docs take tokens; asked for at each login, since they may start later.
 */
export async function startLoginBackend(
  callbackUrl: () => string,
  makeToken: TokenMaker,
): Promise<LoginBackend> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const target = request.url ?? '/';
    const redirect = new URL(target, 'http://backend').searchParams.get('redirect');
    if (redirect === null) return void response.writeHead(404).end();
    requests.push(target);
    const location = `${callbackUrl()}?redirect=${encodeURIComponent(redirect)}#${makeToken()}`;
    response.writeHead(302, { location, 'cache-control': 'no-store' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
