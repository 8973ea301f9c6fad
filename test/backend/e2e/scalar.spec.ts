import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { SCALAR_PATH, SCALAR_SECRET, scalarBody, signBody } from '../../support/webhooks.support.js';
import { START_TIMEOUT_MS, startBackend, type Backend } from './backend-fixture.js';

describe('docs of Acme that Scalar hosts', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await startBackend({ scalarSecret: SCALAR_SECRET });
  }, START_TIMEOUT_MS);
  afterAll(() => backend.app.close());

  const ask = (email: string, secrets = [SCALAR_SECRET]) => {
    const body = scalarBody(email);
    return request(backend.server)
      .post(SCALAR_PATH)
      .set({ 'Content-Type': 'application/json', 'scalar-signature': signBody(body, { secrets }) })
      .send(body);
  };

  it('learn the same of Ada as her other docs, with a key for the playground', async () => {
    const { body } = await ask('ada@acme.example').expect(200);
    expect(body).toMatchObject({
      groups: expect.arrayContaining(['admin']),
      content: { firstName: 'Ada' },
      apiPlaygroundInputs: { header: { 'X-Acme-Key': expect.any(String) } },
    });
    expect(body.expiresAt).toBeLessThanOrEqual(Math.floor(Date.now() / 1_000) + 900);
  });

  it('learn nothing of unknown people, and nothing with another secret', async () => {
    const answers = [
      await ask('eve@evil.example'),
      await ask('ada@acme.example', ['whsec_another-secret-of-these-tests']),
    ];
    expect(answers.map(({ status }) => status)).toEqual([204, 401]);
  });
});
