import {
  Inject,
  Module,
  type DynamicModule,
  type NestModule,
  type Provider,
  type Type,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, ModuleRef } from '@nestjs/core';
import { AccessTokenVerifier } from './access-tokens/access-token-verifier.js';
import { createAccessTokenVerifier } from './access-tokens/create-access-token-verifier.js';
import { AUDIT_SINK, AuditRecorder } from './audit/audit-recorder.js';
import { Telemetry } from './audit/telemetry.js';
import { CLAIM_MAPPER } from './claims/claim-mapper-for.decorator.js';
import { ClaimMapperRegistry } from './claims/claim-mapper.registry.js';
import { HandshakeSetupChecker } from './http/start-checks/handshake-setup-checker.js';
import { HandshakeServices } from './http/handshake-services.js';
import { mountHandshakes } from './http/mount-handshakes.js';
import { IdentityService } from './identity/identity.service.js';
import { OAuthClaims } from './identity/oauth-claims.service.js';
import { VisitorSchemaChecker } from './identity/visitor-schema-checker.js';
import { describeHandshake } from './openapi/handshake-description.js';
import { describeUser } from './openapi/user-description.js';
import { listHandshakes, RESOLVED_HANDSHAKES, type ResolvedHandshakes } from './options/handshakes.js';
import {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  type ASYNC_OPTIONS_TYPE,
  type OPTIONS_TYPE,
} from './options/module-definition.js';
import type { ResolvedComposition } from './options/module-composition.js';
import { readAsyncModuleOptions, readModuleOptions } from './options/module-options.js';
import { RESOLVED_OPTIONS, resolveOptions, type ResolvedOptions } from './options/app-options.js';
import { KeyIssuerRegistry } from './playground-keys/key-issuer.registry.js';
import { PlaygroundKeys } from './playground-keys/playground-keys.service.js';
import { DocsPreviews } from './previews/docs-previews.service.js';
import { MintlifySigningService } from './signing/mintlify-signing.service.js';
import { SigningKeysChecker } from './signing/signing-keys-checker.js';
import { TENANT_RESOLVER, TENANT_SOURCE } from './tenancy/tenant-ports.js';
import { TenantRegistry } from './tenancy/tenant.registry.js';
import { VIEW_AS_URLS } from './signing/view-as-urls.js';
import { CLOCK, systemClock, type Clock } from './time/clock.js';
import { MONOTONIC_CLOCK, monotonicClock, type MonotonicClock } from './time/monotonic-clock.js';
import { MintlifyUserValidator } from './user/mintlify-user-validator.js';
import { VIEW_AS_POLICY, ViewAsService } from './view-as/view-as.service.js';

// At import, as decorators do: apps derive classes from the DTOs (`OmitType`, `extends`) before they call `forRoot`.
describeUser();

const providers: Provider[] = [
  { provide: RESOLVED_OPTIONS, useFactory: resolveOptions, inject: [MODULE_OPTIONS_TOKEN] },
  { provide: CLOCK, useValue: systemClock },
  { provide: MONOTONIC_CLOCK, useValue: monotonicClock },
  {
    provide: TenantRegistry,
    useFactory: createTenantRegistry,
    inject: [
      RESOLVED_OPTIONS,
      RESOLVED_HANDSHAKES,
      ClaimMapperRegistry,
      CLOCK,
      MONOTONIC_CLOCK,
      AuditRecorder,
      ModuleRef,
      DiscoveryService,
    ],
  },
  {
    provide: MintlifyUserValidator,
    useFactory: ({ defaultTenant }: TenantRegistry) => defaultTenant.users,
    inject: [TenantRegistry],
  },
  {
    provide: AccessTokenVerifier,
    useFactory: createAccessTokenVerifier,
    inject: [RESOLVED_OPTIONS, CLOCK, MONOTONIC_CLOCK],
  },
  { provide: Telemetry, useFactory: () => Telemetry.load() },
  AuditRecorder,
  ClaimMapperRegistry,
  DocsPreviews,
  HandshakeSetupChecker,
  IdentityService,
  KeyIssuerRegistry,
  MintlifySigningService,
  OAuthClaims,
  PlaygroundKeys,
  SigningKeysChecker,
  VisitorSchemaChecker,
  ViewAsService,
  { provide: VIEW_AS_URLS, useExisting: ViewAsService },
];

