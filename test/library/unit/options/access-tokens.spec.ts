import { describe, expect, it } from '@jest/globals';
import { resolveAccessTokens } from '../../../../libs/mintlify-personalization/src/options/access-tokens.js';
import { MintlifyPersonalizationError } from '../../../../libs/mintlify-personalization/src/errors.js';

const JWT = {
  issuer: 'https://auth.foo.com',
  audience: 'https://api.foo.com',
  jwksUri: 'https://auth.foo.com/jwks',
};
const OPAQUE = {
  issuer: 'https://auth.foo.com',
  requiredScopes: ['docs.user-info'],
  introspection: { endpoint: 'https://auth.foo.com/introspect', clientId: 'api', clientSecret: 'hunter2' },
};
const resolve = (options: object) => resolveAccessTokens(options);
const { introspection } = OPAQUE;

describe('the option accessTokens', () => {
  it('is none by default', () => {
    expect(resolveAccessTokens(undefined)).toBeUndefined();
  });

  it('has defaults for JWTs', () => {
    expect(resolve(JWT)).toEqual({
      ...JWT,
      introspection: undefined,
      algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      typ: 'at+jwt',
      requiredScopes: [],
      clockToleranceSeconds: 5,
      timeoutMs: 2_000,
    });
  });

  it('has defaults for introspection', () => {
    expect(resolve(OPAQUE)).toEqual({
      ...OPAQUE,
      audience: undefined,
      clockToleranceSeconds: 5,
      timeoutMs: 2_000,
    });
  });

  it.each<[string, RegExp, object]>([
    ['nothing in it', /accessTokens\.issuer is missing\. Give the iss/, {}],
    ['a text', /accessTokens must be an object/, 'https://auth.foo.com' as never],
    ['no audience', /accessTokens\.audience is missing/, { ...JWT, audience: undefined }],
    ['an empty audience', /accessTokens\.audience must be a text/, { ...JWT, audience: ' ' }],
    [
      'no keys',
      /accessTokens\.jwksUri is missing\. Give the absolute URL.*or introspection/,
      { ...JWT, jwksUri: undefined },
    ],
    ['keys at a path', /accessTokens\.jwksUri is not an absolute URL/, { ...JWT, jwksUri: '/jwks' }],
    [
      'keys in the clear',
      /accessTokens\.jwksUri must start with https/,
      { ...JWT, jwksUri: 'http://auth.foo.com/jwks' },
    ],
    [
      'a password in an address',
      /accessTokens\.jwksUri holds a user name or a password/,
      { ...JWT, jwksUri: 'https://u:hunter2@auth.foo.com/jwks' },
    ],
    ['an unknown option', /accessTokens\.audiences is not an option/, { ...JWT, audiences: [] }],
    [
      'a symmetric algorithm',
      /accessTokens\.algorithms must be a list of these/,
      { ...JWT, algorithms: ['HS256'] },
    ],
    ['no algorithm at all', /accessTokens\.algorithms must be a list/, { ...JWT, algorithms: [] }],
    ['the algorithm none', /accessTokens\.algorithms must be a list/, { ...JWT, algorithms: ['none'] }],
    ['scopes in one text', /accessTokens\.requiredScopes must be a list/, { ...JWT, requiredScopes: 'a b' }],
    [
      'a scope with a space',
      /accessTokens\.requiredScopes must be a list/,
      { ...JWT, requiredScopes: ['a b'] },
    ],
    [
      'a scope with a quote',
      /accessTokens\.requiredScopes must be a list/,
      { ...JWT, requiredScopes: ['a"'] },
    ],
    [
      'too much tolerance',
      /clockToleranceSeconds must be a whole number from 0 to 60/,
      { ...JWT, clockToleranceSeconds: 61 },
    ],
    ['no time', /timeoutMs must be a whole number from 1 to 60000/, { ...JWT, timeoutMs: 0 }],
    ['two ways at once', /accessTokens\.jwksUri is not an option/, { ...OPAQUE, jwksUri: JWT.jwksUri }],
    ['neither audience nor scopes', /neither audience nor requiredScopes/, { ...OPAQUE, requiredScopes: [] }],
    [
      'no client',
      /accessTokens\.introspection\.clientId is missing/,
      { ...OPAQUE, introspection: { ...introspection, clientId: undefined } },
    ],
    [
      'no secret',
      /accessTokens\.introspection\.clientSecret is missing/,
      { ...OPAQUE, introspection: { ...introspection, clientSecret: undefined } },
    ],
    [
      'an endpoint in the clear',
      /introspection\.endpoint must start with https/,
      { ...OPAQUE, introspection: { ...introspection, endpoint: 'http://auth.foo.com/x' } },
    ],
    [
      'no endpoint',
      /accessTokens\.introspection\.endpoint is missing/,
      { ...OPAQUE, introspection: { ...introspection, endpoint: undefined } },
    ],
    [
      'a part that is not known',
      /accessTokens\.introspection\.secret is not an option/,
      { ...OPAQUE, introspection: { ...introspection, secret: 'hunter2' } },
    ],
  ])('is refused with %s, and no secret is repeated', (_, message, options) => {
    expect(() => resolve(options)).toThrow(MintlifyPersonalizationError);
    expect(() => resolve(options)).toThrow(message);
    expect(() => resolve(options)).not.toThrow('hunter2');
  });
});
