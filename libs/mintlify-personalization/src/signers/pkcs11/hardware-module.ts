import { createHash } from 'node:crypto';
import { createCircuitBreaker } from '../service/circuit-breaker.js';
import { Pkcs11Connection } from './connection.js';
import { readPublicKey } from './key.js';
import { CK, type Pkcs11Module } from './module.js';
import { resolvePkcs11Options, type Pkcs11TokenSignerOptions } from './options.js';
import { Pkcs11SessionPool } from './session-pool.js';
import type { RemoteTokenSigner } from '../service/remote-token-signer.js';
import { ServiceFailure } from '../service/service-failure.js';
import type { ServicePublicKey } from '../service/service-public-key.js';
import { invalidOptionError, requireString } from '../service/signer-options.js';
import { callAtStart, VerifiedTokenSigner, type KeyService } from '../service/verified-token-signer.js';

const NAME = 'The hardware module';
/** Larger than a signature, so that a wrong length is noticed. */
const OUTPUT_BYTES = 256;

/**
 * The implementation of `createPkcs11TokenSigner`, after the package is loaded.
 *
 * @internal
 */
export async function startHardwareModule(
  module: Pkcs11Module,
  options: Pkcs11TokenSignerOptions,
): Promise<RemoteTokenSigner> {
  const { policy, target } = resolvePkcs11Options(options);
  const circuitBreaker = await createCircuitBreaker(NAME, policy, 'createPkcs11TokenSigner');
  try {
    module.load(options.libraryPath);
  } catch {
    throw invalidOptionError(
      'libraryPath',
      'is not a PKCS #11 library that can be loaded. Check the path and the architecture',
    );
  }
  const readPin = createPinReader(options.pin);
  const pool = new Pkcs11SessionPool(target.sessions, () =>
    readPin((pin) => new Pkcs11Connection(module, target, pin)),
  );
  try {
    const publicKey = await callAtStart(
      NAME,
      (signal) =>
        pool.use(
          (session, { privateKey }) => Promise.resolve(readPublicKey(module, session, privateKey)),
          signal,
        ),
      policy,
    );
    const service = new HardwareModule(module, pool, publicKey);
    return await new VerifiedTokenSigner(
      service,
      publicKey,
      policy,
      circuitBreaker,
      options.keyId,
    ).assertUsable();
  } catch (error) {
    pool.close();
    throw error;
  }
}

/** Asks for the PIN at each login, but never again after the token has rejected one. */
function createPinReader(pin: Pkcs11TokenSignerOptions['pin']): <T>(login: (pin: string) => T) => Promise<T> {
  let refusal: ServiceFailure | undefined;
  return async (login) => {
    if (refusal !== undefined) throw refusal;
    const value = typeof pin === 'function' ? await pin() : pin;
    try {
      return login(requireString('pin', value));
    } catch (error) {
      if (error instanceof ServiceFailure && error.message.includes('CKR_PIN_')) refusal = error;
      throw error;
    }
  };
}

class HardwareModule implements KeyService {
  readonly name = NAME;
  readonly #module: Pkcs11Module;
  readonly #pool: Pkcs11SessionPool;
  readonly #isEcdsa: boolean;

  constructor(module: Pkcs11Module, pool: Pkcs11SessionPool, { algorithm }: ServicePublicKey) {
    this.#module = module;
    this.#pool = pool;
    this.#isEcdsa = algorithm === 'ES256';
  }

  sign(signingInput: Uint8Array, signal: AbortSignal): Promise<Uint8Array> {
    const input = this.#isEcdsa
      ? createHash('sha256').update(signingInput).digest()
      : Buffer.from(signingInput);
    const mechanism = this.#isEcdsa ? CK.CKM_ECDSA : CK.CKM_EDDSA;
    return this.#pool.use(async (session, { privateKey }) => {
      this.#module.C_SignInit(session, { mechanism }, privateKey);
      return this.#module.C_SignAsync(session, input, Buffer.alloc(OUTPUT_BYTES));
    }, signal);
  }

  close(): void {
    this.#pool.close();
  }
}
