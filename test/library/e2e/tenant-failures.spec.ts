import { expect, it } from '@jest/globals';
import type { TenantOptions } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, type Host } from '../../support/apps.support.js';
import { readArrival } from '../../support/docs-arrival.support.js';
import { ADA, bearer } from '../../support/sessions.support.js';
import { docsOf, resolverOf, sourceOf } from '../../support/tenants.support.js';

const never = (): Promise<never> => new Promise(() => {});
const away = (): Promise<never> => Promise.reject(new Error('The database db-7 is away.'));

const byFirstName = resolverOf((visitor) => (visitor as { firstName: string }).firstName);
const visit = async (host: Host, tenant: string) =>
  host.get('/docs-login', await bearer({ ...ADA, firstName: tenant }));

describeOnEveryHost('docs login when something about tenants fails', ({ boot }) => {
  it('is 500 when the tenant resolver throws, with the kind of error in the log alone', async () => {
    const host = await boot({ options: { tenantResolver: resolverOf(away), loginUrl: '/login' } });
    const response = await visit(host, 'acme');
    expect([response.status, response.body]).toEqual([
      500,
      { statusCode: 500, code: 'tenant_resolver_failed' },
    ]);
    expect(response.get('location')).toBeUndefined();
    expect(response.get('retry-after')).toBeUndefined();
    expect(response.get('cache-control')).toBe('no-store');
    expect(host.logs.text).toMatch(/error The tenant resolver threw an error/);
    expect(host.logs.text).toMatch(/Caused by: Error\n\s+at /);
    expect(host.logs.text).not.toContain('db-7');
    expect(host.map).not.toHaveBeenCalled();
  });

  it('is 503, to be tried again, when the tenant resolver hangs', async () => {
    const host = await boot({ options: { tenantResolver: resolverOf(never), tenantTimeoutMs: 20 } });
    const response = await visit(host, 'acme');
    expect([response.status, response.body]).toEqual([
      503,
      { statusCode: 503, code: 'tenant_resolver_timeout' },
    ]);
    expect(response.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(response.get('cache-control')).toBe('no-store');
  });

  it.each<[string, () => unknown, number, string]>([
    ['throws', away, 503, 'tenant_source_failed'],
    ['hangs', never, 503, 'tenant_source_timeout'],
    ['gives a key function that fails', () => ({ signingKey: away }), 503, 'signing_key_unavailable'],
    ['gives a wrong option', () => ({ tokenLifetimeSeconds: 60 }), 500, 'invalid_option'],
    ['gives a wrong key', () => ({ signingKey: 'topsecret' }), 500, 'invalid_signing_key'],
    ['knows no such tenant', () => undefined, 404, 'unknown_tenant'],
  ])('is for one tenant alone when the tenant source %s about it', async (_, load, statusCode, code) => {
    const answers: ((id: string) => unknown)[] = [load, docsOf];
    const tenantSource = sourceOf((id) => (id === 'acme' ? answers.shift()?.(id) : docsOf(id)));
    const options = { tenantResolver: byFirstName, tenantSource, tenantTimeoutMs: 20, loginUrl: '/login' };
    const host = await boot({ options });
    const [broken, sound] = await Promise.all([visit(host, 'acme'), visit(host, 'zeta')]);
    expect([broken.status, broken.body]).toEqual([statusCode, { statusCode, code }]);
    expect(broken.get('location')).toBeUndefined();
    expect(broken.get('cache-control')).toBe('no-store');
    expect(broken.get('retry-after') !== undefined).toBe(statusCode === 503);
    expect(readArrival(sound.get('location')).page).toBe('https://docs.zeta.example/');
    // A tenant that does not exist may be anybody's doing, and is no error of the app's.
    expect(host.logs.text).toContain(`${statusCode === 404 ? 'warn' : 'error'} Tenant "acme": `);
    expect(host.logs.text).not.toMatch(/Tenant "zeta"|topsecret/);
    // What failed is not kept.
    expect(readArrival((await visit(host, 'acme')).get('location')).page).toBe('https://docs.acme.example/');
  });

  it('says in the log which option of which tenant of the source is wrong', async () => {
    const tenantSource = sourceOf((): TenantOptions => ({ docsUrl: 'http://docs.acme.example' }));
    const host = await boot({ options: { tenantResolver: byFirstName, tenantSource } });
    expect((await visit(host, 'acme')).status).toBe(500);
    expect(host.logs.text).toMatch(/error Tenant "acme": docsUrl must start with https:\/\//);
  });
});
