import { MintlifyPersonalizationError } from '../errors.js';
import { nameKeyKind, type KeyKind } from '../mintlify/key-kind.js';

/** @internal The error for a key that cannot sign. It must not contain any part of the key. */
export function invalidKeyError(what: string, fix: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_signing_key', `signingKey ${what}. ${fix}`);
}

/** @internal The error for an object that throws when it is read. No cause, since it may quote the key. */
export function unreadableKeyError(): MintlifyPersonalizationError {
  return invalidKeyError(
    'cannot be read: a getter or a proxy threw an error',
    'Pass plain data: PEM text, a JWK, a KeyObject, or a TokenSigner with plain properties.',
  );
}

/** @internal */
export function publicKeyError({ fix }: KeyKind): MintlifyPersonalizationError {
  return invalidKeyError(
    'is a public key',
    `Signing needs the private key; the public one is for the docs. ${fix}`,
  );
}

/** @internal */
export function certificateError({ fix }: KeyKind): MintlifyPersonalizationError {
  return invalidKeyError('is a certificate, which only contains a public key', fix);
}

/** @internal */
export function encryptedKeyError(): MintlifyPersonalizationError {
  return invalidKeyError(
    'is an encrypted private key',
    'Decrypt it with "openssl pkey -in encrypted.pem -out key.pem" and keep the result in a secret store.',
  );
}

/** @internal */
export function wrongKindError(
  { mode, crv, algorithm, fix }: KeyKind,
  found: string,
): MintlifyPersonalizationError {
  return invalidKeyError(
    `is a key of the wrong kind (${nameKeyKind(found)}); mode '${mode}' needs ${crv} (${algorithm})`,
    fix,
  );
}
