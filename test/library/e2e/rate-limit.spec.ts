import { expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import { ADA, bearer, cookie, type Visitor } from '../../support/sessions.support.js';
import { DOCS, OAUTH_PATH, PlainTokenGuard, SESSION_PATH } from '../../support/user-info.support.js';

/** The recipe of the manual: each visitor is counted by themselves. */
@Injectable()
class DocsThrottlerGuard extends ThrottlerGuard {
  protected override async getTracker(request: { user?: Visitor }): Promise<string> {
    return request.user ? `visitor ${request.user.id}` : super.getTracker(request);
  }
}

const LIMIT = 2;
const GRACE: Visitor = { id: 'grace', firstName: 'Grace', roles: [] };

const limited: HostSetup = {
  options: {
    handshakes: {
      jwt: { guards: [AuthGuard('jwt'), DocsThrottlerGuard] },
      sharedSession: { guards: [AuthGuard('jwt'), DocsThrottlerGuard] },
      oauth: { guards: [PlainTokenGuard, DocsThrottlerGuard] },
    },
  },
  host: { imports: [ThrottlerModule.forRoot([{ limit: LIMIT, ttl: 60_000 }])] },
};

describeOnEveryHost('@nestjs/throttler at the routes of the handshakes', ({ boot }) => {
  it('keeps a visitor from /docs-login beyond the limit: 429, no token, and when to come back', async () => {
    const host = await boot(limited);
    const visit = async (visitor: Visitor) => host.get('/docs-login', await bearer(visitor));
    for (let round = 0; round < LIMIT; round += 1) expect((await visit(ADA)).status).toBe(302);
    const refused = await visit(ADA);
    expect(refused.status).toBe(429);
    expect(refused.get('retry-after')).toBe('60');
    expect(refused.get('location')).toBeUndefined();
    expect(refused.get('cache-control')).toBe('no-store');
    expect(refused.get('referrer-policy')).toBe('no-referrer');
    expect(host.map).toHaveBeenCalledTimes(LIMIT);
    expect((await visit(GRACE)).status).toBe(302);
  });

  it.each([
    { route: SESSION_PATH, credentials: () => cookie(), isCredentialed: true },
    {
      route: OAUTH_PATH,
      credentials: () => Promise.resolve({ authorization: 'Bearer ada' }),
      isCredentialed: false,
    },
  ])(
    'lets the docs page read that $route was asked too often',
    async ({ route, credentials, isCredentialed }) => {
      const host = await boot(limited);
      const ask = async () => host.get(route, { Origin: DOCS, ...(await credentials()) });
      const statuses = [(await ask()).status, (await ask()).status];
      expect(statuses).toEqual([200, 200]);
      const refused = await ask();
      expect(refused.status).toBe(429);
      expect(refused.get('retry-after')).toBe('60');
      expect(refused.get('access-control-allow-origin')).toBe(DOCS);
      expect(refused.get('access-control-allow-credentials')).toBe(isCredentialed ? 'true' : undefined);
      expect(refused.get('access-control-expose-headers')).toMatch(/(?:^|, )Retry-After/);
      expect(refused.get('cache-control')).toBe('private, no-store');
      expect(host.map).toHaveBeenCalledTimes(LIMIT);
    },
  );

  it('counts each route by itself, and a page of another origin on nobody’s account', async () => {
    const host = await boot(limited);
    const ask = async (origin: string) => host.get(SESSION_PATH, { Origin: origin, ...(await cookie()) });
    for (let round = 0; round <= LIMIT; round += 1) {
      expect((await ask('https://evil.example')).status).toBe(403);
      await host.get('/docs-login', await bearer());
    }
    expect((await ask(DOCS)).status).toBe(200);
  });

  it('tells a page of another origin nothing, though the limit is reached', async () => {
    const host = await boot(limited);
    for (let round = 0; round <= LIMIT; round += 1)
      await host.get(SESSION_PATH, { Origin: DOCS, ...(await cookie()) });
    const foreign = await host.get(SESSION_PATH, { Origin: 'https://evil.example', ...(await cookie()) });
    expect(foreign.status).toBe(403);
    expect(foreign.get('access-control-allow-origin')).toBeUndefined();
  });
});