/**
 * Identifies your visitors to your Mintlify docs.
 *
 * Mounts `GET /docs-login` behind your guard, and the other handshakes if `handshakes` enables them. Exports
 * {@link MintlifySigningService}, {@link SigningKeysChecker}, {@link IdentityService}, {@link OAuthClaims}, {@link PlaygroundKeys}, {@link TenantRegistry},
 * {@link DocsPreviews}, {@link MintlifyUserValidator} and {@link AccessTokenVerifier}. All options are checked at start.
 *
 * @example
 * ```ts
 * @Module({
 *   imports: [
 *     MintlifyPersonalizationModule.forRoot({
 *       docsUrl: 'https://docs.foo.com',
 *       signingKey: process.env.MINTLIFY_PRIVATE_KEY,
 *       loginUrl: 'https://foo.com/login',
 *       claimMapper: AcmeClaimMapper,
 *     }),
 *   ],
 * })
 * export class AppModule {}
 * ```
 */
@Module({
  imports: [DiscoveryModule],
  providers,
  exports: [
    MintlifySigningService,
    SigningKeysChecker,
    IdentityService,
    OAuthClaims,
    PlaygroundKeys,
    DocsPreviews,
    TenantRegistry,
    MintlifyUserValidator,
    AccessTokenVerifier,
    // For the routes of the host app with `@DocsLogin()`.
    HandshakeServices,
  ],
})
export class MintlifyPersonalizationModule extends ConfigurableModuleClass implements NestModule {
  @Inject(HandshakeSetupChecker) private readonly setup!: HandshakeSetupChecker;

  /**
   * Configures the module with values that are known when it is imported.
   *
   * @throws MintlifyPersonalizationError `invalid_option` for a mistake in the static options; the other options are
   * checked while the app starts
   */
  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    const { options: given, composition } = readModuleOptions(options);
    return mount(super.forRoot(given), composition);
  }

  /**
   * Configures the module with a factory (`useFactory`, `useClass` or `useExisting`). Pass `handshakes`, `claimMapper`,
   * `tenantResolver`, `tenantSource`, `viewAs`, `auditSink`, `imports` and `isGlobal` beside the factory, not from it.
   *
   * @example
   * ```ts
   * MintlifyPersonalizationModule.forRootAsync({
   *   imports: [ConfigModule],
   *   inject: [ConfigService],
   *   useFactory: (config: ConfigService) => ({
   *     docsUrl: config.getOrThrow('DOCS_URL'),
   *     signingKey: config.getOrThrow('MINTLIFY_PRIVATE_KEY'),
   *   }),
   *   claimMapper: AcmeClaimMapper,
   * })
   * ```
   * @throws MintlifyPersonalizationError the same as {@link forRoot}
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    const { options: given, composition } = readAsyncModuleOptions(options);
    return mount(super.forRootAsync(given), composition);
  }

  /**
   * Nest calls it after the prefix and the versions are set and before it mounts the routes.
   *
   * @hidden
   * @throws MintlifyPersonalizationError `invalid_option`
   */
  configure(): void {
    this.setup.check();
  }
}

function mount(definition: DynamicModule, composition: ResolvedComposition): DynamicModule {
  const { handshakes: resolved, claimMapper, tenantResolver, tenantSource, viewAs, auditSink } = composition;
  const { routes, providers: handshakeProviders } = mountHandshakes(resolved);
  return {
    ...definition,
    controllers: routes.map(({ definition, controller }) => describeHandshake(definition, controller)),
    providers: [
      ...(definition.providers ?? []),
      { provide: RESOLVED_HANDSHAKES, useValue: resolved },
      ...handshakeProviders,
      ...(claimMapper === undefined ? [] : [{ provide: CLAIM_MAPPER, useClass: claimMapper }]),
      provideOptional(TENANT_RESOLVER, tenantResolver),
      provideOptional(TENANT_SOURCE, tenantSource),
      provideOptional(VIEW_AS_POLICY, viewAs),
      provideOptional(AUDIT_SINK, auditSink),
    ],
  };
}

function createTenantRegistry(
  options: ResolvedOptions,
  handshakes: ResolvedHandshakes,
  mappers: ClaimMapperRegistry,
  clock: Clock,
  ageClock: MonotonicClock,
  audit: AuditRecorder,
  moduleRef: ModuleRef,
  discovery: DiscoveryService,
): Promise<TenantRegistry> {
  const mounted = {
    isAny: listHandshakes(handshakes).length > 0,
    isSigning: handshakes.jwt !== false || handshakes.viewAs !== false,
    isSharedSession: handshakes.sharedSession !== false,
    isUserInfo: handshakes.sharedSession !== false || handshakes.oauth !== false,
  };
  const parts = { options, mounted, mappers, clock, monotonicClock: ageClock, audit };
  return TenantRegistry.create(parts, { moduleRef, discovery });
}

/** `null` if the option is not set, so that a test can still override the token. */
function provideOptional(token: symbol, useClass: Type<object> | undefined): Provider {
  return useClass === undefined ? { provide: token, useValue: null } : { provide: token, useClass };
}
