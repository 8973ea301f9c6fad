import type { CanActivate, Type } from '@nestjs/common';
import { expectTypeOf } from 'expect-type';
import {
  MintlifyPersonalizationModule,
  OAuthAccessTokenGuard,
  type AccessTokenClaims,
  type AccessTokensOptions,
  type TenantOptions,
  type TenantSource,
} from 'nestjs-mintlify-personalization';

declare class SessionGuard implements CanActivate {
  canActivate(): boolean;
}

const docsUrl = 'https://docs.foo.com';
const issuer = 'https://auth.foo.com';
const audience = 'https://api.foo.com';
const jwksUri = 'https://auth.foo.com/jwks';
const introspection = { endpoint: 'https://auth.foo.com/introspect', clientId: 'a', clientSecret: 'a' };

// The shared session, with everything that its options document.
MintlifyPersonalizationModule.forRoot({
  docsUrl,
  apiUrl: 'https://dash.foo.com',
  additionalDocsOrigins: ['https://preview.foo.com'],
  handshakes: {
    jwt: false,
    sharedSession: { path: 'me', guards: [SessionGuard], version: '1' },
    oauth: false,
  },
});
MintlifyPersonalizationModule.forRoot({ docsUrl, apiUrl: false, handshakes: { sharedSession: {} } });

// OAuth, by keys and by introspection.
MintlifyPersonalizationModule.forRoot({
  docsUrl,
  handshakes: { oauth: { guards: [OAuthAccessTokenGuard, SessionGuard] } },
  accessTokens: {
    issuer,
    audience,
    jwksUri,
    algorithms: ['ES256'],
    typ: 'JWT',
    requiredScopes: ['docs.user-info'],
    clockToleranceSeconds: 0,
    timeoutMs: 1,
  },
});
MintlifyPersonalizationModule.forRoot({
  docsUrl,
  handshakes: { oauth: {} },
  accessTokens: { issuer, introspection, requiredScopes: ['docs.user-info'] },
});
expectTypeOf<typeof OAuthAccessTokenGuard>().toExtend<Type<CanActivate>>();
expectTypeOf<AccessTokenClaims['sub']>().toEqualTypeOf<string | undefined>();

/** A source need not know of origins, and may know at once or later. */
class PlainSource implements TenantSource {
  load = (): Promise<TenantOptions | undefined> => Promise.resolve(undefined);
}
class OriginSource extends PlainSource {
  knowsOrigin = (origin: string): boolean | Promise<boolean> => origin === docsUrl;
}
MintlifyPersonalizationModule.forRoot({ docsUrl, tenantSource: PlainSource });
MintlifyPersonalizationModule.forRoot({ docsUrl, tenantSource: OriginSource });

// What would be a mistake.
// @ts-expect-error -- keys or introspection
expectTypeOf<{ issuer: string; audience: string }>().toExtend<AccessTokensOptions>();
MintlifyPersonalizationModule.forRoot({
  docsUrl,
  // @ts-expect-error -- not both
  accessTokens: { issuer, audience, jwksUri, introspection },
});
MintlifyPersonalizationModule.forRoot({
  docsUrl,
  // @ts-expect-error -- a symmetric algorithm
  accessTokens: { issuer, audience, jwksUri, algorithms: ['HS256'] },
});
// @ts-expect-error -- the issuer is missing
MintlifyPersonalizationModule.forRoot({ docsUrl, accessTokens: { audience, jwksUri } });
// @ts-expect-error -- origins are a list
MintlifyPersonalizationModule.forRoot({ docsUrl, additionalDocsOrigins: 'https://preview.foo.com' });
// @ts-expect-error -- false, or the URL
MintlifyPersonalizationModule.forRoot({ docsUrl, apiUrl: true });
// @ts-expect-error -- settings, or false
MintlifyPersonalizationModule.forRoot({ docsUrl, handshakes: { sharedSession: true } });
