import { expect, it } from '@jest/globals';
import request from 'supertest';
import { describeOnEveryHost, type Host, type HostSetup } from '../../support/apps.support.js';
import { bearer, cookie } from '../../support/sessions.support.js';

const DOCS = 'https://docs.acme.example';

/** A host with the shared-session handshake mounted. */
const MOUNTED: HostSetup = { options: { handshakes: { sharedSession: {} } } };

const preflight = (host: Host, path: string, origin: string): request.Test =>
  request(`http://127.0.0.1:${host.port}`)
    .options(path)
    .set({ Origin: origin, 'Access-Control-Request-Method': 'GET' });

describeOnEveryHost('the shared session', ({ boot }) => {
  it('tells a docs page who its visitor is', async () => {
    const host = await boot(MOUNTED);
    const response = await host.get('/docs/user-info', { Origin: DOCS, ...(await cookie()) }).expect(200);
    expect(response.body).toEqual({
      expiresAt: expect.any(Number),
      groups: ['admin', 'engineering'],
      content: { firstName: 'Ada' },
    });
    expect(response.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'private, no-store',
      'access-control-allow-origin': DOCS,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
    expect(response.headers).not.toHaveProperty('etag');
  });

  it('is 401 for the anonymous, readable by the docs page', async () => {
    const host = await boot(MOUNTED);
    const response = await host.get('/docs/user-info', { Origin: DOCS }).expect(401);
    expect(response.body).toEqual({ statusCode: 401, code: 'unauthenticated' });
    expect(response.headers).toMatchObject({
      'cache-control': 'private, no-store',
      'access-control-allow-origin': DOCS,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
    expect(host.map).not.toHaveBeenCalled();
  });

  it('ignores an Authorization header', async () => {
    const host = await boot(MOUNTED);
    const response = await host.get('/docs/user-info', { Origin: DOCS, ...(await bearer()) });
    expect(response.status).toBe(401);
  });

  it.each([{}, { cors: { origin: '*', credentials: true } }, { cors: { origin: true, credentials: true } }])(
    'answers preflights before the guards, whatever enableCors() was given: %j',
    async ({ cors }) => {
      const host = await boot({
        ...MOUNTED,
        configure: (app) => cors && app.enableCors(cors),
      });
      const allowed = await preflight(host, '/docs/user-info', DOCS).expect(204);
      expect(allowed.headers).toMatchObject({
        'access-control-allow-origin': DOCS,
        'access-control-allow-credentials': 'true',
        'access-control-allow-methods': 'GET',
      });
      const refused = await preflight(host, '/docs/user-info', 'https://evil.example').expect(403);
      expect(refused.headers).not.toHaveProperty('access-control-allow-origin');
      const answer = await host.get('/docs/user-info', {
        Origin: 'https://evil.example',
        ...(await cookie()),
      });
      expect(answer.status).toBe(403);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
      expect(host.map).not.toHaveBeenCalled();
    },
  );
});
