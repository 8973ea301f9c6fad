import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, ModuleRef } from '@nestjs/core';
import { AccessTokenVerifier } from './access-tokens/access-token.verifier.js';
import { createAccessTokenVerifier } from './access-tokens/create-access-token-verifier.js';
import { AUDIT_SINK, AuditTrail } from './audit/audit.trail.js';
import { Telemetry } from './audit/telemetry.js';
import { CLAIM_MAPPER } from './claims/claim-mapper-for.decorator.js';
import { ClaimMapperRegistry } from './claims/claim-mapper.registry.js';
import { createDocsLoginController } from './http/docs-login.controller.js';
import { DocsOriginGate } from './http/docs-origin.gate.js';
import { HandshakeReporter } from './http/handshake.reporter.js';
import { createOAuthController, createSharedSessionController } from './http/user-info.controller.js';
import { UserInfoDoor } from './http/user-info.door.js';
import { IdentityService } from './identity/identity.service.js';
import { describeRoutes, OPENAPI_DESCRIPTION } from './openapi/routes.describer.js';
import { assertClass } from './options/class-option.js';
import { RESOLVED_HANDSHAKES, resolveHandshakes, type ResolvedHandshakes } from './options/handshakes.js';
import {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  type ASYNC_OPTIONS_TYPE,
  type OPTIONS_TYPE,
} from './options/mintlify-personalization.module-definition.js';
import type { MintlifyPersonalizationComposition } from './options/mintlify-personalization.options.js';
import {
  assertAsyncOptions,
  RESOLVED_OPTIONS,
  resolveOptions,
  type ResolvedOptions,
} from './options/resolved-options.js';
import { MintlifySigningService } from './signing/mintlify-signing.service.js';
import { SigningKeysChecker } from './signing/signing-keys.checker.js';
import { TENANT_RESOLVER, TENANT_SOURCE } from './tenancy/tenant-ports.js';
import { TenantRegistry } from './tenancy/tenant.registry.js';
import { CLOCK, systemClock, type Clock } from './time/clock.js';
import { MONOTONIC_CLOCK, monotonicClock, type MonotonicClock } from './time/monotonic-clock.js';
import { MintlifyUserValidator } from './user/mintlify-user.validator.js';

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
      AuditTrail,
      ModuleRef,
      DiscoveryService,
    ],
  },
  {
    provide: MintlifyUserValidator,
    useFactory: ({ byDefault }: TenantRegistry) => byDefault.users,
    inject: [TenantRegistry],
  },
  {
    provide: AccessTokenVerifier,
    useFactory: createAccessTokenVerifier,
    inject: [RESOLVED_OPTIONS, CLOCK, MONOTONIC_CLOCK],
  },
  { provide: Telemetry, useFactory: () => Telemetry.load() },
  AuditTrail,
  ClaimMapperRegistry,
  IdentityService,
  MintlifySigningService,
  SigningKeysChecker,
];

/**
 * Identifies the visitors of a NestJS backend to its Mintlify docs.
 *
 * Mounts `GET /docs-login` behind the host's guard, and the two user-info handshakes where `handshakes` asks for
 * them; provides {@link MintlifySigningService}, {@link SigningKeysChecker}, {@link IdentityService},
 * {@link TenantRegistry} and {@link MintlifyUserValidator}. All options are checked at start.
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
    TenantRegistry,
    MintlifyUserValidator,
    AccessTokenVerifier,
  ],
})
export class MintlifyPersonalizationModule extends ConfigurableModuleClass {
  /**
   * Configures the module with values that are known when it is composed.
   *
   * @throws MintlifyPersonalizationError `invalid_option` for a mistake in the static options; all others stop
   * the app while it starts
   */
  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    return mount(super.forRoot(options), options);
  }

  /**
   * Configures the module from a factory (`useFactory`, `useClass` or `useExisting`). `handshakes`,
   * `claimMapper`, `tenantResolver`, `tenantSource`, `auditSink`, `imports` and `isGlobal` stand beside it.
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
   * @throws MintlifyPersonalizationError as {@link forRoot} does
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    assertAsyncOptions(options);
    return mount(super.forRootAsync(options), options);
  }
}

function mount(definition: DynamicModule, composition: MintlifyPersonalizationComposition): DynamicModule {
  const { handshakes, claimMapper, tenantResolver, tenantSource, auditSink } = composition;
  const resolved = resolveHandshakes(handshakes);
  assertClass('claimMapper', claimMapper, 'CLAIM_MAPPER');
  assertClass('tenantResolver', tenantResolver, 'TENANT_RESOLVER');
  assertClass('tenantSource', tenantSource, 'TENANT_SOURCE');
  assertClass('auditSink', auditSink, 'AUDIT_SINK');
  return {
    ...definition,
    controllers: mountControllers(resolved),
    providers: [
      ...(definition.providers ?? []),
      { provide: RESOLVED_HANDSHAKES, useValue: resolved },
      // The DTO is for the host app's own controllers, too, where none is mounted here.
      { provide: OPENAPI_DESCRIPTION, useFactory: () => describeRoutes() },
      ...(isAnyMounted(resolved) ? [HandshakeReporter] : []),
      ...(resolved.sharedSession === false && resolved.oauth === false ? [] : [DocsOriginGate, UserInfoDoor]),
      ...(claimMapper === undefined ? [] : [{ provide: CLAIM_MAPPER, useClass: claimMapper }]),
      provideOptional(TENANT_RESOLVER, tenantResolver),
      provideOptional(TENANT_SOURCE, tenantSource),
      provideOptional(AUDIT_SINK, auditSink),
    ],
  };
}

function isAnyMounted({ jwt, sharedSession, oauth }: ResolvedHandshakes): boolean {
  return jwt !== false || sharedSession !== false || oauth !== false;
}

function mountControllers({ jwt, sharedSession, oauth }: ResolvedHandshakes): Type[] {
  return [
    ...(jwt === false ? [] : [createDocsLoginController(jwt)]),
    ...(sharedSession === false ? [] : [createSharedSessionController(sharedSession)]),
    ...(oauth === false ? [] : [createOAuthController(oauth)]),
  ];
}

function createTenantRegistry(
  options: ResolvedOptions,
  handshakes: ResolvedHandshakes,
  mappers: ClaimMapperRegistry,
  clock: Clock,
  ageClock: MonotonicClock,
  audit: AuditTrail,
  moduleRef: ModuleRef,
  discovery: DiscoveryService,
): Promise<TenantRegistry> {
  const mounted = {
    isAny: isAnyMounted(handshakes),
    isSigning: handshakes.jwt !== false,
    isSharedSession: handshakes.sharedSession !== false,
  };
  const parts = { options, mounted, mappers, clock, monotonicClock: ageClock, audit };
  return TenantRegistry.create(parts, { moduleRef, discovery });
}

/** `null` where the option is not set, so that a test can override the token all the same. */
function provideOptional(token: symbol, useClass: Type<object> | undefined): Provider {
  return useClass === undefined ? { provide: token, useValue: null } : { provide: token, useClass };
}
