import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { MintlifyPersonalizationError } from '../errors.js';
import { assertKeyKind } from './assert-key-kind.js';
import { certificateError, encryptedKeyError, invalidKeyError, publicKeyError } from './key-errors.js';
import type { KeyKind } from '../mintlify/key-kind.js';

/** The PEM label of each form of a private key (RFC 7468, section 10; RFC 5915, section 4; RFC 8017, appendix A). */
const LABELS = { pkcs8: 'PRIVATE KEY', sec1: 'EC PRIVATE KEY', pkcs1: 'RSA PRIVATE KEY' } as const;

type PrivateForm = keyof typeof LABELS;
type DerContent =
  | { readonly kind: 'private'; readonly key: KeyObject; readonly form: PrivateForm }
  | { readonly kind: 'encrypted' | 'public' | 'certificate' | 'unknown' };

/**
 * The error for a key in DER (X.690), in base64 or as bytes. DER is not accepted because, unlike PEM and JWK, it does
 * not say which form of key it is.
 *
 * @internal
 * @returns `undefined` for anything else
 */
export function derKeyError(
  bytes: Uint8Array,
  kind: KeyKind,
  form: 'base64' | 'bytes',
): MintlifyPersonalizationError | undefined {
  const content = readDer(Buffer.from(bytes));
  switch (content.kind) {
    case 'private':
      // First the kind: a PEM label would not fix a key of the wrong kind.
      assertKeyKind(content.key, kind);
      return form === 'bytes' ? bareBytesError(content.form) : bareBase64Error(LABELS[content.form]);
    case 'encrypted':
      return encryptedKeyError();
    case 'public':
      return publicKeyError(kind);
    case 'certificate':
      return certificateError(kind);
    case 'unknown':
      return undefined;
  }
}

function bareBase64Error(label: string): MintlifyPersonalizationError {
  return invalidKeyError(
    'is a private key in base64 without the BEGIN and END lines of a PEM',
    `Put "-----BEGIN ${label}-----" before it and "-----END ${label}-----" after it.`,
  );
}

function bareBytesError(form: PrivateForm): MintlifyPersonalizationError {
  return invalidKeyError(
    'is a private key as DER bytes',
    `Pass a KeyObject: createPrivateKey({ key: bytes, format: 'der', type: '${form}' }).`,
  );
}

function readDer(der: Buffer): DerContent {
  for (const form of Object.keys(LABELS) as PrivateForm[]) {
    try {
      return { kind: 'private', key: createPrivateKey({ key: der, format: 'der', type: form }), form };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_MISSING_PASSPHRASE') return { kind: 'encrypted' };
    }
  }
  if (isParsed(() => createPublicKey({ key: der, format: 'der', type: 'spki' }))) return { kind: 'public' };
  return { kind: isParsed(() => new X509Certificate(der)) ? 'certificate' : 'unknown' };
}

function isParsed(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}
