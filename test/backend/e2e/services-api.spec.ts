import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { eq } from 'drizzle-orm';
import request from 'supertest';
import { apiKeys } from '../../../src/database/database-schema.js';
import { logIn, useBackend } from './backend-fixture.js';
import { accept, visit } from './docs-arrival-fixture.js';

interface Inputs {
  header: Record<string, string>;
  server: Record<string, string>;
}

const EMAILS = { acme: 'ada@acme.example', globex: 'grace@globex.example' };
const document = JSON.parse(readFileSync('docs/acme-api.json', 'utf8')) as {
  servers: [{ variables: object }];
  paths: Record<string, Record<string, { operationId: string }>>;
  components: { securitySchemes: { acmeKey: { in: string; name: string } } };
};

describe('Acme’s API', () => {
  const backend = useBackend();
  const inputs = {} as Record<keyof typeof EMAILS, Inputs>;

  beforeAll(async () => {
    inputs.acme = await inputsOf(EMAILS.acme);
    inputs.globex = await inputsOf(EMAILS.globex);
  });

  /** What the docs get to know for the playground. */
  async function inputsOf(email: string): Promise<Inputs> {
    const location = await visit(backend, '/docs-login', await logIn(backend, email));
    return (await accept(backend, location)).payload['apiPlaygroundInputs'] as Inputs;
  }

  const list = (headers: Record<string, string>, query = '') =>
    request(backend.server).get(`/api/services${query}`).set(headers);

  it('lists the services of the key’s tenant, and no others', async () => {
    const { body, headers } = await list(inputs.acme.header).expect(200);
    expect(body).toEqual({
      services: [
        { id: 'svc_acme_analytics', name: 'analytics', region: 'eu', status: 'stopped' },
        { id: 'svc_acme_payments', name: 'payments', region: 'us', status: 'running' },
        { id: 'svc_acme_storefront', name: 'storefront', region: 'eu', status: 'running' },
      ],
    });
    expect(headers['cache-control']).toBe('private, no-store');
    const globex = await list(inputs.globex.header, '?region=ap').expect(200);
    expect(globex.body.services.map(({ name }: { name: string }) => name)).toEqual(['weather']);
    await list(inputs.globex.header, '?region=moon').expect(400);
  });

  it('finds a service of the tenant alone', async () => {
    const find = (id: string) => request(backend.server).get(`/api/services/${id}`).set(inputs.globex.header);
    expect((await find('svc_globex_reactor').expect(200)).body.name).toBe('reactor');
    await find('svc_acme_payments').expect(404);
    await find('%00').expect(404);
  });

  it('creates a service, and says what is wrong with another', async () => {
    const create = (body: object) =>
      request(backend.server).post('/api/services').set(inputs.globex.header).send(body);
    const { body } = await create({ name: 'newsletter', region: 'eu', status: 'stopped' }).expect(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^svc_globex_[0-9a-f]{12}$/),
      name: 'newsletter',
      region: 'eu',
      status: 'running',
    });
    expect((await list(inputs.globex.header)).body.services).toContainEqual(body);
    expect((await list(inputs.acme.header)).body.services).not.toContainEqual(body);
    const refused = await create({ name: 'No', region: 'moon' }).expect(400);
    expect(refused.body.message).toEqual([
      expect.stringContaining('name must start with a lowercase letter'),
      expect.stringContaining('region must be one of'),
    ]);
  });

  it('answers 401 without a key, with a wrong one, and with the session cookie alone', async () => {
    const { body } = await list({}).expect(401);
    expect(body.message).toBe('The request has no API key. Send your key in the header X-Acme-Key.');
    const key = inputs.acme.header['X-Acme-Key'] ?? '';
    await list({ 'X-Acme-Key': `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}` }).expect(401);
    await list({ 'X-Acme-Key': '' }).expect(401);
    await list({ Cookie: await logIn(backend) }).expect(401);
    await request(backend.server).post('/api/services').send({ name: 'x', region: 'eu' }).expect(401);
  });

  it('gives a visitor the same key at each login, until the logout; the database has its hash alone', async () => {
    expect(inputs.acme.header['X-Acme-Key']).toMatch(/^acme_[0-9a-f]{16}_[0-9a-f]{40}$/);
    expect(await inputsOf(EMAILS.acme)).toEqual(inputs.acme);
    expect(inputs.acme.header).not.toEqual(inputs.globex.header);
    const rows = await backend.database.select().from(apiKeys);
    expect(JSON.stringify(rows)).not.toContain(inputs.acme.header['X-Acme-Key']);

    await request(backend.server)
      .post('/logout')
      .set('Cookie', await logIn(backend, EMAILS.acme))
      .expect(303);
    await list(inputs.acme.header).expect(401);
    inputs.acme = await inputsOf(EMAILS.acme);
    await list(inputs.acme.header).expect(200);
  });

  it('refuses a key after its time', async () => {
    const [row] = await backend.database.select().from(apiKeys).where(eq(apiKeys.accountId, 'ada'));
    expect(row?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 3_500_000);
    expect(row?.expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 3_600_000);
    const soon = await inputsOf(EMAILS.globex);
    await list(soon.header).expect(200);
    await backend.database
      .update(apiKeys)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(apiKeys.accountId, 'grace'));
    await list(soon.header).expect(401);
  });

  it('is described by the OpenAPI file of the docs, whose names the playground inputs have', async () => {
    const result = await new Validator().validate(structuredClone(document));
    expect(result.errors).toBeUndefined();
    const { acmeKey } = document.components.securitySchemes;
    expect(acmeKey.in).toBe('header');
    expect(Object.keys(inputs.acme.header)).toEqual([acmeKey.name]);
    expect(Object.keys(inputs.acme.server)).toEqual(Object.keys(document.servers[0].variables));
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const method of Object.keys(operations)) {
        const url = path.replace('{serviceId}', 'svc_acme_payments');
        const test = method === 'post' ? request(backend.server).post(url) : request(backend.server).get(url);
        // A route that does not exist is a 404.
        await test.expect(401);
      }
    }
  });
});
