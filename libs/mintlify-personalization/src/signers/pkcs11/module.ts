import { missingPackageError } from '../../options/optional-package.js';

/** @internal The handle of a slot, a session or an object, a buffer in pkcs11js. */
export type Handle = Buffer;

/** @internal */
export interface Attribute {
  readonly type: number;
  readonly value?: number | boolean | string | Buffer;
}

/**
 * The part of `PKCS11` in pkcs11js that this library uses, with the names of PKCS #11 v3.0. The types of the package are
 * not imported, since it may not be installed where this library is built.
 *
 * @internal
 */
export interface Pkcs11Module {
  load(path: string): void;
  C_Initialize(options: { flags: number }): void;
  C_GetSlotList(isTokenPresent: boolean): Handle[];
  C_GetTokenInfo(slot: Handle): { label: string };
  C_OpenSession(slot: Handle, flags: number): Handle;
  C_CloseSession(session: Handle): void;
  C_Login(session: Handle, userType: number, pin: string): void;
  C_FindObjectsInit(session: Handle, template: Attribute[]): void;
  C_FindObjects(session: Handle, max: number): Handle[];
  C_FindObjectsFinal(session: Handle): void;
  C_GetAttributeValue(session: Handle, object: Handle, template: Attribute[]): { value: Buffer }[];
  C_SignInit(session: Handle, mechanism: { mechanism: number }, key: Handle): void;
  C_SignAsync(session: Handle, input: Buffer, output: Buffer): Promise<Buffer>;
}

/** @internal The constants of PKCS #11 v3.0 that are used here. */
export const CK = {
  CKF_OS_LOCKING_OK: 0x02,
  CKF_SERIAL_SESSION: 0x04,
  CKU_USER: 1,
  CKO_PUBLIC_KEY: 2,
  CKO_PRIVATE_KEY: 3,
  CKA_CLASS: 0x00,
  CKA_LABEL: 0x03,
  CKA_ID: 0x102,
  CKA_SIGN: 0x108,
  CKA_EC_PARAMS: 0x180,
  CKA_EC_POINT: 0x181,
  CKM_ECDSA: 0x1041,
  CKM_EDDSA: 0x1057,
  CKR_USER_ALREADY_LOGGED_IN: 0x100,
  CKR_CRYPTOKI_ALREADY_INITIALIZED: 0x191,
} as const;

/**
 * Loads pkcs11js.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option` if it is not installed
 */
export async function loadPkcs11(): Promise<Pkcs11Module> {
  // Not a literal, so that TypeScript does not need the package.
  const name: string = 'pkcs11js';
  try {
    const loaded = (await import(name)) as { default: { PKCS11: new () => Pkcs11Module } };
    return new loaded.default.PKCS11();
  } catch (cause) {
    throw missingPackageError(name, 'createPkcs11TokenSigner', cause);
  }
}
