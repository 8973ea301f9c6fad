import { startHardwareModule } from './pkcs11/hardware-module.js';
import { loadPkcs11 } from './pkcs11/module.js';
import { resolvePkcs11Options, type Pkcs11TokenSignerOptions } from './pkcs11/options.js';
import type { RemoteTokenSigner, RemoteTokenSignerOptions } from './service/remote-token-signer.js';

export type { Pkcs11TokenSignerOptions, RemoteTokenSigner, RemoteTokenSignerOptions };

/**
 * Creates a signer whose private key never leaves a hardware module with a PKCS #11 library: a smart card, a network
 * HSM, a cloud HSM, SoftHSM.
 *
 * A P-256 key signs ES256 (CKM_ECDSA with a hash that is computed here), an Ed25519 key signs EdDSA (CKM_EDDSA). The
 * token must also contain the public key. Token, PIN and key are checked at once, with a test signature. Lost sessions
 * are opened again. A rejected PIN is never tried twice, because the token might lock itself.
 *
 * `pkcs11js` opens sessions and logs in on the main thread: a module that hangs blocks the whole process. The PIN is not
 * checked while another signer of the process is logged in to the same token.
 *
 * Needs the package `pkcs11js`, which is compiled during installation. Source: PKCS #11 v3.0.
 *
 * @example
 * ```ts
 * import { createPkcs11TokenSigner } from 'nestjs-mintlify-personalization/pkcs11';
 *
 * const signingKey = await createPkcs11TokenSigner({
 *   libraryPath: '/usr/lib/softhsm/libsofthsm2.so',
 *   tokenLabel: 'docs',
 *   pin: () => process.env.HSM_PIN ?? '',
 *   keyLabel: 'docs-2026',
 * });
 * ```
 * @throws MintlifyPersonalizationError `invalid_option` or `invalid_signing_key`; `signer_failed` or
 * `signer_timeout` if the module does not respond
 */
export async function createPkcs11TokenSigner(options: Pkcs11TokenSignerOptions): Promise<RemoteTokenSigner> {
  // A wrong option is reported before a missing package.
  resolvePkcs11Options(options);
  return startHardwareModule(await loadPkcs11(), options);
}
