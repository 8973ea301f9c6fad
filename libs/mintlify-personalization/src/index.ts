export { MintlifyPersonalizationModule } from './mintlify-personalization.module.js';
export { MintlifySigningService } from './signing/mintlify-signing.service.js';
export { exportPublicJwk } from './signing/public-jwk.js';
export { IdentityService } from './identity/identity.service.js';
export { MintlifyUserValidator } from './user/mintlify-user.validator.js';
export type { ValidMintlifyUser } from './user/valid-mintlify-user.js';
export { MintlifyUserDto } from './user/mintlify-user.dto.js';
export { ApiPlaygroundInputsDto } from './user/api-playground-inputs.dto.js';
export { CLAIM_MAPPER, ClaimMapperFor } from './claims/claim-mapper-for.decorator.js';
export { CLOCK, type Clock } from './time/clock.js';
export {
  InvalidMintlifyUserError,
  MintlifyPersonalizationError,
  type MintlifyErrorCode,
  type UserViolation,
} from './errors.js';
export type { ClaimMapper, ClaimMappingContext } from './ports/claim-mapper.js';
export type { DocsMode, DocsSite } from './ports/docs-site.js';
export type { ApiPlaygroundInputs, MintlifyUser } from './ports/mintlify-user.js';
export type { SignatureAlgorithm, TokenSigner } from './ports/token-signer.js';
export type { RedirectParameters } from './redirect/redirect-target.js';
export type { HandshakeGuard, HandshakesOptions, JwtHandshakeOptions } from './options/handshakes.js';
export type {
  ClaimsOptions,
  MintlifyPersonalizationComposition,
  MintlifyPersonalizationConfiguration,
  MintlifyPersonalizationOptions,
  MintlifyPersonalizationOptionsFactory,
  SigningKey,
  UserLimits,
} from './options/mintlify-personalization.options.js';
