import type { DocsSiteOptions, ViewAsPolicy } from 'nestjs-mintlify-personalization';
import { DEFAULT_USER_LIMITS } from '../../libs/mintlify-personalization/src/options/user-limits.js';
import { docsKeys, spki } from './keys.support.js';
import { PrincipalIsTenant, WhoseMapper } from './tenants.support.js';
import { SCALAR_SECRET } from './webhooks.support.js';
import type { Kind, Options } from './wrong-values.support.js';

/** One option: where it is, and which kinds of values it may take, so that they are no mistake. */
export interface Place {
  readonly path: string;
  readonly takes: readonly Kind[];
  /** What the message must match, where that is not the path. */
  readonly named?: RegExp;
  readonly base?: Options;
}

const TEXT: Kind[] = ['text'];

/** Kinds that some options take. */
export const FUNCTIONS: Kind[] = [
  'arrow',
  'function',
  'class',
  'generator',
  'hostileFunction',
  'revokedFunction',
];
export const CLASSES: Kind[] = ['function', 'class'];
const OBJECT: Kind[] = ['empty'];
export const LIST: Kind[] = ['list'];

const ACCESS_TOKENS = {
  issuer: 'https://auth.foo.com',
  audience: 'https://api.foo.com',
  jwksUri: 'https://auth.foo.com/jwks',
};
export const INTROSPECTED = {
  issuer: 'https://auth.foo.com',
  audience: 'https://api.foo.com',
  introspection: { endpoint: 'https://auth.foo.com/introspect', clientId: 'api', clientSecret: 'secret' },
};
const DISCOVERY = { domain: 'foo', apiKey: 'mint_dsc_foo' };
const VIEW_AS = { guards: [], origins: ['https://app.foo.com'] };
export const BASE: Options = {
  docsUrl: 'https://docs.foo.com',
  signingKey: docsKeys.privateKey,
  claimMapper: WhoseMapper,
  tenantResolver: PrincipalIsTenant,
  discovery: DISCOVERY,
  tenants: { acme: { docsUrl: 'https://docs.acme.example', discovery: DISCOVERY } },
  handshakes: {
    jwt: { guards: [] },
    sharedSession: { guards: [] },
    oauth: { guards: [] },
    viewAs: VIEW_AS,
    scalar: { secrets: [SCALAR_SECRET], findPrincipal: () => undefined },
    tokenClaims: { secrets: [SCALAR_SECRET], findPrincipal: () => undefined, source: 'id_token' },
  },
  viewAs: class implements ViewAsPolicy {
    canViewAs = () => false;
    loadPrincipal = () => undefined;
  },
  accessTokens: ACCESS_TOKENS,
  previewOrigins: { suffix: '.mintlify.app', publicKeys: [spki()] },
  imports: [],
  additionalDocsOrigins: [],
};

const at = (path: string, takes: readonly Kind[] = [], rest: Partial<Place> = {}): Place => ({
  path,
  takes,
  ...rest,
});

