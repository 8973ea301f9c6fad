import type { JsonWebKey, KeyObject } from 'node:crypto';
import {
  applyDecorators,
  Injectable,
  SetMetadata,
  type CanActivate,
  type DynamicModule,
} from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { SkipThrottle, Throttle } from '@nestjs/throttler';
import { expectTypeOf } from 'expect-type';
import {
  ClaimMapperFor,
  type ClaimMapperForOptions,
  MintlifyPersonalizationModule,
  type ClaimMapper,
  type DocsSiteOptions,
  type HandshakesOptions,
  type JwtHandshakeOptions,
  type MintlifyPersonalizationComposition,
  type MintlifyPersonalizationConfiguration,
  type MintlifyPersonalizationOptions,
  type MintlifyPersonalizationOptionsFactory,
  type SharedSessionHandshakeOptions,
  type SigningKey,
  type TenantOptions,
  type TenantResolver,
  type TenantSource,
  type TokenSigner,
} from 'nestjs-mintlify-personalization';
import type { COMPOSITION_OPTIONS } from '../../libs/mintlify-personalization/src/options/module-composition.js';
import type { ResolvedJwtHandshake } from '../../libs/mintlify-personalization/src/options/handshakes.js';
import type { ResolvedHandshake } from '../../libs/mintlify-personalization/src/options/resolved-handshake.js';
import type {
  APP_OPTIONS,
  ResolvedOptions,
} from '../../libs/mintlify-personalization/src/options/app-options.js';
import type {
  RequestOptions,
  ResolvedSiteOptions,
  SITE_OPTIONS,
} from '../../libs/mintlify-personalization/src/options/site-options.js';

interface Account {
  readonly id: string;
}

declare class AccountMapper implements ClaimMapper<Account> {
  map(account: Account): { groups: string[] };
}
declare class AccountTenants implements TenantResolver<Account> {
  resolve(account: Account): string | undefined;
}
declare class RequestTenants implements TenantResolver {
  resolve(principal: unknown, request: unknown): Promise<string | undefined>;
}
declare class SettingsSource implements TenantSource {
  load(tenantId: string): Promise<TenantOptions | undefined>;
}
declare class SessionGuard implements CanActivate {
  canActivate(): boolean;
}
@Injectable()
class Settings {
  readonly docsUrl: string = 'https://docs.foo.com';
}
declare class DocsOptions implements MintlifyPersonalizationOptionsFactory {
  createMintlifyPersonalizationOptions(): MintlifyPersonalizationConfiguration;
}
declare const signer: TokenSigner;

const docsUrl = 'https://docs.foo.com';

expectTypeOf<typeof MintlifyPersonalizationModule.forRoot>().returns.toEqualTypeOf<DynamicModule>();
expectTypeOf<typeof MintlifyPersonalizationModule.forRootAsync>().returns.toEqualTypeOf<DynamicModule>();

// forRoot: everything that the options document.
MintlifyPersonalizationModule.forRoot({ docsUrl });
MintlifyPersonalizationModule.forRoot({
  docsUrl,
  signingKey: process.env.MINTLIFY_PRIVATE_KEY,
  loginUrl: process.env.LOGIN_URL,
});
MintlifyPersonalizationModule.forRoot({
  docsUrl,
  mode: 'personalization',
  signingKey: signer,
  keyId: '2027-01',
  tokenLifetimeSeconds: 10,
  sessionLifetimeSeconds: 3_600,
  claims: { iat: true, jti: true, aud: true },
  returnToParameter: 'next',
  mapperTimeoutMs: 1_000,
  signerTimeoutMs: 1_000,
  userLimits: { maxGroups: 5 },
  maxRedirectUrlLength: 2_000,
  handshakes: {
    jwt: { path: 'login', guards: [SessionGuard, AuthGuard('jwt'), new SessionGuard()], version: '1' },
  },
  claimMapper: AccountMapper,
  imports: [Settings],
  isGlobal: true,
});
expectTypeOf<{ docsUrl: string }>().toExtend<MintlifyPersonalizationOptions>();
expectTypeOf<false>().toExtend<HandshakesOptions['jwt']>();
expectTypeOf<string | JsonWebKey | KeyObject | TokenSigner>().toExtend<SigningKey>();

// The account may be anywhere on a request of any type, and the class decorators those of any package.
MintlifyPersonalizationModule.forRoot({
  docsUrl,
  handshakes: {
    jwt: { principal: (request) => request.session.user },
    sharedSession: { principal: ({ auth }: { auth?: Account }) => auth },
    oauth: {
      principal: () => undefined,
      decorators: [
        SetMetadata('isPublic', true),
        applyDecorators(SkipThrottle()),
        Throttle({ default: { limit: 5, ttl: 60_000 } }),
      ],
    },
  },
});
// @ts-expect-error -- not a name
MintlifyPersonalizationModule.forRoot({ docsUrl, handshakes: { jwt: { principal: 'auth' } } });
// @ts-expect-error -- a list
MintlifyPersonalizationModule.forRoot({ docsUrl, handshakes: { jwt: { decorators: SkipThrottle() } } });
// @ts-expect-error -- no name
MintlifyPersonalizationModule.forRoot({ docsUrl, handshakes: { jwt: { decorators: ['Public'] } } });

