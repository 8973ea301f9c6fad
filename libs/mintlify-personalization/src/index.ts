export { MintlifyPersonalizationModule } from './mintlify-personalization.module.js';
export { MintlifySigningService, type SigningOptions } from './signing/mintlify-signing.service.js';
export type { ViewAsOptions } from './signing/view-as-urls.js';
export type { ViewingAs } from './user/viewing-user.js';
export { SigningKeysChecker, type SigningKeyCheck } from './signing/signing-keys-checker.js';
export { exportPublicJwk } from './keys/public-jwk.js';
export { IdentityService, type IdentifyOptions } from './identity/identity.service.js';
export { OAuthClaims, type OAuthClaimsOptions } from './identity/oauth-claims.service.js';
export type { GroupClaimOptions } from './options/group-claim.js';
export { TenantRegistry } from './tenancy/tenant.registry.js';
export { TENANT_RESOLVER, TENANT_SOURCE } from './tenancy/tenant-ports.js';
export { VIEW_AS_POLICY } from './view-as/view-as.service.js';
export { AUDIT_SINK } from './audit/audit-recorder.js';
export { DocsLogin, type DocsLoginHandler } from './http/own-login/docs-login.decorator.js';
export type { DocsLoginAnswer } from './http/own-login/docs-login-answer.js';
export { OAuthAccessTokenGuard } from './http/user-info/oauth-access-token.guard.js';
export { AccessTokenVerifier, type AccessTokenClaims } from './access-tokens/access-token-verifier.js';
export { MintlifyUserValidator } from './user/mintlify-user-validator.js';
export type { ValidMintlifyUser } from './user/valid-mintlify-user.js';
export { MintlifyUserDto } from './user/mintlify-user.dto.js';
export { ApiPlaygroundInputsDto } from './user/api-playground-inputs.dto.js';
export {
  CLAIM_MAPPER,
  ClaimMapperFor,
  type ClaimMapperForOptions,
} from './claims/claim-mapper-for.decorator.js';
export {
  defineVisitorSchema,
  type JsonSchema,
  type VisitorSchema,
  type VisitorShape,
} from './claims/visitor-schema.js';
export { PlaygroundKeys } from './playground-keys/playground-keys.service.js';
export { PlaygroundKeysFor } from './playground-keys/playground-keys-for.decorator.js';
export { DocsPreviews } from './previews/docs-previews.service.js';
export { CLOCK, type Clock } from './time/clock.js';
export {
  InvalidMintlifyUserError,
  MintlifyPersonalizationError,
  type MintlifyErrorCode,
  type MintlifyErrorOptions,
  type UserViolation,
} from './errors.js';
export type { AuditEvent, AuditEventType, AuditHandshake, AuditSink } from './ports/audit-sink.js';
export type { ClaimMapper, ClaimMappingContext } from './ports/claim-mapper.js';
export type { PlaygroundKey, PlaygroundKeyContext, PlaygroundKeyIssuer } from './ports/playground-key.js';
export type { PlaygroundKeyStore } from './ports/playground-key-store.js';
export type { AllowedPreview, PreviewStore } from './ports/preview-store.js';
export type { DocsMode, DocsSite } from './ports/docs-site.js';
export type {
  ClaimsOptions,
  DiscoverySettings,
  DocsSiteOptions,
  SigningKey,
  SigningKeyFunction,
  TenantOptions,
} from './ports/docs-site-options.js';
export type { ApiPlaygroundInputs, MintlifyUser } from './ports/mintlify-user.js';
export type { BreakerState } from './keys/key-fingerprint.js';
export type { TenantResolver } from './ports/tenant-resolver.js';
export type { TenantSource } from './ports/tenant-source.js';
export type { ViewAsAccount, ViewAsPermission, ViewAsPolicy, ViewAsTarget } from './ports/view-as-policy.js';
export type { SignatureAlgorithm, TokenSigner } from './ports/token-signer.js';
export type { RedirectParameters, RedirectRefusal } from './redirect/redirect-target.js';
export type {
  AccessTokenAlgorithm,
  AccessTokensOptions,
  IntrospectedAccessTokensOptions,
  JwtAccessTokensOptions,
} from './options/access-tokens.js';
export type { AuditOptions } from './options/audit.js';
export type { PlaygroundKeysOptions } from './options/playground-keys.js';
export type { PreviewOriginsOptions } from './options/preview-origins.js';
export type { TokenClaimsHandshakeOptions } from './token-claims/token-claims-options.js';
export type { ScalarHandshakeOptions, ScalarLookupContext } from './scalar/scalar-options.js';
export type {
  WebhookApp,
  WebhookContext,
  WebhookHandshakeOptions,
  WebhookSecretsOption,
} from './options/webhook-options.js';
export type {
  HandshakeGuard,
  HandshakesOptions,
  JwtHandshakeOptions,
  OAuthHandshakeOptions,
  SharedSessionHandshakeOptions,
  SinglePageAppOptions,
  ViewAsHandshakeOptions,
} from './options/handshakes.js';
export type {
  MintlifyPersonalizationComposition,
  MintlifyPersonalizationConfiguration,
  MintlifyPersonalizationOptions,
  MintlifyPersonalizationOptionsFactory,
  UserLimits,
} from './options/mintlify-personalization-options.js';
