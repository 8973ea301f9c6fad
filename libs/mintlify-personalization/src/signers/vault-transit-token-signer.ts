import { createHash } from 'node:crypto';
import { createCircuitBreaker } from './service/circuit-breaker.js';
import type { RemoteTokenSigner, RemoteTokenSignerOptions } from './service/remote-token-signer.js';
import {
  invalidOptionError,
  requireInteger,
  requireString,
  resolveFaultPolicy,
} from './service/signer-options.js';
import { callVault, parseVaultAddress, type VaultServer } from './vault-transit/client.js';
import { readVaultKey, type VaultKey } from './vault-transit/key.js';
import { callAtStart, VerifiedTokenSigner, type KeyService } from './service/verified-token-signer.js';

export type { RemoteTokenSigner, RemoteTokenSignerOptions };

const NAME = 'Vault';
const OPTIONS = ['address', 'token', 'namespace', 'mount', 'keyName', 'keyVersion', 'fetch'];
/** `vault:v3:` and 64 bytes in base64url. */
const SIGNATURE = /^vault:v([1-9]\d*):([\w-]{86})$/;
const PATH_SEGMENT = /^\w([\w.-]*\w)?$/;

/** The options of {@link createVaultTransitTokenSigner}. */
export interface VaultTransitTokenSignerOptions extends RemoteTokenSignerOptions {
  /** The URL of the server, as in `VAULT_ADDR`: https, or http on this machine. */
  readonly address: string;
  /** A token, or a function that returns one, called before each request. Never logged. */
  readonly token: string | (() => string | Promise<string>);
  /** A namespace of Vault Enterprise or OpenBao. */
  readonly namespace?: string;
  /** Where the Transit engine is mounted. Default `'transit'`. */
  readonly mount?: string;
  /** Name of a key with the type `ecdsa-p256` or `ed25519`. */
  readonly keyName: string;
  /**
   * The key version to sign with, from 1. Default: the latest one at start. After a rotation, set the new public key in
   * the docs, then restart the app.
   */
  readonly keyVersion?: number;
  /** Another `fetch`, for a proxy, a private CA or client certificates. Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
}

/**
 * Creates a signer whose private key never leaves the Transit engine of HashiCorp Vault or OpenBao.
 *
 * A key with the type `ecdsa-p256` signs ES256; only a hash of the token is sent to Vault. `ed25519` signs EdDSA; the
 * whole token is sent. The policy of the Vault token needs `read` on `transit/keys/NAME` and `update` on
 * `transit/sign/NAME` (and `/sha2-256` below it). Key and policy are checked at once, with a test signature.
 *
 * Source: Vault HTTP API, Transit secrets engine, "Read key" and "Sign data".
 *
 * @example
 * ```ts
 * import { createVaultTransitTokenSigner } from 'nestjs-mintlify-personalization/vault-transit';
 *
 * const signingKey = await createVaultTransitTokenSigner({
 *   address: 'https://vault.foo.com:8200',
 *   token: () => readFile('/vault/secrets/token', 'utf8').then((token) => token.trim()),
 *   keyName: 'docs',
 * });
 * ```
 * @throws MintlifyPersonalizationError `invalid_option` or `invalid_signing_key`; `signer_failed` or
 * `signer_timeout` if Vault cannot be reached
 */
export async function createVaultTransitTokenSigner(
  options: VaultTransitTokenSignerOptions,
): Promise<RemoteTokenSigner> {
  const policy = resolveFaultPolicy(options, OPTIONS);
  const { token, namespace, keyId, keyVersion } = options;
  const server: VaultServer = {
    address: parseVaultAddress(options.address),
    token: typeof token === 'function' ? token : requireString('token', token),
    namespace: namespace === undefined ? undefined : requireString('namespace', namespace),
    fetch: options.fetch ?? fetch,
  };
  const mount = requirePath('mount', options.mount ?? 'transit');
  const name = requirePath('keyName', options.keyName, 1);
  if (keyVersion !== undefined) requireInteger('keyVersion', keyVersion, 2 ** 31);
  const circuitBreaker = await createCircuitBreaker(NAME, policy, 'createVaultTransitTokenSigner');
  const data = await callAtStart(
    NAME,
    (signal) => callVault(server, `${mount}/keys/${name}`, undefined, signal),
    policy,
  );
  const key = readVaultKey(data, keyVersion);
  const service = new VaultTransit(server, `${mount}/sign/${name}`, key);
  return new VerifiedTokenSigner(service, key.publicKey, policy, circuitBreaker, keyId).assertUsable();
}

function requirePath(option: string, value: unknown, maxSegments = 8): string {
  const segments = requireString(option, value).split('/');
  if (segments.length <= maxSegments && segments.every((segment) => PATH_SEGMENT.test(segment))) {
    return segments.join('/');
  }
  throw invalidOptionError(option, 'must be a name of letters, digits, "_", "-" and "."');
}

class VaultTransit implements KeyService {
  readonly name = NAME;
  readonly #server: VaultServer;
  readonly #path: string;
  readonly #key: VaultKey;

  constructor(server: VaultServer, path: string, key: VaultKey) {
    this.#server = server;
    this.#path = path;
    this.#key = key;
  }

  async sign(signingInput: Uint8Array, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const { version, publicKey } = this.#key;
    const isEcdsa = publicKey.algorithm === 'ES256';
    const input = isEcdsa ? createHash('sha256').update(signingInput).digest() : Buffer.from(signingInput);
    const { signature } = await callVault(
      this.#server,
      // For Ed25519, Vault must get the whole input, as RFC 8032 requires.
      isEcdsa ? `${this.#path}/sha2-256` : this.#path,
      {
        input: input.toString('base64'),
        prehashed: isEcdsa,
        key_version: version,
        // r‖s in base64url, instead of DER in base64.
        marshaling_algorithm: 'jws',
      },
      signal,
    );
    const [, usedVersion, encoded] = SIGNATURE.exec(String(signature)) ?? [];
    return Number(usedVersion) === version ? Buffer.from(encoded ?? '', 'base64url') : undefined;
  }
}
