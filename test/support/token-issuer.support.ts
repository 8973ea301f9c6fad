import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach } from '@jest/globals';

export const AUDIENCE = 'https://api.acme.example';
export const SCOPE = 'docs.user-info';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What is signed with which key. Signed with node:crypto, since the library verifies with `jose`. */
export function signToken(header: object, payload: object, key: KeyObject): string {
  const input = `${encode(header)}.${encode(payload)}`;
  const isRaw = key.asymmetricKeyType === 'ec' ? { dsaEncoding: 'ieee-p1363' as const } : {};
  const hash = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return `${input}.${sign(hash, Buffer.from(input), { key, ...isRaw }).toString('base64url')}`;
}

/** How an issuer answers when it is asked for its keys. */
export type JwksAnswer = (response: ServerResponse, jwks: string) => void;

const wellAnswer: JwksAnswer = (response, jwks) => {
  response.setHeader('Content-Type', 'application/json').end(jwks);
};

/** Who issues access tokens, with a JWKS of real keys that is served over HTTP. */
export class TokenIssuer {
  /** How often its keys were fetched. */
  fetches = 0;
  answer: JwksAnswer = wellAnswer;
  readonly keys = new Map<string, { privateKey: KeyObject; publicKey: KeyObject }>();
  private port = 0;

  private constructor(private server: Server) {}

  static async start(): Promise<TokenIssuer> {
    const issuer = new TokenIssuer(createServer());
    issuer.addKey('key-1');
    await issuer.listen();
    started.push(issuer);
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get jwksUri(): string {
    return `${this.url}/jwks`;
  }

  addKey(kid: string, pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })): void {
    this.keys.set(kid, pair);
  }

  /** As if the machine were off: connections are refused. */
  async goAway(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** At the same address as before. */
  async comeBack(): Promise<void> {
    this.server = createServer();
    await this.listen();
    this.answer = wellAnswer;
  }

  async close(): Promise<void> {
    if (this.server.listening) await this.goAway();
  }

  /** The claims that an access token must have (RFC 9068, section 2.2). */
  claims(nowSeconds = Math.floor(Date.now() / 1_000)): Record<string, unknown> {
    return {
      iss: this.url,
      sub: 'ada',
      aud: AUDIENCE,
      client_id: 'docs',
      scope: `profile ${SCOPE}`,
      jti: 'id-1',
      iat: nowSeconds,
      exp: nowSeconds + 60,
    };
  }

  /** An access token; `changes` replace claims, or leave them out where they are `undefined`. */
  token(changes: object = {}, header: object = {}, kid = 'key-1'): string {
    const { privateKey } = this.keys.get(kid) ?? generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return signToken(
      { alg: 'ES256', typ: 'at+jwt', kid, ...header },
      { ...this.claims(), ...changes },
      privateKey,
    );
  }

  private async listen(): Promise<void> {
    this.server.on('request', (_, response: ServerResponse) => {
      this.fetches += 1;
      const keys = [...this.keys].map(([kid, { publicKey }]) =>
        Object.assign(publicKey.export({ format: 'jwk' }), { kid, use: 'sig' }),
      );
      this.answer(response, JSON.stringify({ keys }));
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }
}

const started: TokenIssuer[] = [];

afterEach(async () => {
  for (const issuer of started.splice(0)) await issuer.close();
});
