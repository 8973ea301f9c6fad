import { KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type Arbitrary, assert, constantFrom, property, record } from 'fast-check';
import {
  MintlifyPersonalizationError,
  type DocsSiteOptions,
  type MintlifyPersonalizationConfiguration,
  type TenantOptions,
} from 'nestjs-mintlify-personalization';
import { resolveOptions } from '../../../../libs/mintlify-personalization/src/options/app-options.js';
import type { ResolvedSiteOptions } from '../../../../libs/mintlify-personalization/src/options/site-options.js';
import { errorOf } from '../../../support/modules.support.js';

const DEFAULT_SITE: Required<DocsSiteOptions> = {
  docsUrl: 'https://docs.foo.com',
  mode: 'authentication',
  signingKey: 'the key of the default site',
  signingKeyMaxAgeSeconds: 60,
  keyId: 'default-1',
  tokenLifetimeSeconds: 9,
  sessionLifetimeSeconds: 1_000,
  claims: { aud: true, iat: false },
  additionalDocsOrigins: ['https://preview.foo.com'],
  apiUrl: 'https://api.foo.com',
  loginUrl: 'https://foo.com/login',
  returnToParameter: 'back',
  discovery: { domain: 'foo', apiKey: 'mint_dsc_foo' },
};
const OWN_SITE: Required<DocsSiteOptions> = {
  docsUrl: 'https://docs.acme.example',
  mode: 'personalization',
  signingKey: 'the key of acme',
  signingKeyMaxAgeSeconds: 61,
  keyId: 'acme-1',
  tokenLifetimeSeconds: 8,
  sessionLifetimeSeconds: 2_000,
  claims: { jti: true },
  additionalDocsOrigins: ['https://preview.acme.example'],
  apiUrl: 'https://api.acme.example/v1',
  loginUrl: 'https://acme.example/login',
  returnToParameter: 'next',
  discovery: { domain: 'acme', apiKey: 'mint_dsc_acme' },
};
// `discovery` belongs to its docs site: it has a test of its own.
const NAMES = Object.keys(OWN_SITE).filter((name) => name !== 'discovery') as (keyof DocsSiteOptions)[];

/** `acme` among the resolved tenants. */
function resolveAcme(acme: TenantOptions, defaults: Partial<DocsSiteOptions> = {}): ResolvedSiteOptions {
  const options = { ...DEFAULT_SITE, ...defaults, tenants: { acme } };
  const resolved = resolveOptions(options).tenants.get('acme');
  if (resolved === undefined) throw new Error('acme is not there.');
  return resolved;
}

function mistakeOf(options: unknown): Promise<unknown> {
  return errorOf(() =>
    resolveOptions({ ...DEFAULT_SITE, ...(options as Partial<MintlifyPersonalizationConfiguration>) }),
  );
}

