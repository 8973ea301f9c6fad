import type { Pkcs11Target } from './connection.js';
import type { RemoteTokenSignerOptions } from '../service/remote-token-signer.js';
import {
  invalidOptionError,
  requireInteger,
  requireString,
  resolveFaultPolicy,
  type FaultPolicy,
} from '../service/signer-options.js';

const OPTIONS = ['libraryPath', 'tokenLabel', 'slot', 'pin', 'keyLabel', 'objectId', 'sessions'];

/** The options of `createPkcs11TokenSigner`. */
export interface Pkcs11TokenSignerOptions extends RemoteTokenSignerOptions {
  /** Path of the module's library, for example `/usr/lib/softhsm/libsofthsm2.so`. */
  readonly libraryPath: string;
  /** Label of the token. Set either this or `slot`. */
  readonly tokenLabel?: string;
  /** Id of the slot with the token, as shown by `pkcs11-tool --list-slots`. */
  readonly slot?: number;
  /** The user's PIN, or a function that returns it, called at each login. Never logged. */
  readonly pin: string | (() => string | Promise<string>);
  /** CKA_LABEL of the private key. Set this, `objectId` or both. */
  readonly keyLabel?: string;
  /** CKA_ID of the private key, in hexadecimal digits or as bytes. */
  readonly objectId?: string | Uint8Array;
  /**
   * Number of sessions, and so of concurrent signatures, 1 to 64. Default 2. Each uses one of Node's worker threads while
   * it signs, so raise `UV_THREADPOOL_SIZE` (default 4) accordingly.
   */
  readonly sessions?: number;
}

/**
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolvePkcs11Options(options: Pkcs11TokenSignerOptions): {
  policy: FaultPolicy;
  target: Pkcs11Target;
} {
  const policy = resolveFaultPolicy(options, OPTIONS);
  const { tokenLabel, slot, pin, keyLabel, objectId } = options;
  requireString('libraryPath', options.libraryPath);
  if (typeof pin !== 'function') requireString('pin', pin);
  if ((tokenLabel === undefined) === (slot === undefined)) {
    throw invalidOptionError('tokenLabel', 'or slot must be set, but not both');
  }
  if (tokenLabel !== undefined) requireString('tokenLabel', tokenLabel);
  if (slot !== undefined && !(Number.isSafeInteger(slot) && slot >= 0)) {
    throw invalidOptionError('slot', 'must be a whole number');
  }
  if (keyLabel === undefined && objectId === undefined)
    throw invalidOptionError('keyLabel', 'or objectId must be set');
  if (keyLabel !== undefined) requireString('keyLabel', keyLabel);
  const sessions = requireInteger('sessions', options.sessions ?? 2, 64);
  return { policy, target: { tokenLabel, slot, keyLabel, objectId: readObjectId(objectId), sessions } };
}

function readObjectId(objectId: string | Uint8Array | undefined): Buffer | undefined {
  if (objectId === undefined) return undefined;
  const isHexadecimal = typeof objectId === 'string' && /^([\da-f]{2})+$/i.test(objectId);
  if (!isHexadecimal && !(objectId instanceof Uint8Array && objectId.length > 0)) {
    throw invalidOptionError('objectId', 'must be bytes, or pairs of hexadecimal digits such as "01a2"');
  }
  return isHexadecimal ? Buffer.from(objectId, 'hex') : Buffer.from(objectId as Uint8Array);
}
