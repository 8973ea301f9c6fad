import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { jest } from '@jest/globals';
import { jwtVerify, type JWTPayload } from 'jose';
import type { TokenSigner } from 'nestjs-mintlify-personalization';

/** The key pair of the docs site in these tests: the host signs with one half, the docs verify with the other. */
export const DOCS_PRIVATE_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
export const DOCS_PUBLIC_KEY = createPublicKey(DOCS_PRIVATE_KEY);

/** Where a visitor arrives, as the docs page reads its own address. */
export interface Arrival {
  /** The address without its fragment. */
  readonly page: string;
  readonly token: string;
  readonly anchor: string | undefined;
}

/** Takes a `Location` apart as the docs do: the fragment is the token, or `jwt=…&anchor=…`. */
export function readArrival(location: string | undefined): Arrival {
  const [page = '', fragment = ''] = (location ?? '').split('#');
  const parameters = new URLSearchParams(fragment);
  const token = parameters.get('jwt');
  if (token === null) return { page, token: fragment, anchor: undefined };
  return { page, token, anchor: parameters.get('anchor') ?? undefined };
}

/** Verifies a token as the docs do, and gives its claims. */
export async function verifyToken(token: string): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, DOCS_PUBLIC_KEY, { algorithms: ['ES256'] });
  return payload;
}

/** A signer with the docs site's key that counts its calls. */
export function createSignerSpy(): TokenSigner & { sign: jest.Mock<TokenSigner['sign']> } {
  return {
    algorithm: 'ES256',
    sign: jest.fn<TokenSigner['sign']>((signingInput) =>
      sign('sha256', signingInput, { key: DOCS_PRIVATE_KEY, dsaEncoding: 'ieee-p1363' }),
    ),
  };
}
