import { MintlifyPersonalizationError } from '../errors.js';
import { nameKeyKind, type KeyKind } from './key-kind.js';

/** @internal The error for a key that cannot sign. Say nothing in it that may be a piece of the key. */
export function keyRefusal(what: string, mend: string): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('invalid_signing_key', `signingKey ${what}. ${mend}`);
}

/** @internal */
export function publicKeyRefusal({ mend }: KeyKind): MintlifyPersonalizationError {
  return keyRefusal(
    'is a public key',
    `The docs hold the public half; signing needs the private one. ${mend}`,
  );
}

/** @internal */
export function kindRefusal(
  { mode, crv, algorithm, mend }: KeyKind,
  found: string,
): MintlifyPersonalizationError {
  return keyRefusal(
    `is a key of the wrong kind (${nameKeyKind(found)}); mode '${mode}' signs with ${crv} (${algorithm}) alone`,
    mend,
  );
}
