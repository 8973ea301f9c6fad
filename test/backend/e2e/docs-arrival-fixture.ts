import { createLocalJWKSet, jwtVerify } from 'jose';
import type { JWTPayload, JWTHeaderParameters } from 'jose';
import type { DocsMode } from 'nestjs-mintlify-personalization';
import request from 'supertest';
import { TenantKeysRepository } from '../../../src/tenants/tenant-keys-repository.js';
import type { Backend } from './backend-fixture.js';

/** The claims that the docs read from a token that they accept. */
export interface AcceptedToken {
  payload: JWTPayload;
  header: JWTHeaderParameters;
}

const ALGORITHMS: Record<DocsMode, string> = { personalization: 'ES256', authentication: 'EdDSA' };

/** Requests `/docs-login` and returns its redirect. */
export async function visit(backend: Backend, path: string, cookie: string): Promise<URL> {
  const response = await request(backend.server).get(path).set('Cookie', cookie).expect(302);
  return new URL(response.headers['location'] ?? '');
}

/** The token in the fragment, of either mode. */
export function tokenIn({ hash }: URL): string {
  return new URLSearchParams(hash.slice(1)).get('jwt') ?? hash.slice(1);
}

/** Verifies a token as the docs of a mode do, with the keys that their emulator accepts at this moment. */
export async function accept(
  backend: Backend,
  location: URL,
  mode: DocsMode = 'personalization',
): Promise<AcceptedToken> {
  const keys = await backend.app.get(TenantKeysRepository, { strict: false }).findAccepted(mode);
  const { payload, protectedHeader } = await jwtVerify(tokenIn(location), createLocalJWKSet({ keys }), {
    algorithms: [ALGORITHMS[mode]],
  });
  return { payload, header: protectedHeader };
}
