import { invalidServiceKeyError, type ServicePublicKey } from '../service/service-public-key.js';
import { asPkcs11Failure } from './failure.js';
import { CK, type Attribute, type Handle, type Pkcs11Module } from './module.js';
import { readPkcs11PublicKey } from './public-key.js';

const WHERE = 'The key in the hardware module';

/** @internal How to find the key. At least one of the two is set. */
export interface KeyChoice {
  readonly keyLabel: string | undefined;
  /** CKA_ID. */
  readonly objectId: Buffer | undefined;
}

/**
 * Finds the private key, and checks that it is for signing.
 *
 * @internal
 * @throws Pkcs11Failure, or MintlifyPersonalizationError `invalid_signing_key`
 */
export function findPrivateKey(
  module: Pkcs11Module,
  session: Handle,
  { keyLabel, objectId }: KeyChoice,
): Handle {
  const [key, ...more] = find(module, session, CK.CKO_PRIVATE_KEY, [
    ...(keyLabel === undefined ? [] : [{ type: CK.CKA_LABEL, value: keyLabel }]),
    ...(objectId === undefined ? [] : [{ type: CK.CKA_ID, value: objectId }]),
  ]);
  if (key === undefined)
    throw invalidServiceKeyError(WHERE, 'was not found. Check tokenLabel, keyLabel and objectId');
  if (more.length > 0) throw invalidServiceKeyError(WHERE, 'is ambiguous. Set both keyLabel and objectId');
  if (read(module, session, key, CK.CKA_SIGN)[0] !== 1) {
    throw invalidServiceKeyError(WHERE, 'is not for signing (CKA_SIGN)');
  }
  return key;
}

/**
 * Reads the public key from its own object. By convention it has the same id as the private key (PKCS #11 v3.0, section
 * 4.8), and usually the same label.
 *
 * @internal
 * @throws Pkcs11Failure, or MintlifyPersonalizationError `invalid_signing_key`
 */
export function readPublicKey(module: Pkcs11Module, session: Handle, privateKey: Handle): ServicePublicKey {
  const [publicKey] = [CK.CKA_ID, CK.CKA_LABEL].flatMap((type) => {
    const value = read(module, session, privateKey, type);
    return value.length === 0 ? [] : find(module, session, CK.CKO_PUBLIC_KEY, [{ type, value }]);
  });
  if (publicKey === undefined) {
    throw invalidServiceKeyError(WHERE, 'has no public key object with the same CKA_ID or label. Import one');
  }
  return readPkcs11PublicKey(
    read(module, session, publicKey, CK.CKA_EC_PARAMS),
    read(module, session, publicKey, CK.CKA_EC_POINT),
  );
}

function find(module: Pkcs11Module, session: Handle, kind: number, template: Attribute[]): Handle[] {
  try {
    module.C_FindObjectsInit(session, [{ type: CK.CKA_CLASS, value: kind }, ...template]);
    try {
      return module.C_FindObjects(session, 2);
    } finally {
      module.C_FindObjectsFinal(session);
    }
  } catch (error) {
    throw asPkcs11Failure('looking for the key', error);
  }
}

/** Empty if the object does not have the attribute: then it is another kind of key. */
function read(module: Pkcs11Module, session: Handle, object: Handle, type: number): Buffer {
  try {
    return module.C_GetAttributeValue(session, object, [{ type }])[0]?.value ?? Buffer.alloc(0);
  } catch (error) {
    const failure = asPkcs11Failure('reading the key', error);
    if (failure.isTransient) throw failure;
    return Buffer.alloc(0);
  }
}