describe("A tenant's options", () => {
  it('are all its own where it sets them all', () => {
    expect(resolveAcme(OWN_SITE)).toStrictEqual({
      docs: { origin: 'https://docs.acme.example', host: 'docs.acme.example', basePath: '' },
      mode: 'personalization',
      signingKey: 'the key of acme',
      signingKeyMaxAgeSeconds: 61,
      keyId: 'acme-1',
      tokenLifetimeSeconds: 8,
      sessionLifetimeSeconds: 2_000,
      claims: { iat: true, jti: true, aud: false },
      additionalDocsOrigins: ['https://preview.acme.example'],
      apiUrl: 'https://api.acme.example',
      loginUrl: 'https://acme.example/login',
      returnToParameter: 'next',
      discovery: {
        domain: 'acme',
        apiKey: expect.any(KeyObject),
        baseUrl: 'https://api.mintlify.com/discovery',
      },
    });
  });

  it('are those of the default docs site where it sets none', () => {
    const { tenants, resolveTenant, ...resolved } = resolveOptions(DEFAULT_SITE);
    expect(resolved).toMatchObject(resolveAcme({}));
    expect(resolveAcme({})).toMatchObject({ mode: 'authentication', keyId: 'default-1' });
    expect(resolveTenant('acme', {})).toStrictEqual(resolveAcme({}));
    expect(tenants.size).toBe(0);
  });

  it('fall back one by one, each as a whole, also where undefined stands', () => {
    const own = resolveAcme(OWN_SITE);
    const defaults = resolveAcme({});
    const given = record(
      Object.fromEntries(NAMES.map((name) => [name, constantFrom(undefined, OWN_SITE[name])])),
      { requiredKeys: [] },
    ) as Arbitrary<TenantOptions>;
    assert(
      property(given, (acme) => {
        const resolved = resolveAcme(acme);
        for (const name of NAMES) {
          const isOwn = acme[name] !== undefined;
          const place = name === 'docsUrl' ? 'docs' : name;
          // The default's keyId names the default's key alone.
          const isNameless = name === 'keyId' && !isOwn && acme.signingKey !== undefined;
          expect(resolved[place]).toStrictEqual(isNameless ? undefined : (isOwn ? own : defaults)[place]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are searched by their own settings: those of the default docs site are not for another one', () => {
    expect(resolveAcme({ docsUrl: OWN_SITE.docsUrl }).discovery).toBeUndefined();
    expect(resolveAcme({ loginUrl: OWN_SITE.loginUrl }).discovery).toMatchObject({ domain: 'foo' });
    const { discovery } = OWN_SITE;
    expect(resolveAcme({ docsUrl: OWN_SITE.docsUrl, discovery }).discovery).toMatchObject({ domain: 'acme' });
  });

  it('take over no part of a claims object of the default docs site', () => {
    expect(resolveAcme({ claims: {} }).claims).toEqual({ iat: true, jti: false, aud: false });
  });

  it("name the default's key anew with a keyId of the tenant's own", () => {
    expect(resolveAcme({ keyId: 'acme-7' })).toMatchObject({
      signingKey: 'the key of the default site',
      keyId: 'acme-7',
    });
  });

  it('are not those of the tenant before', () => {
    const { tenants } = resolveOptions({ ...DEFAULT_SITE, tenants: { acme: OWN_SITE, zeta: {} } });
    expect(tenants.get('zeta')).toStrictEqual(resolveAcme({}));
    expect([...tenants.keys()]).toEqual(['acme', 'zeta']);
  });

  it("are a copy: the caller's objects are neither changed nor looked at again", () => {
    const acme: TenantOptions = { claims: { jti: true }, tokenLifetimeSeconds: 3 };
    const options = { ...DEFAULT_SITE, tenants: { acme } };
    const before = structuredClone(options);
    const { tenants, resolveTenant } = resolveOptions(options);
    expect(options).toStrictEqual(before);
    Object.assign(acme.claims ?? {}, { jti: false });
    acme.tokenLifetimeSeconds = 60;
    Object.assign(options, { loginUrl: 'https://evil.example', docsUrl: 'https://evil.example' });
    expect(tenants.get('acme')).toMatchObject({ tokenLifetimeSeconds: 3, claims: { jti: true } });
    expect(resolveTenant('zeta', {})).toStrictEqual(resolveAcme({}));
    expect(Object.isFrozen(tenants.get('acme'))).toBe(true);
  });

  it.each<[string, unknown, RegExp]>([
    ['an unknown name', { colour: 'red' }, /colour is not an option\. Use one of docsUrl/],
    [
      'a misspelt name',
      { docsURL: 'https://a.example' },
      /docsURL is not an option\. Did you mean docsUrl\?/,
    ],
    ['an option of the whole app', { userLimits: {} }, /userLimits is not an option/],
    ['tenants of its own', { tenants: {} }, /tenants is not an option/],
    ['a static option', { claimMapper: Map }, /claimMapper is not an option/],
    ['an address in the clear', { docsUrl: 'http://docs.acme.example' }, /docsUrl must start with https/],
    ['an empty address', { docsUrl: '' }, /docsUrl is missing or empty/],
    ['null for an address', { docsUrl: null }, /docsUrl is missing or empty/],
    ['another mode', { mode: 'public' }, /mode must be 'personalization'/],
    [
      'a base path in private docs',
      { docsUrl: 'https://acme.example/docs' },
      /base path \/docs.*authentication/,
    ],
    ['a lifetime of a minute', { tokenLifetimeSeconds: 60 }, /tokenLifetimeSeconds.*from 1 to 10/],
    ['a session of ever', { sessionLifetimeSeconds: 1e12 }, /sessionLifetimeSeconds.*from 1 to/],
    ['an old key', { signingKeyMaxAgeSeconds: 0 }, /signingKeyMaxAgeSeconds.*from 1 to 86400/],
    ['an empty key id', { keyId: ' ' }, /keyId must be a non-empty string/],
    ['a claim of its own', { claims: { host: true } }, /claims\.host is not an option/],
    ['a claim that is no choice', { claims: { jti: 'yes' } }, /claims\.jti must be true or false/],
    ['a script to log in', { loginUrl: 'javascript:1' }, /loginUrl must start with https/],
    ['a login page in the clear', { loginUrl: 'http://acme.example' }, /loginUrl must start with https/],
    ['an empty parameter', { returnToParameter: '' }, /returnToParameter must be a non-empty string/],
    [
      'a key id beside a function',
      { keyId: 'a', signingKey: () => '' },
      /keyId cannot be combined with a signingKey/,
    ],
    ['nothing', undefined, /The options must be an object with docsUrl/],
    ['null', null, /The options must be an object/],
    ['a text', 'https://docs.acme.example', /The options must be an object/],
    ['a list', [], /The options must be an object/],
  ])('are refused with the name of the tenant: %s', async (_, acme, message) => {
    const named: unknown = expect.stringMatching(
      new RegExp(`^Tenant "acme": .*${message.source}`, message.flags),
    );
    const expected = { code: 'invalid_option', tenantId: 'acme', message: named };
    expect(await mistakeOf({ tenants: { zeta: {}, acme } })).toMatchObject(expected);
    const { resolveTenant } = resolveOptions(DEFAULT_SITE);
    expect(await errorOf(() => resolveTenant('acme', acme))).toMatchObject(expected);
  });

  it('are refused where a keyId would name every key of a function of the default site', async () => {
    const signingKey = (): string => 'key';
    expect(
      await mistakeOf({ signingKey, keyId: undefined, tenants: { acme: { keyId: 'acme-1' } } }),
    ).toMatchObject({ tenantId: 'acme', message: expect.stringContaining('keyId cannot be combined') });
  });

  it('are not blamed for a mistake in the default docs site', async () => {
    const error = await mistakeOf({ tokenLifetimeSeconds: 60, tenants: { acme: {} } });
    expect(error).toBeInstanceOf(MintlifyPersonalizationError);
    expect((error as Error).message).toMatch(/^tokenLifetimeSeconds/);
    expect(error).not.toHaveProperty('tenantId');
  });
});

describe('The option tenants', () => {
  it.each<[string, unknown]>([
    ['null', null],
    ['a list', [{ id: 'acme' }]],
    ['a Map', new Map([['acme', {}]])],
    ['a text', 'acme'],
    ['a number', 5],
  ])('is an object by tenant id, and not %s', async (_, tenants) => {
    expect(await mistakeOf({ tenants })).toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('tenants must be an object with options by tenant id'),
    });
  });

  it.each(['Acme', '', 'a b', 'acme.example', 'constructor', '__proto__', 'a'.repeat(65)])(
    'refuses the id %j',
    async (id) => {
      const tenants: unknown = JSON.parse(`{ ${JSON.stringify(id)}: {} }`);
      expect(await mistakeOf({ tenants })).toMatchObject({
        code: 'invalid_option',
        message: expect.stringContaining(`tenants has the tenant id "${id}"`),
      });
    },
  );

  it('may be an object without a prototype, and takes nothing from one', () => {
    const bare = Object.assign(Object.create(null) as object, { acme: OWN_SITE });
    expect([...resolveOptions({ ...DEFAULT_SITE, tenants: bare as never }).tenants.keys()]).toEqual(['acme']);
    const inheriting = Object.create({ zeta: OWN_SITE }) as Record<string, TenantOptions>;
    expect(resolveOptions({ ...DEFAULT_SITE, tenants: inheriting }).tenants.size).toBe(0);
  });

  it.each<[string, unknown]>([
    ['tenantTimeoutMs', 0],
    ['tenantTimeoutMs', 60_001],
    ['tenantMaxAgeSeconds', 0],
    ['tenantMaxAgeSeconds', 86_401],
    ['tenantMaxAgeSeconds', 0.5],
    ['maxCachedTenants', 0],
    ['maxCachedTenants', 1_000_001],
    ['maxCachedTenants', Infinity],
    ['maxCachedTenants', '100'],
  ])('has beside it %s, which is not %p', async (name, value) => {
    expect(await mistakeOf({ [name]: value })).toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(new RegExp(`^${name} must be a whole number from 1 to`)),
    });
  });
});