// forRoot: what would be a mistake.
// @ts-expect-error -- docsUrl is required
MintlifyPersonalizationModule.forRoot({});
// @ts-expect-error -- no such option
MintlifyPersonalizationModule.forRoot({ docsUrl, privateKey: 'a' });
// @ts-expect-error -- a misspelt option
MintlifyPersonalizationModule.forRoot({ docsURL: docsUrl });
// @ts-expect-error -- no such mode
MintlifyPersonalizationModule.forRoot({ docsUrl, mode: 'private' });
// @ts-expect-error -- not a number
MintlifyPersonalizationModule.forRoot({ docsUrl, tokenLifetimeSeconds: '10' });
// @ts-expect-error -- not a claim that the library sets
MintlifyPersonalizationModule.forRoot({ docsUrl, claims: { host: true } });
// @ts-expect-error -- a mapper is a class, not an instance
MintlifyPersonalizationModule.forRoot({ docsUrl, claimMapper: new AccountMapper() });
// @ts-expect-error -- a class without a map() method
MintlifyPersonalizationModule.forRoot({ docsUrl, claimMapper: Settings });
// @ts-expect-error -- a name is not a guard
MintlifyPersonalizationModule.forRoot({ docsUrl, handshakes: { jwt: { guards: ['jwt'] } } });
// @ts-expect-error -- a handshake is options or false
MintlifyPersonalizationModule.forRoot({ docsUrl, handshakes: { jwt: true } });
// @ts-expect-error -- no such handshake
MintlifyPersonalizationModule.forRoot({ docsUrl, handshakes: { saml: {} } });
// @ts-expect-error -- bytes are no key
MintlifyPersonalizationModule.forRoot({ docsUrl, signingKey: new Uint8Array(32) });
// @ts-expect-error -- no such limit
MintlifyPersonalizationModule.forRoot({ docsUrl, userLimits: { maxNames: 1 } });

// forRootAsync: each kind of factory, with the static options beside it.
MintlifyPersonalizationModule.forRootAsync({ useFactory: () => ({ docsUrl }) });
MintlifyPersonalizationModule.forRootAsync({ useFactory: () => Promise.resolve({ docsUrl, keyId: 'a' }) });
MintlifyPersonalizationModule.forRootAsync({
  imports: [Settings],
  inject: [Settings],
  useFactory: (settings: Settings) => ({ docsUrl: settings.docsUrl }),
  handshakes: { jwt: false },
  claimMapper: AccountMapper,
  isGlobal: true,
});
MintlifyPersonalizationModule.forRootAsync({ useClass: DocsOptions });
MintlifyPersonalizationModule.forRootAsync({ useExisting: DocsOptions, handshakes: { jwt: { guards: [] } } });

// forRootAsync: what would be a mistake.
// @ts-expect-error -- the factory gives no docsUrl
MintlifyPersonalizationModule.forRootAsync({ useFactory: () => ({ keyId: 'a' }) });
// @ts-expect-error -- docsUrl comes from the factory
MintlifyPersonalizationModule.forRootAsync({ useFactory: () => ({ docsUrl }), docsUrl });
// @ts-expect-error -- not a factory of these options
MintlifyPersonalizationModule.forRootAsync({ useClass: Settings });
// @ts-expect-error -- not a factory of these options
MintlifyPersonalizationModule.forRootAsync({ useExisting: Settings });
// @ts-expect-error -- a misspelt static option
MintlifyPersonalizationModule.forRootAsync({ useFactory: () => ({ docsUrl }), global: true });

// Tenants: in the options and from the host's own places.
expectTypeOf<TenantOptions>().toEqualTypeOf<Partial<DocsSiteOptions>>();
expectTypeOf<{}>().toExtend<TenantOptions>();
MintlifyPersonalizationModule.forRoot({
  docsUrl,
  tenants: {
    acme: {},
    globex: {
      docsUrl: undefined,
      mode: 'authentication',
      signingKey: async () => signer,
      loginUrl: '/login',
    },
    initech: {
      docsUrl,
      keyId: 'a',
      claims: { jti: true },
      tokenLifetimeSeconds: 5,
      returnToParameter: 'next',
    },
  },
  tenantTimeoutMs: 1_000,
  tenantMaxAgeSeconds: 60,
  maxCachedTenants: 100,
  tenantResolver: AccountTenants,
  tenantSource: SettingsSource,
});
MintlifyPersonalizationModule.forRootAsync({
  useFactory: () => ({ docsUrl, tenants: { acme: { docsUrl } }, tenantTimeoutMs: 1_000 }),
  tenantResolver: RequestTenants,
  tenantSource: SettingsSource,
});

