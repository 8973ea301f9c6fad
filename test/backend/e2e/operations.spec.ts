import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import request from 'supertest';
import { START_TIMEOUT_MS, logIn, startBackend } from './backend-fixture.js';
import type { Backend } from './backend-fixture.js';

const METRICS_TOKEN = 'a token for the metrics of these tests';

describe('the reference backend in operation', () => {
  let backend: Backend;
  const get = (path: string, headers: Record<string, string> = {}) =>
    request(backend.server).get(path).set(headers);
  const metrics = () => get('/metrics', { Authorization: `Bearer ${METRICS_TOKEN}` });

  beforeAll(async () => {
    backend = await startBackend({ metricsToken: METRICS_TOKEN });
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    await backend.app.close();
  });

  it('exposes handshake counts by outcome and durations of handshakes and steps to Prometheus', async () => {
    const cookie = await logIn(backend);
    await get('/docs-login', { Cookie: cookie }).expect(302);
    await get('/docs-login', { Cookie: cookie }).expect(302);
    await get('/docs/user-info', { Origin: 'http://localhost:3003' }).expect(401);
    const { text, headers } = await metrics().expect(200);
    expect(headers['content-type']).toMatch(/^text\/plain/);
    const lineOf = (name: string, ...labels: string[]) =>
      text.split('\n').find((line) => line.startsWith(name) && labels.every((label) => line.includes(label)));
    expect(lineOf('mintlify_handshakes_total', 'handshake="jwt"', 'outcome="ok"', 'class="loaded"')).toMatch(
      / 2$/,
    );
    expect(
      lineOf('mintlify_handshakes_total', 'handshake="shared-session"', 'outcome="unauthenticated"'),
    ).toMatch(/ 1$/);
    expect(lineOf('mintlify_handshake_duration_count', 'handshake="jwt"')).toMatch(/ 2$/);
    for (const step of ['map', 'validate', 'sign']) {
      expect(lineOf('mintlify_step_duration_count', `step="${step}"`)).toMatch(/ [1-9]\d*$/);
    }
    expect(text).not.toMatch(/\b(?:acme|ada)\b/i);
  });

  it.each([
    ['no token', {}],
    ['another token', { Authorization: `Bearer ${METRICS_TOKEN}x` }],
    ['the token in another scheme', { Authorization: `Basic ${METRICS_TOKEN}` }],
    ['a session', { Cookie: 'acme_session=x' }],
  ])('refuses to show metrics to a client with %s', async (_case, headers: Record<string, string>) => {
    const refused = await get('/metrics', headers).expect(401);
    expect(refused.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(refused.text).not.toContain('mintlify');
  });

  it('is healthy while the database answers and the keys sign', async () => {
    const { body, headers } = await get('/health').expect(200);
    expect(body).toMatchObject({
      status: 'ok',
      info: { database: { status: 'up' }, signing: { status: 'up' } },
    });
    expect(Object.keys((body as { info: object }).info)).toEqual(['database', 'signing']);
    expect(headers['cache-control']).toContain('no-store');
  });

  it('reports only what is down while the database is unavailable', async () => {
    const execute = jest.spyOn(backend.database, 'execute').mockRejectedValue(new Error('at 10.0.0.7'));
    try {
      const { body } = await get('/health').expect(503);
      expect(body).toMatchObject({
        status: 'error',
        info: { signing: { status: 'up' } },
        error: { database: { status: 'down' } },
      });
      expect((body as { error: { database: object } }).error.database).toEqual({ status: 'down' });
    } finally {
      execute.mockRestore();
    }
    await get('/health').expect(200);
  });
});
