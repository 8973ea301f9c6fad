import { KeyObject } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  MintlifyPersonalizationError,
  type MintlifyPersonalizationConfiguration,
} from 'nestjs-mintlify-personalization';
import { resolveOptions } from '../../../../libs/mintlify-personalization/src/options/app-options.js';
import { pkcs8, spki } from '../../../support/keys.support.js';

const DOCS = { docsUrl: 'https://docs.foo.com' };
const PREVIEWS = { suffix: '.mintlify.app', publicKeys: [spki()] };

/** What is wrong with options that no type checker has seen. */
function mistakeOf(options: unknown): string {
  try {
    resolveOptions(options as MintlifyPersonalizationConfiguration);
  } catch (error) {
    if (error instanceof MintlifyPersonalizationError && error.code === 'invalid_option')
      return error.message;
    throw error;
  }
  return 'none';
}

describe('resolveOptions', () => {
  it('fills in every default', () => {
    expect(resolveOptions(DOCS)).toStrictEqual({
      docs: { origin: 'https://docs.foo.com', host: 'docs.foo.com', basePath: '' },
      mode: 'personalization',
      signingKey: undefined,
      signingKeyMaxAgeSeconds: 300,
      keyId: undefined,
      tokenLifetimeSeconds: 10,
      sessionLifetimeSeconds: 1_209_600,
      additionalDocsOrigins: [],
      apiUrl: undefined,
      accessTokens: undefined,
      claims: { iat: true, jti: false, aud: false },
      loginUrl: undefined,
      returnToParameter: 'returnTo',
      discovery: undefined,
      tenants: new Map(),
      resolveTenant: expect.any(Function),
      tenantTimeoutMs: 2_000,
      tenantMaxAgeSeconds: 300,
      maxCachedTenants: 10_000,
      mapperTimeoutMs: 2_000,
      signerTimeoutMs: 2_000,
      userLimits: {
        maxGroups: 1_000,
        maxGroupLength: 256,
        maxContentKeys: 100,
        maxDepth: 20,
        maxValues: 5_000,
        maxJsonBytes: 65_536,
        maxExpiresInDays: 400,
      },
      maxRedirectUrlLength: 7_168,
      maxConcurrentHandshakes: 1_000,
      maxConcurrentHandshakesPerTenant: 1_000,
      schemaViolations: 'refuse',
      previewOrigins: undefined,
      playgroundKeys: {
        onFailure: 'omit',
        timeoutMs: 2_000,
        renewBeforeSeconds: 60,
        limitExpiresAt: true,
        maxVisitors: 10_000,
        store: undefined,
        secret: expect.any(KeyObject),
      },
      audit: { subject: expect.any(Function), subjectKey: expect.any(KeyObject) },
    });
  });

  it('takes undefined for left out, as environment variables give it', () => {
    const { docs, resolveTenant, audit, playgroundKeys, ...defaults } = resolveOptions(DOCS);
    const names = [...Object.keys(defaults), 'audit', 'playgroundKeys'];
    const options = Object.fromEntries(names.map((name) => [name, undefined]));
    expect(resolveOptions({ ...options, ...DOCS })).toStrictEqual({
      ...defaults,
      docs,
      resolveTenant: expect.any(Function),
      audit: { ...audit, subjectKey: expect.any(KeyObject) },
      playgroundKeys: { ...playgroundKeys, secret: expect.any(KeyObject) },
    });
    const ofSite = { docsUrl: undefined, keyId: undefined, loginUrl: undefined };
    expect(resolveTenant('acme', ofSite)).toStrictEqual(resolveTenant('acme', {}));
  });

  it('keeps what it is given', () => {
    const store = { read: () => undefined, write: () => undefined };
    const options: MintlifyPersonalizationConfiguration = {
      docsUrl: 'https://foo.com/docs',
      mode: 'personalization',
      signingKey: 'a key',
      signingKeyMaxAgeSeconds: 86_400,
      keyId: '2027',
      tokenLifetimeSeconds: 1,
      sessionLifetimeSeconds: 60,
      claims: { iat: false, jti: true, aud: true },
      additionalDocsOrigins: ['https://preview.foo.com', 'http://localhost:3001'],
      apiUrl: 'https://api.foo.com',
      loginUrl: '/login',
      returnToParameter: 'next',
      discovery: { domain: 'foo', apiKey: 'mint_dsc_foo', baseUrl: 'http://localhost:3001/discovery/' },
      tenantTimeoutMs: 1,
      tenantMaxAgeSeconds: 1,
      maxCachedTenants: 1,
      mapperTimeoutMs: 1,
      signerTimeoutMs: 60_000,
      userLimits: { maxGroups: 1, maxExpiresInDays: 3_650 },
      maxRedirectUrlLength: 65_536,
      maxConcurrentHandshakes: 2,
      maxConcurrentHandshakesPerTenant: 1,
      schemaViolations: 'warn',
      accessTokens: {
        issuer: 'https://auth.foo.com',
        audience: 'https://api.foo.com',
        jwksUri: 'https://auth.foo.com/jwks',
        algorithms: ['ES512'],
        typ: 'JWT',
        requiredScopes: ['docs.user-info'],
        clockToleranceSeconds: 0,
        timeoutMs: 60_000,
      },
      audit: { subjectKey: 'k'.repeat(32) },
      playgroundKeys: { onFailure: 'refuse', timeoutMs: 1, maxVisitors: 1, store, secret: 's'.repeat(32) },
      previewOrigins: { ...PREVIEWS, maxSeconds: 60, timeoutMs: 1, store },
    };
    const {
      docs,
      userLimits,
      tenants,
      resolveTenant: _,
      accessTokens,
      audit,
      playgroundKeys,
      previewOrigins,
      discovery,
      ...resolved
    } = resolveOptions(options);
    expect(accessTokens).toEqual(options.accessTokens);
    expect(audit.subjectKey.export().toString()).toBe('k'.repeat(32));
    expect(playgroundKeys).toMatchObject({ onFailure: 'refuse', store, renewBeforeSeconds: 60 });
    expect(playgroundKeys.secret.export().toString()).toBe('s'.repeat(32));
    expect(previewOrigins).toEqual({
      suffix: ['.mintlify.app'],
      publicKeys: [expect.any(KeyObject)],
      maxSeconds: 60,
      timeoutMs: 1,
      store,
    });
    expect(docs).toEqual({ origin: 'https://foo.com', host: 'foo.com', basePath: '/docs' });
    expect(discovery).toMatchObject({ domain: 'foo', baseUrl: 'http://localhost:3001/discovery' });
    expect(discovery?.apiKey.export().toString()).toBe('mint_dsc_foo');
    expect(tenants.size).toBe(0);
    expect(userLimits).toMatchObject({ maxGroups: 1, maxExpiresInDays: 3_650, maxGroupLength: 256 });
    expect(options).toMatchObject(resolved);
  });

  it('leaves the object that it is given as it was, and shares none of it', () => {
    const options = { ...DOCS, claims: { jti: true }, userLimits: { maxGroups: 5 } };
    const before = structuredClone(options);
    const resolved = resolveOptions(options);
    expect(options).toStrictEqual(before);
    options.claims.jti = false;
    options.userLimits.maxGroups = 6;
    expect(resolved).toMatchObject({ claims: { jti: true }, userLimits: { maxGroups: 5 } });
  });

  it('gives what cannot be changed later', () => {
    const resolved = resolveOptions(DOCS);
    for (const part of [resolved, resolved.docs, resolved.claims, resolved.userLimits]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it.each([
    ['tokenLifetimeSeconds', 1, 10],
    ['signingKeyMaxAgeSeconds', 1, 86_400],
    ['tenantTimeoutMs', 1, 60_000],
    ['tenantMaxAgeSeconds', 1, 86_400],
    ['maxCachedTenants', 1, 1_000_000],
    ['mapperTimeoutMs', 1, 60_000],
    ['signerTimeoutMs', 1, 60_000],
    ['maxRedirectUrlLength', 256, 65_536],
    ['maxConcurrentHandshakes', 1, 1_000_000],
  ])('takes for %s whole numbers from %i to %i and nothing else', (name, min, max) => {
    for (const value of [min, max]) expect(mistakeOf({ ...DOCS, [name]: value })).toBe('none');
    for (const value of [
      min - 1,
      max + 1,
      min + 0.5,
      Number.NaN,
      Infinity,
      String(min),
      null,
      true,
      5n,
      [],
    ]) {
      expect(mistakeOf({ ...DOCS, [name]: value })).toMatch(
        new RegExp(`^${name} must be a whole number from ${min} to ${max}\\. Leave it out for \\d+\\.$`),
      );
    }
  });

  it.each([
    ['maxGroups', 1_000_000],
    ['maxGroupLength', 1_000_000],
    ['maxContentKeys', 1_000_000],
    ['maxDepth', 100],
    ['maxValues', 1_000_000],
    ['maxJsonBytes', 1_000_000],
    ['maxExpiresInDays', 3_650],
  ])('takes for userLimits.%s whole numbers from 1 to %i and nothing else', (name, max) => {
    for (const value of [1, max]) expect(mistakeOf({ ...DOCS, userLimits: { [name]: value } })).toBe('none');
    for (const value of [0, max + 1, 1.5, '5', null]) {
      expect(mistakeOf({ ...DOCS, userLimits: { [name]: value } })).toContain(
        `userLimits.${name} must be a whole number from 1 to ${max}`,
      );
    }
  });

  it('takes for maxConcurrentHandshakesPerTenant at most maxConcurrentHandshakes, which is its default', () => {
    const options = { ...DOCS, maxConcurrentHandshakes: 50 };
    expect(resolveOptions(options).maxConcurrentHandshakesPerTenant).toBe(50);
    for (const value of [1, 50]) {
      expect(mistakeOf({ ...options, maxConcurrentHandshakesPerTenant: value })).toBe('none');
    }
    for (const value of [0, 51, 1.5, '5', null]) {
      expect(mistakeOf({ ...options, maxConcurrentHandshakesPerTenant: value })).toBe(
        'maxConcurrentHandshakesPerTenant must be a whole number from 1 to 50 (maxConcurrentHandshakes). ' +
          'Leave it out for 50.',
      );
    }
  });

  it('allows no session that is longer than expiresAt may reach', () => {
    const userLimits = { maxExpiresInDays: 1 };
    expect(mistakeOf({ ...DOCS, userLimits, sessionLifetimeSeconds: 86_400 })).toBe('none');
    expect(mistakeOf({ ...DOCS, userLimits, sessionLifetimeSeconds: 86_401 })).toContain(
      'sessionLifetimeSeconds must be a whole number from 1 to 86400 (userLimits.maxExpiresInDays)',
    );
  });

  it('shortens its own default session to what expiresAt may reach', () => {
    const options = { ...DOCS, userLimits: { maxExpiresInDays: 7 } };
    expect(resolveOptions(options).sessionLifetimeSeconds).toBe(7 * 86_400);
    expect(mistakeOf({ ...options, sessionLifetimeSeconds: 0 })).toContain('Leave it out for 604800.');
  });

  it.each([
    ['keyId', 'the default'],
    ['returnToParameter', '"returnTo"'],
  ])('takes for %s texts that are not empty', (name, defaultValue) => {
    for (const value of ['', ' \t', 5, null, {}, ['a']]) {
      expect(mistakeOf({ ...DOCS, [name]: value })).toBe(
        `${name} must be a non-empty string. Leave it out for ${defaultValue}.`,
      );
    }
  });

  it.each([
    ['mode', { mode: 'private' }, "mode must be 'personalization'"],
    ['mode', { mode: null }, "mode must be 'personalization'"],
    ['claims', { claims: true }, 'claims must be an object with iat, jti, aud'],
    ['claims', { claims: null }, 'claims must be an object with iat, jti, aud'],
    ['claims', { claims: ['iat'] }, 'claims must be an object with iat, jti, aud'],
    ['a claim', { claims: { iat: 'yes' } }, 'claims.iat must be true or false'],
    ['a claim', { claims: { jti: null } }, 'claims.jti must be true or false'],
    ['an unknown claim', { claims: { sub: true } }, 'claims.sub is not an option. Use one of iat, jti, aud'],
    ['a misspelt claim', { claims: { IAT: true } }, 'claims.IAT is not an option. Did you mean claims.iat?'],
    [
      'a store without a secret',
      { playgroundKeys: { store: { read: Date.now, write: Date.now } } },
      'secret is missing',
    ],
    ['half a store', { playgroundKeys: { store: { read: Date.now } } }, 'an object with read() and write()'],
    ['a short secret', { playgroundKeys: { secret: 'canary' } }, 'at least 32 characters'],
    [
      'a suffix without a dot',
      { previewOrigins: { suffix: 'mintlify.app' } },
      'previewOrigins.suffix must be the end',
    ],
    ['a suffix of one name', { previewOrigins: { suffix: '.app' } }, 'previewOrigins.suffix must be the end'],
    [
      'a suffix with a wildcard',
      { previewOrigins: { suffix: '.*.app' } },
      'previewOrigins.suffix must be the end',
    ],
    ['no suffix', { previewOrigins: { suffix: [] } }, 'previewOrigins.suffix must be the end'],
    [
      'no public key',
      { previewOrigins: { suffix: '.foo.app', publicKeys: [] } },
      'a list of 1 to 10 public keys',
    ],
    [
      'a private key in place of a public one',
      { previewOrigins: { suffix: '.foo.app', publicKeys: [pkcs8()] } },
      'previewOrigins.publicKeys[0] must be a public key',
    ],
    [
      'half a store of previews',
      { previewOrigins: { ...PREVIEWS, store: { read: Date.now } } },
      'previewOrigins.store must be an object with read() and write()',
    ],
    ['limits', { userLimits: 5 }, 'userLimits must be an object with maxGroups'],
    ['an unknown limit', { userLimits: { maxNames: 1 } }, 'userLimits.maxNames is not an option'],
    ['a misspelt limit', { userLimits: { maxgroups: 1 } }, 'Did you mean userLimits.maxGroups?'],
    ['a misspelt option', { docsURL: 'https://foo.com' }, 'docsURL is not an option. Did you mean docsUrl?'],
    ['an unknown option', { privateKey: 'canary' }, 'privateKey is not an option. Use one of docsUrl, mode'],
    ['static options from a factory', { handshakes: {} }, 'handshakes is a static option'],
    [
      'static options from a factory',
      { claimMapper: undefined },
      'Pass it to forRootAsync() beside the factory',
    ],
    ['static options from a factory', { isGlobal: true }, 'isGlobal is a static option'],
    ['static options from a factory', { imports: [] }, 'imports is a static option'],
  ])('refuses %s: %j', (_, options, says) => {
    const mistake = mistakeOf({ ...DOCS, ...options });
    expect(mistake).toContain(says);
    expect(mistake).not.toContain('canary');
  });

  it.each([[undefined], [null], ['https://docs.foo.com'], [[]]])(
    'refuses %j in the place of options',
    (options) => {
      expect(mistakeOf(options)).toContain('The options must be an object with docsUrl');
    },
  );
});