// Tenants: what would be a mistake.
// @ts-expect-error -- no such option of a tenant
MintlifyPersonalizationModule.forRoot({ docsUrl, tenants: { acme: { colour: 'red' } } });
// @ts-expect-error -- an option of the whole app
MintlifyPersonalizationModule.forRoot({ docsUrl, tenants: { acme: { userLimits: {} } } });
// @ts-expect-error -- a tenant has no mapper in its options: @ClaimMapperFor('acme')
MintlifyPersonalizationModule.forRoot({ docsUrl, tenants: { acme: { claimMapper: AccountMapper } } });
// @ts-expect-error -- not a mode
MintlifyPersonalizationModule.forRoot({ docsUrl, tenants: { acme: { mode: 'private' } } });
// @ts-expect-error -- by id, not a list
MintlifyPersonalizationModule.forRoot({ docsUrl, tenants: [{ docsUrl }] });
// @ts-expect-error -- not a number
MintlifyPersonalizationModule.forRoot({ docsUrl, tenantMaxAgeSeconds: '300' });
// @ts-expect-error -- a resolver is a class, not an instance
MintlifyPersonalizationModule.forRoot({ docsUrl, tenantResolver: new AccountTenants() });
// @ts-expect-error -- a class without a resolve() method
MintlifyPersonalizationModule.forRoot({ docsUrl, tenantResolver: Settings });
// @ts-expect-error -- a class without a load() method
MintlifyPersonalizationModule.forRoot({ docsUrl, tenantSource: AccountTenants });
// @ts-expect-error -- a source is a class, not an instance
MintlifyPersonalizationModule.forRoot({ docsUrl, tenantSource: new SettingsSource() });
// @ts-expect-error -- tenants come from the factory
MintlifyPersonalizationModule.forRootAsync({ useFactory: () => ({ docsUrl }), tenants: {} });

/** An id is a text, or nothing. */
class NumberTenants {
  resolve = (): number => 7;
}
// @ts-expect-error -- resolves no text
MintlifyPersonalizationModule.forRoot({ docsUrl, tenantResolver: NumberTenants });
class TextSource {
  load = (): Promise<string> => Promise.resolve(docsUrl);
}
// @ts-expect-error -- loads no options
MintlifyPersonalizationModule.forRoot({ docsUrl, tenantSource: TextSource });

// ClaimMapperFor: no id, one, several; each a text. The last argument may be the options.
expectTypeOf<typeof ClaimMapperFor>().parameters.toEqualTypeOf<
  string[] | [...tenantIds: string[], options: ClaimMapperForOptions]
>();
@ClaimMapperFor()
class DefaultMapper extends AccountMapper {}
@ClaimMapperFor('acme', 'globex')
class TenantsMapper extends AccountMapper {}
MintlifyPersonalizationModule.forRoot({ docsUrl, claimMapper: DefaultMapper, imports: [TenantsMapper] });
// @ts-expect-error -- not a list
ClaimMapperFor(['acme']);
// @ts-expect-error -- not a number
ClaimMapperFor(7);

// The documented interfaces and the tables that the options are checked by have the same names.
expectTypeOf<keyof typeof SITE_OPTIONS>().toEqualTypeOf<keyof DocsSiteOptions>();
expectTypeOf<keyof typeof SITE_OPTIONS | keyof typeof APP_OPTIONS | 'tenants'>().toEqualTypeOf<
  keyof MintlifyPersonalizationConfiguration
>();
expectTypeOf<keyof typeof COMPOSITION_OPTIONS>().toEqualTypeOf<keyof MintlifyPersonalizationComposition>();
expectTypeOf<keyof ResolvedHandshake>().toEqualTypeOf<keyof SharedSessionHandshakeOptions>();
expectTypeOf<keyof ResolvedJwtHandshake>().toEqualTypeOf<keyof JwtHandshakeOptions>();

// What is given is what the library uses, and what has a default is always there.
expectTypeOf<
  Required<Pick<DocsSiteOptions, 'mode' | 'tokenLifetimeSeconds' | 'returnToParameter'>>
>().toEqualTypeOf<{
  -readonly [Name in 'mode' | 'tokenLifetimeSeconds' | 'returnToParameter']: ResolvedSiteOptions[Name];
}>();
expectTypeOf<ResolvedSiteOptions['signingKey']>().toEqualTypeOf<DocsSiteOptions['signingKey']>();
expectTypeOf<ResolvedSiteOptions['loginUrl']>().toEqualTypeOf<DocsSiteOptions['loginUrl']>();
expectTypeOf<ResolvedSiteOptions['claims']>().toEqualTypeOf<
  Readonly<Record<'iat' | 'jti' | 'aud', boolean>>
>();
expectTypeOf<ResolvedOptions['maxConcurrentHandshakesPerTenant']>().toEqualTypeOf<number>();
expectTypeOf<keyof RequestOptions>().toEqualTypeOf<
  'tokenLifetimeSeconds' | 'claims' | 'loginUrl' | 'returnToParameter' | 'discovery'
>();
