import type { KeyObject } from 'node:crypto';
import { wrongKindError } from './key-errors.js';
import { nameKeyKind, type KeyKind } from '../mintlify/key-kind.js';

/**
 * Throws if a key is not on the curve of the mode.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_signing_key`
 */
export function assertKeyKind(key: KeyObject, kind: KeyKind): void {
  const type = key.asymmetricKeyType ?? '';
  const found = type === 'ec' ? (key.asymmetricKeyDetails?.namedCurve ?? type) : type;
  if (nameKeyKind(found) !== kind.crv) throw wrongKindError(kind, found);
}
