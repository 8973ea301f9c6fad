import { endianness } from 'node:os';
import { asPkcs11Failure, isReturnValue } from './failure.js';
import { CK, type Handle, type Pkcs11Module } from './module.js';
import { invalidOptionError } from '../service/signer-options.js';

/** @internal Exactly one of the two is set. */
export interface SlotChoice {
  readonly tokenLabel: string | undefined;
  /** The id of the slot, as tools show it. */
  readonly slot: number | undefined;
}

/**
 * Initializes the module, unless this process already has, and finds the slot with the token.
 *
 * @internal
 * @throws Pkcs11Failure, or MintlifyPersonalizationError `invalid_option`
 */
export function findSlot(module: Pkcs11Module, { tokenLabel, slot }: SlotChoice): Handle {
  let slots: Handle[];
  try {
    initialize(module);
    slots = module.C_GetSlotList(true).filter((handle) =>
      tokenLabel === undefined
        ? readHandle(handle) === slot
        : // Padded with blanks to 32 bytes (PKCS #11 v3.0, section 3.2).
          module.C_GetTokenInfo(handle).label.trimEnd() === tokenLabel,
    );
  } catch (error) {
    throw asPkcs11Failure('looking for the token', error);
  }
  const option = tokenLabel === undefined ? 'slot' : 'tokenLabel';
  const [found, ...more] = slots;
  if (found === undefined) throw invalidOptionError(option, 'matches no token. Check that it is plugged in');
  if (more.length > 0) throw invalidOptionError(option, 'matches several tokens. Set slot instead');
  return found;
}

function initialize(module: Pkcs11Module): void {
  try {
    // Signing runs on other threads, which the module must be told.
    module.C_Initialize({ flags: CK.CKF_OS_LOCKING_OK });
  } catch (error) {
    if (!isReturnValue(error, CK.CKR_CRYPTOKI_ALREADY_INITIALIZED)) throw error;
  }
}

/** A handle is an unsigned long in the byte order of the machine. */
function readHandle(handle: Handle): number {
  const bytes = endianness() === 'LE' ? Buffer.from(handle.toReversed()) : handle;
  return Number(`0x${bytes.toString('hex')}`);
}