export const SITE: Record<keyof DocsSiteOptions, Kind[]> = {
  docsUrl: TEXT,
  mode: [],
  // A function gives a key later, so it is no mistake yet.
  signingKey: FUNCTIONS,
  signingKeyMaxAgeSeconds: [],
  keyId: TEXT,
  tokenLifetimeSeconds: [],
  sessionLifetimeSeconds: [],
  claims: OBJECT,
  additionalDocsOrigins: LIST,
  apiUrl: ['text', 'false'],
  loginUrl: TEXT,
  returnToParameter: TEXT,
  discovery: [],
};
const SITE_PLACES: Place[] = [
  ...Object.entries(SITE).map(([name, takes]) => at(name, takes)),
  at('additionalDocsOrigins[0]'),
  ...['domain', 'apiKey', 'baseUrl'].map((name) => at(`discovery.${name}`, name === 'domain' ? TEXT : [])),
  ...['iat', 'jti', 'aud'].map((name) => at(`claims.${name}`, ['true', 'false'])),
];
const HANDSHAKE_PLACES = ['jwt', 'sharedSession', 'oauth', 'viewAs'].flatMap((name) => [
  // It has a required option.
  at(`handshakes.${name}`, name === 'viewAs' ? ['false'] : ['empty', 'false']),
  at(`handshakes.${name}.path`, TEXT),
  at(`handshakes.${name}.guards`, LIST),
  // A class may have its method as a field.
  at(`handshakes.${name}.guards[0]`, ['class']),
  at(`handshakes.${name}.version`, ['text', 'list']),
  at(`handshakes.${name}.principal`, ['arrow', 'function', 'class', 'generator']),
  at(`handshakes.${name}.decorators`, LIST),
  at(`handshakes.${name}.decorators[0]`),
]);
const APP_PLACES = [
  at('handshakes.jwt.singlePageApp'),
  at('handshakes.jwt.singlePageApp.origins'),
  at('handshakes.jwt.singlePageApp.origins[0]'),
  at('handshakes.viewAs.origins', ['arrow', 'function', 'class', 'generator']),
  at('handshakes.viewAs.origins[0]'),
  at('handshakes.scalar', ['false']),
  at('handshakes.scalar.path', TEXT),
  // A function is called at start, and may give any of them.
  at('handshakes.scalar.secrets', FUNCTIONS),
  at('handshakes.scalar.secrets[0]'),
  at('handshakes.scalar.findPrincipal', FUNCTIONS),
  at('handshakes.scalar.timeoutMs'),
  at('handshakes.scalar.version', ['text', 'list']),
  at('handshakes.scalar.decorators', LIST),
  at('handshakes.scalar.decorators[0]'),
  at('handshakes.tokenClaims', ['false']),
  at('handshakes.tokenClaims.path', TEXT),
  at('handshakes.tokenClaims.secrets', FUNCTIONS),
  at('handshakes.tokenClaims.secrets[0]'),
  at('handshakes.tokenClaims.findPrincipal', FUNCTIONS),
  at('handshakes.tokenClaims.timeoutMs'),
  at('handshakes.tokenClaims.version', ['text', 'list']),
  at('handshakes.tokenClaims.decorators', LIST),
  at('handshakes.tokenClaims.decorators[0]'),
  at('handshakes.tokenClaims.source'),
  at('handshakes.tokenClaims.groupsClaim', TEXT),
  at('handshakes.tokenClaims.groupsDelimiter', ['text', 'blank']),
];
export const PLACES: Place[] = [
  ...SITE_PLACES,
  ...APP_PLACES,
  at('handshakes', OBJECT),
  ...HANDSHAKE_PLACES,
  ...['claimMapper', 'tenantResolver', 'tenantSource', 'viewAs', 'auditSink'].map((name) =>
    at(name, CLASSES),
  ),
  at('imports', LIST),
  at('imports[0]', [...CLASSES, 'promise']),
  at('isGlobal', ['true', 'false']),
  ...['tenantTimeoutMs', 'tenantMaxAgeSeconds', 'maxCachedTenants', 'mapperTimeoutMs', 'signerTimeoutMs'].map(
    (name) => at(name),
  ),
  ...['maxRedirectUrlLength', 'maxConcurrentHandshakes', 'maxConcurrentHandshakesPerTenant'].map((name) =>
    at(name),
  ),
  at('userLimits', OBJECT),
  ...Object.keys(DEFAULT_USER_LIMITS).map((name) => at(`userLimits.${name}`)),
  at('schemaViolations'),
  at('playgroundKeys', OBJECT),
  ...['onFailure', 'timeoutMs', 'renewBeforeSeconds', 'maxVisitors', 'store'].map((name) =>
    at(`playgroundKeys.${name}`),
  ),
  at('playgroundKeys.limitExpiresAt', ['true', 'false']),
  at('playgroundKeys.secret', TEXT),
  at('previewOrigins'),
  ...['suffix', 'publicKeys', 'maxSeconds', 'timeoutMs', 'store'].map((name) => at(`previewOrigins.${name}`)),
  at('audit', OBJECT),
  at('audit.subject', FUNCTIONS),
  at('audit.subjectKey', TEXT),
  at('accessTokens'),
  ...['issuer', 'audience', 'jwksUri', 'typ'].map((name) => at(`accessTokens.${name}`, TEXT)),
  at('accessTokens.algorithms'),
  at('accessTokens.requiredScopes', LIST),
  at('accessTokens.requiredScopes[0]', TEXT, { named: /accessTokens\.requiredScopes/ }),
  ...['clockToleranceSeconds', 'timeoutMs'].map((name) => at(`accessTokens.${name}`)),
  at('accessTokens.introspection'),
  at('accessTokens.audience', TEXT, { base: { accessTokens: INTROSPECTED } }),
  ...['endpoint', 'clientId', 'clientSecret'].map((name) =>
    at(`accessTokens.introspection.${name}`, TEXT, { base: { accessTokens: INTROSPECTED } }),
  ),
  at('tenants', ['empty', 'filled'], { named: /tenants|^Tenant "/ }),
  at('tenants.acme', OBJECT, { named: /Tenant "acme"|tenants\.acme/ }),
  ...SITE_PLACES.map(({ path, takes }) =>
    at(`tenants.acme.${path}`, takes, { named: new RegExp(`^Tenant "acme": .*${escapePath(path)}`) }),
  ),
];

/** A path as a regular expression has it. */
export function escapePath(path: string): string {
  return path.replaceAll(/[.[\]]/g, String.raw`\$&`);
}
