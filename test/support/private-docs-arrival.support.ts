import { verify, type KeyObject } from 'node:crypto';
import { createVerifier } from 'fast-jwt';
import { jwtVerify } from 'jose';

/** Where a visitor of private docs arrives, as the docs' callback page reads its own address. */
export interface PrivateArrival {
  /** Origin and path of the callback page. */
  readonly callback: string;
  /** The names of its query parameters. */
  readonly parameters: readonly string[];
  /** The page to go on to, as the parameter has it. */
  readonly redirect: string;
  /** The same, resolved against the docs' own origin. */
  readonly page: URL;
  /** The place on the page, decoded; empty where there is none. */
  readonly anchor: string;
  readonly token: string;
}

/** Takes a `Location` apart as the docs do: the whole fragment is the token, `redirect` says where to go on. */
export function readPrivateArrival(location: string | undefined): PrivateArrival {
  const url = new URL(location ?? '');
  const redirect = url.searchParams.get('redirect') ?? '';
  const page = new URL(redirect, url.origin);
  return {
    callback: url.origin + url.pathname,
    parameters: [...url.searchParams.keys()],
    redirect,
    page,
    anchor: decodeURIComponent(page.hash.slice(1)),
    token: url.hash.slice(1),
  };
}

/** What verifies a token of private docs: its claims, or an error. `nowMs` is the time that the verifier sees. */
export type PrivateTokenVerifier = (token: string, publicKey: KeyObject, nowMs?: number) => unknown;

/** Implementations that share nothing, each allowing EdDSA alone. */
export const PRIVATE_TOKEN_VERIFIERS: Readonly<Record<string, PrivateTokenVerifier>> = {
  jose: async (token, publicKey, nowMs = Date.now()) =>
    (await jwtVerify(token, publicKey, { algorithms: ['EdDSA'], currentDate: new Date(nowMs) })).payload,
  'node:crypto': (token, publicKey) => {
    const [header = '', payload = '', signature = '', ...more] = token.split('.');
    const isWhole = more.length === 0 && /^[\w-]{86}$/.test(signature) && readJson(header).alg === 'EdDSA';
    const signed = Buffer.from(`${header}.${payload}`);
    if (!isWhole || !verify(null, signed, publicKey, Buffer.from(signature, 'base64url'))) {
      throw new Error('It is not signed with this key.');
    }
    return readJson(payload);
  },
  'fast-jwt': (token, publicKey, nowMs = Date.now()) => {
    const key = publicKey.export({ format: 'pem', type: 'spki' }).toString();
    return createVerifier({ key, algorithms: ['EdDSA'], clockTimestamp: nowMs })(token) as unknown;
  },
};

function readJson(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}
