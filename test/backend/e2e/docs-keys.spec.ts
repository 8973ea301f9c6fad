import { generateKeyPairSync } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jwtVerify } from 'jose';
import { TenantRegistry } from 'nestjs-mintlify-personalization';
import request from 'supertest';
import { hashPassword } from '../../../src/auth/password-hash.js';
import { signingKeys, tenants, accounts } from '../../../src/database/database-schema.js';
import { TenantKeyCipher } from '../../../src/tenants/tenant-key-cipher.js';
import { newTenantKey } from '../../../src/tenants/new-tenant-key.js';
import { pkcs8 } from '../../support/keys.support.js';
import { START_TIMEOUT_MS, docsSites, logIn, startBackend } from './backend-fixture.js';
import type { Backend } from './backend-fixture.js';
import { accept, tokenIn, visit } from './docs-arrival-fixture.js';

describe('the reference backend with docs and keys from the environment', () => {
  const publicDocs = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const privateDocs = generateKeyPairSync('ed25519');
  let backend: Backend;

  beforeAll(async () => {
    backend = await startBackend({
      docsSites: {
        personalization: {
          url: 'https://docs.foo.com',
          signingKey: pkcs8(publicDocs),
          hasTenantKeys: false,
        },
        authentication: {
          url: 'https://internal.foo.com',
          signingKey: pkcs8(privateDocs),
          hasTenantKeys: false,
        },
      },
    });
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await backend.app.close();
  });

  it.each([
    ['ada@acme.example', 'https://docs.foo.com/', publicDocs.publicKey],
    ['grace@globex.example', 'https://docs.foo.com/', publicDocs.publicKey],
    ['peter@initech.example', 'https://internal.foo.com/login/jwt-callback', privateDocs.publicKey],
  ])('signs for %s with the key of the docs site', async (email, page, publicKey) => {
    const location = await visit(backend, '/docs-login', await logIn(backend, email));
    expect(location.origin + location.pathname).toBe(page);
    const { protectedHeader, payload } = await jwtVerify(tokenIn(location), publicKey);
    expect(protectedHeader.kid).toBeUndefined();
    expect(payload['content']).toMatchObject({ firstName: expect.any(String) });
  });

  it('does not use the key that a tenant got for the docs emulator', async () => {
    const cipher = new TenantKeyCipher(backend.config.tenantKeysSecret);
    await backend.database.insert(signingKeys).values(await newTenantKey(cipher, 'acme', 'personalization'));
    backend.app.get(TenantRegistry, { strict: false }).invalidate('acme');
    const location = await visit(backend, '/docs-login', await logIn(backend));
    const { payload } = await jwtVerify(tokenIn(location), publicDocs.publicKey);
    expect(payload).toMatchObject({ content: { firstName: 'Ada' } });
  });

  it('allows the login form to redirect to the docs sites', async () => {
    const { headers } = await request(backend.server).get('/login').expect(200);
    expect(headers['content-security-policy']).toContain(
      "form-action 'self' https://docs.foo.com https://internal.foo.com http://localhost:3004;",
    );
  });
});

describe('a tenant of the reference backend without a key of its own', () => {
  it(
    'signs with the key of the docs site, until an administrator rotates the key',
    async () => {
      const backend = await startBackend({ docsSites: await docsSites() });
      try {
        await backend.database.insert(tenants).values({ id: 'new', company: 'Initech', plan: 'team' });
        const person = {
          id: 'new',
          tenantId: 'new',
          email: 'new@initech.example',
          roles: ['admin', 'viewer'],
        };
        const passwordHash = await hashPassword('docs-demo');
        await backend.database
          .insert(accounts)
          .values({ ...person, firstName: 'Peter', lastName: 'Gibbons', passwordHash });
        const cookie = await logIn(backend, person.email);

        const location = await visit(backend, '/docs-login', cookie);
        await expect(accept(backend, location)).rejects.toThrow('no applicable key');
        const { signingKey } = backend.config.docsSites.personalization;
        const { d: _, ...siteKey } = signingKey as JsonWebKey;
        const { payload } = await jwtVerify(tokenIn(location), siteKey);
        expect(payload['groups']).toEqual(['viewer']);

        await request(backend.server).post('/admin/docs/rotate-key').set('Cookie', cookie).expect(303);
        await accept(backend, await visit(backend, '/docs-login', cookie));
      } finally {
        await backend.app.close();
      }
    },
    START_TIMEOUT_MS,
  );
});
