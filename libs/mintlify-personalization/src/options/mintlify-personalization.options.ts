import type { JsonWebKey, KeyObject } from 'node:crypto';
import type { ModuleMetadata, Type } from '@nestjs/common';
import type { ClaimMapper } from '../ports/claim-mapper.js';
import type { DocsMode } from '../ports/docs-site.js';
import type { TokenSigner } from '../ports/token-signer.js';
import type { HandshakesOptions } from './handshakes.js';

/**
 * A private key in any of the forms it arrives in: PEM text (PKCS#8 or SEC1, also as environment variables
 * leave it), a private JWK as an object or as JSON text, a `KeyObject`; or a {@link TokenSigner} that keeps
 * the key elsewhere.
 */
export type SigningKey = string | JsonWebKey | KeyObject | TokenSigner;

/** Which of the registered claims (RFC 7519, section 4.1) the library adds beside `exp`. */
export interface ClaimsOptions {
  /** Issued at. Some verifiers require it. Default `true`. */
  iat?: boolean;
  /** A random id for each token. Default `false`. */
  jti?: boolean;
  /** The docs site's origin as audience. Default `false`. */
  aud?: boolean;
}

/**
 * Bounds on what a mapper may send. Each is a whole number of at least 1.
 *
 * A docs site refuses or truncates what is larger, without telling anybody; here it is an error.
 */
export interface UserLimits {
  /** Groups in all. Default 1,000. */
  maxGroups?: number;
  /** Characters in one group. Default 256. */
  maxGroupLength?: number;
  /** Keys directly under `content`. Default 100. */
  maxContentKeys?: number;
  /** How deep objects and arrays may nest, the user itself being 1. Default 20. */
  maxDepth?: number;
  /** Values in all: every object, array, string, number, boolean and null. Default 5,000. */
  maxValues?: number;
  /** Bytes of the user as JSON in UTF-8. Default 65,536. */
  maxJsonBytes?: number;
  /** How far ahead `expiresAt` may lie, in days. Default 400. */
  maxExpiresInDays?: number;
}

/** The options that may come from a factory: configuration, as against composition. */
export interface MintlifyPersonalizationConfiguration {
  /**
   * Origin and base path of the docs site: `https://docs.foo.com`, `https://foo.com/docs`. `https`, unless
   * the host is loopback. The only place a visitor is ever sent to.
   */
  docsUrl: string;
  /** Default `'personalization'`. */
  mode?: DocsMode;
  /** The private key that the Mintlify dashboard generated. Required when a JWT handshake is mounted. */
  signingKey?: SigningKey;
  /** `kid` in the token's header (RFC 7515, section 4.1.4). Default: none. */
  keyId?: string;
  /** Whole seconds from 1 to 10. Default 10, which is also the most the docs accept. */
  tokenLifetimeSeconds?: number;
  /**
   * `expiresAt` where the mapper sets none: this many whole seconds from now. Default 1,209,600 (two weeks), or
   * less where `userLimits.maxExpiresInDays` is less.
   */
  sessionLifetimeSeconds?: number;
  claims?: ClaimsOptions;
  /**
   * Where an anonymous browser goes to log in: an `https` URL (`http` on loopback), or a path of the same
   * origin such as `/login`. Default: none, and an anonymous browser gets 401.
   */
  loginUrl?: string;
  /** The query parameter of `loginUrl` that carries the way back. Default `'returnTo'`. */
  returnToParameter?: string;
  /** Milliseconds, 1 to 60,000, for one call of the claim mapper. Default 2,000. */
  mapperTimeoutMs?: number;
  /** Milliseconds, 1 to 60,000, for one signature. Default 2,000. */
  signerTimeoutMs?: number;
  userLimits?: UserLimits;
  /**
   * Characters of the whole `Location`, 256 to 65,536. Default 7,168: common proxies stop at 8 KB of
   * headers. A warning is logged from 3,072.
   */
  maxRedirectUrlLength?: number;
}

/** The options that shape the module itself, so they stand outside any factory. */
export interface MintlifyPersonalizationComposition {
  handshakes?: HandshakesOptions;
  /** The default claim mapper, in short form; `imports` brings what it injects. */
  claimMapper?: Type<ClaimMapper<never>>;
  /** Modules that export what the claim mapper and the guards inject. */
  imports?: ModuleMetadata['imports'];
  /** Whether the services can be injected anywhere without importing the module. Default `false`. */
  isGlobal?: boolean;
}

/** All options of `MintlifyPersonalizationModule.forRoot()`. */
export type MintlifyPersonalizationOptions = MintlifyPersonalizationConfiguration &
  MintlifyPersonalizationComposition;

/** What `useClass` and `useExisting` of `forRootAsync()` implement. */
export interface MintlifyPersonalizationOptionsFactory {
  createMintlifyPersonalizationOptions():
    MintlifyPersonalizationConfiguration | Promise<MintlifyPersonalizationConfiguration>;
}
