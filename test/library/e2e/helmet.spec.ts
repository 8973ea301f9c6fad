import { expect, it } from '@jest/globals';
import fastifyHelmet from '@fastify/helmet';
import type { INestApplication } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from 'helmet';
import { describeOnEveryHost, type Platform } from '../../support/apps.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import {
  askEveryHandshake,
  EVERY_HANDSHAKE,
  everyHandshakeAnswered,
} from '../../support/handshake-answers.support.js';
import { bearer, cookie } from '../../support/sessions.support.js';
import { BOTH, corsHeaders, DOCS, preflight, SESSION_PATH } from '../../support/user-info.support.js';

/** Helmet's defaults, as its pages for each platform say. */
function useHelmet(platform: Platform): (app: INestApplication) => void {
  return (app) => {
    if (platform === 'Express') app.use(helmet());
    else void (app as NestFastifyApplication).register(fastifyHelmet);
  };
}

describeOnEveryHost('in an app with helmet', ({ boot, platform }) => {
  const configure = useHelmet(platform);

  it('a login leads to the docs, and keeps what helmet adds', async () => {
    const { get } = await boot({ configure });
    const response = await get('/docs-login?redirect=/a', await bearer()).expect(302);
    const { page, token } = readArrival(response.get('location'));
    expect(page).toBe('https://docs.acme.example/a');
    await expect(verifyToken(token)).resolves.toHaveProperty('content.firstName', 'Ada');
    expect(response.get('cache-control')).toBe('no-store');
    expect(response.get('referrer-policy')).toBe('no-referrer');
    expect(response.get('x-content-type-options')).toBe('nosniff');
    expect(response.get('strict-transport-security')).toMatch(/max-age/);
  });

  it('every handshake answers as ever', async () => {
    const host = await boot({ configure, options: EVERY_HANDSHAKE });
    expect(await askEveryHandshake(host)).toEqual(everyHandshakeAnswered());
  });

  it('the docs may read who their visitor is, and why not', async () => {
    const host = await boot({ configure, options: BOTH });
    const readable = ['access-control-allow-credentials', 'access-control-allow-origin'];
    const known = await host.get(SESSION_PATH, { ...(await cookie()), origin: DOCS }).expect(200);
    expect(known.body).toHaveProperty('content.firstName', 'Ada');
    expect(corsHeaders(known)).toEqual(expect.arrayContaining(readable));
    expect(known.get('cache-control')).toBe('private, no-store');
    const stranger = await host.get(SESSION_PATH, { origin: DOCS }).expect(401);
    expect(corsHeaders(stranger)).toEqual(expect.arrayContaining(readable));
    expect((await preflight(host, SESSION_PATH, DOCS)).get('access-control-allow-origin')).toBe(DOCS);
  });
});
