import { describe, expect, it } from '@jest/globals';
import type { MintlifyPersonalizationConfiguration } from 'nestjs-mintlify-personalization';
import { resolveOptions } from '../../../../libs/mintlify-personalization/src/options/app-options.js';
import { errorOf } from '../../../support/modules.support.js';

const resolve = (options: object) => resolveOptions(options as MintlifyPersonalizationConfiguration);

describe('mode', () => {
  it.each(['personalization', 'authentication'] as const)('is %s where that is said', (mode) => {
    expect(resolve({ docsUrl: 'https://docs.foo.com', mode }).mode).toBe(mode);
  });

  it.each([
    'https://docs.foo.com/',
    'https://docs.foo.com//',
    'https://docs.foo.com:8443/',
    'http://localhost:3001/',
  ])('authentication takes docs on an origin of their own, with a slash behind it or none: %s', (docsUrl) => {
    const { docs } = resolve({ docsUrl, mode: 'authentication' });
    expect(docs.basePath).toBe('');
    expect(docs.origin).toBe(new URL(docsUrl).origin);
  });

  it.each([
    ['https://foo.com/docs', '/docs'],
    ['https://foo.com/docs/', '/docs'],
    ['https://foo.com/a/b', '/a/b'],
  ])('authentication refuses docs on a base path: %s', async (docsUrl, basePath) => {
    expect(await errorOf(() => resolve({ docsUrl, mode: 'authentication' }))).toMatchObject({
      code: 'invalid_option',
      message:
        `docsUrl has the base path ${basePath}, which mode 'authentication' does not support. ` +
        'Move the private docs to their own origin, for example "https://docs.foo.com".',
    });
  });

  it.each([
    ['the base path is the tenant’s', { mode: 'authentication' }, { docsUrl: 'https://acme.com/docs' }],
    ['the mode is the tenant’s', { docsUrl: 'https://foo.com/docs' }, { mode: 'authentication' }],
  ])('authentication refuses a base path, and names the tenant, where %s', async (_, options, acme) => {
    const all = { docsUrl: 'https://docs.foo.com', ...options, tenants: { acme } };
    expect(await errorOf(() => resolve(all))).toMatchObject({
      code: 'invalid_option',
      tenantId: 'acme',
      message: expect.stringMatching(/^Tenant "acme": docsUrl has the base path \/docs, which mode/),
    });
  });

  it('of a tenant may be another than that of the default docs site', () => {
    const { mode, tenants } = resolve({
      docsUrl: 'https://foo.com/docs',
      tenants: { acme: { docsUrl: 'https://docs.acme.com', mode: 'authentication' }, foo: {} },
    });
    expect([mode, tenants.get('acme')?.mode, tenants.get('foo')?.mode]).toEqual([
      'personalization',
      'authentication',
      'personalization',
    ]);
  });
});
