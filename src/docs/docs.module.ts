import { Module } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';
import { RedisKeyStore } from 'nestjs-mintlify-personalization/playground-keys';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ApiKeysModule } from '../api-keys/api-keys.module.js';
import { ActivityAuditSink } from '../activity/activity-audit-sink.js';
import { ActivityModule } from '../activity/activity.module.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { OptionalSessionGuard } from '../auth/optional-session.guard.js';
import { BACKEND_CONFIG } from '../config/backend-config.js';
import type { BackendConfig } from '../config/backend-config.js';
import { OAUTH_PATH, USER_INFO_PATH, USER_INFO_SCOPE } from '../oauth/oauth-constants.js';
import { audienceOf, issuerOf } from '../oauth/oauth-server.js';
import { DocsLimitGuard } from '../rate-limit/docs-limit.guard.js';
import { REDIS, RedisModule } from '../redis/redis.module.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { TENANT_MAX_AGE_SECONDS } from '../tenants/rotation-times.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { AccountTenantResolver } from './account-tenant-resolver.js';
import { AdministratorViewAsPolicy } from './administrator-view-as-policy.js';
import { ApiKeyIssuer } from './api-key-issuer.js';
import { AcmeClaimMapper } from './acme-claim-mapper.js';
import { derivePlaygroundSecret, deriveSubjectKey } from './derived-secrets.js';
import { findScalarPrincipal, readScalarSecrets } from './scalar-visitors.js';
import { RateLimitedTokenGuard } from './rate-limited-token.guard.js';
import { DatabaseTenantSource } from './database-tenant-source.js';
import { DefaultClaimMapper } from './default-claim-mapper.js';
import { GlobexClaimMapper } from './globex-claim-mapper.js';
import { KeyRotation } from './key-rotation.js';
import { PlaygroundInputs } from './playground-inputs.js';
import { TokenAccountGuard } from './token-account.guard.js';

/**
 * The whole integration. It mounts four routes:
 *
 * - `GET /docs-login` sends a logged-in visitor to the docs of their tenant, and an anonymous one to the login first.
 * - Two user-info routes answer the docs, one for the visitor's session and one for an access token.
 * - `POST /docs/scalar-user-info` answers docs hosted by Scalar, which sign their requests.
 *
 * One claim mapper per tenant serves them all, and one issuer gives the API playground a key that works for an hour. A tenant inherits from these options what the tenant source leaves out.
 * The session guard allows anonymous visitors, so that the rate limit counts them too; the library still gives them no
 * token.
 */
@Module({
  imports: [
    AccountsModule,
    ApiKeysModule,
    TenantsModule,
    MintlifyPersonalizationModule.forRootAsync({
      inject: [BACKEND_CONFIG, REDIS],
      useFactory: (config: BackendConfig, redis: Redis | undefined) => ({
        docsUrl: config.docsSites.personalization.url,
        signingKey: config.docsSites.personalization.signingKey,
        loginUrl: '/login',
        discovery: config.docsSites.personalization.discovery,
        tenantMaxAgeSeconds: TENANT_MAX_AGE_SECONDS,
        additionalDocsOrigins: [config.sessionDocsUrl, config.oauthDocsUrl].map((url) => new URL(url).origin),
        accessTokens: {
          issuer: issuerOf(config),
          audience: audienceOf(config),
          jwksUri: `${config.localUrl}${OAUTH_PATH}/jwks`,
          requiredScopes: [USER_INFO_SCOPE],
          algorithms: ['EdDSA'],
        },
        audit: {
          subject: ({ accountId }: SessionPrincipal) => accountId,
          subjectKey: deriveSubjectKey(config.sessionSecret),
        },
        playgroundKeys: {
          ...(redis && {
            store: new RedisKeyStore(redis),
            secret: derivePlaygroundSecret(config.sessionSecret),
          }),
        },
      }),
      handshakes: {
        jwt: { guards: [OptionalSessionGuard, DocsLimitGuard] },
        sharedSession: { guards: [OptionalSessionGuard, DocsLimitGuard] },
        oauth: { path: USER_INFO_PATH, guards: [RateLimitedTokenGuard, TokenAccountGuard, DocsLimitGuard] },
        scalar: { secrets: readScalarSecrets, findPrincipal: findScalarPrincipal },
      },
      tenantResolver: AccountTenantResolver,
      tenantSource: DatabaseTenantSource,
      viewAs: AdministratorViewAsPolicy,
      auditSink: ActivityAuditSink,
      imports: [AccountsModule, TenantsModule, RateLimitModule, RedisModule, ActivityModule],
    }),
  ],
  providers: [
    AcmeClaimMapper,
    GlobexClaimMapper,
    DefaultClaimMapper,
    PlaygroundInputs,
    ApiKeyIssuer,
    KeyRotation,
  ],
  exports: [KeyRotation, MintlifyPersonalizationModule],
})
export class DocsModule {}
