import { expect, it, jest } from '@jest/globals';
import type {
  MintlifyUser,
  MintlifyPersonalizationOptions,
  TenantOptions,
  TenantSource,
} from 'nestjs-mintlify-personalization';
import { TenantRegistry } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf } from '../../support/apps.support.js';
import { docsOf, HeaderTenantGuard, PrincipalIsTenant } from '../../support/tenants.support.js';
import { corsHeaders, OAUTH_PATH, preflight, SESSION_PATH } from '../../support/user-info.support.js';

const originOf = (tenantId: string): string => `https://docs.${tenantId}.example`;
const map = jest.fn((principal: unknown) => ({ groups: [String(principal)] }));

/** `acme` and `zeta` are of the options, `globex` and `initech` of the source. */
function options(knowsOrigin?: TenantSource['knowsOrigin']): Partial<MintlifyPersonalizationOptions> {
  const table: Record<string, TenantOptions> = {
    globex: { ...docsOf('globex'), additionalDocsOrigins: ['https://preview.globex.example'] },
    initech: docsOf('initech'),
  };
  class TableSource implements TenantSource {
    load = (id: string): Promise<TenantOptions | undefined> => Promise.resolve(table[id]);
    knowsOrigin = knowsOrigin;
  }
  return {
    docsUrl: 'https://docs.foo.com',
    tenants: { acme: docsOf('acme'), zeta: docsOf('zeta') },
    tenantResolver: PrincipalIsTenant,
    tenantSource: TableSource,
    claimMapper: mapperOf(map),
    handshakes: { sharedSession: { guards: [HeaderTenantGuard] }, oauth: { guards: [HeaderTenantGuard] } },
  };
}

const known = (origin: string): boolean =>
  [originOf('globex'), originOf('initech'), 'https://preview.globex.example'].includes(origin);

describeOnEveryHost('tenants at the user-info routes', ({ boot }) => {
  it('are answered on their own docs, and nowhere else', async () => {
    const host = await boot({ options: options(known) });
    const tenants = ['acme', 'zeta', 'globex', 'initech'];
    for (const route of [SESSION_PATH, OAUTH_PATH]) {
      for (const tenant of tenants) {
        for (const docs of tenants) {
          map.mockClear();
          const answer = await host.get(route, { Origin: originOf(docs), 'X-Tenant': tenant });
          const isOwn = docs === tenant;
          expect([docs, tenant, answer.status]).toEqual([docs, tenant, isOwn ? 200 : 403]);
          expect((answer.body as MintlifyUser).groups).toEqual(isOwn ? [tenant] : undefined);
          expect(answer.get('access-control-allow-origin')).toBe(isOwn ? originOf(tenant) : undefined);
          expect(map).toHaveBeenCalledTimes(isOwn ? 1 : 0);
        }
      }
    }
  });

  it('have additional origins of their own', async () => {
    const host = await boot({ options: options(known) });
    const headers = { Origin: 'https://preview.globex.example' };
    expect((await host.get(SESSION_PATH, { ...headers, 'X-Tenant': 'globex' })).status).toBe(200);
    expect((await host.get(SESSION_PATH, { ...headers, 'X-Tenant': 'initech' })).status).toBe(403);
  });

  it('are known to preflights by the options, and by what the source confirms', async () => {
    const knowsOrigin = jest.fn(known);
    const host = await boot({ options: options(knowsOrigin) });
    for (const tenant of ['acme', 'zeta', 'globex', 'initech']) {
      const answer = await preflight(host, OAUTH_PATH, originOf(tenant));
      expect([answer.status, answer.get('access-control-allow-origin')]).toEqual([204, originOf(tenant)]);
    }
    const refused = await preflight(host, OAUTH_PATH, 'https://evil.example');
    expect([refused.status, corsHeaders(refused)]).toEqual([403, []]);
    await preflight(host, OAUTH_PATH, 'null');
    await preflight(host, OAUTH_PATH, 'HTTPS://DOCS.GLOBEX.EXAMPLE');
    expect(knowsOrigin.mock.calls).toEqual([
      [originOf('globex')],
      [originOf('initech')],
      ['https://evil.example'],
    ]);
  });

  it('are asked about again once they are forgotten', async () => {
    let isKnown = false;
    const knowsOrigin = jest.fn(() => Promise.resolve(isKnown));
    const host = await boot({ options: options(knowsOrigin) });
    expect((await preflight(host, OAUTH_PATH, originOf('globex'))).status).toBe(403);
    isKnown = true;
    expect((await preflight(host, OAUTH_PATH, originOf('globex'))).status).toBe(403);
    host.app.get(TenantRegistry, { strict: false }).invalidate('globex');
    expect((await preflight(host, OAUTH_PATH, originOf('globex'))).status).toBe(204);
    expect(knowsOrigin).toHaveBeenCalledTimes(2);
  });

  it.each<[string, TenantSource['knowsOrigin']]>([
    [
      'throws',
      () => {
        throw new Error('canary: db-7 is away');
      },
    ],
    ['rejects', () => Promise.reject(new Error('canary: db-7 is away'))],
    ['takes too long', () => new Promise(() => undefined)],
  ])(
    'are 503 in preflights where the source %s, and answered where they are known',
    async (_, knowsOrigin) => {
      const host = await boot({ options: { ...options(knowsOrigin), tenantTimeoutMs: 20 } });
      const answer = await preflight(host, OAUTH_PATH, originOf('globex'));
      expect([answer.status, answer.get('retry-after'), corsHeaders(answer)]).toEqual([503, '2', []]);
      expect(answer.text).not.toContain('canary');
      expect((await preflight(host, OAUTH_PATH, originOf('acme'))).status).toBe(204);
      // The source itself still loads the tenant, whose origins decide.
      const user = await host.get(SESSION_PATH, { Origin: originOf('globex'), 'X-Tenant': 'globex' });
      expect([user.status, user.get('access-control-allow-origin')]).toEqual([200, originOf('globex')]);
    },
  );

  it('of a source that knows no origins have no preflight, and their own answers', async () => {
    const host = await boot({ options: options() });
    expect((await preflight(host, OAUTH_PATH, originOf('globex'))).status).toBe(403);
    const own = await host.get(SESSION_PATH, { Origin: originOf('globex'), 'X-Tenant': 'globex' });
    expect([own.status, own.get('access-control-allow-origin')]).toEqual([200, originOf('globex')]);
    const foreign = await host.get(SESSION_PATH, { Origin: 'https://evil.example', 'X-Tenant': 'globex' });
    expect([foreign.status, corsHeaders(foreign)]).toEqual([403, []]);
    const anonymous = await host.get(SESSION_PATH, { Origin: 'https://evil.example' });
    expect([anonymous.status, corsHeaders(anonymous)]).toEqual([401, []]);
  });
});
