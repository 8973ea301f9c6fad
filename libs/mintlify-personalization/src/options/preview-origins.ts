import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { PreviewStore } from '../ports/preview-store.js';
import { invalidOptionError } from './invalid-option-error.js';
import { integerInRange, optionalStore } from './option-checks.js';
import { readList } from './option-reader.js';
import { resolveTable, type OptionTable, type ResolvedTable } from './option-table.js';

/** Which previews of your docs your CI may allow, one exact host at a time: see `DocsPreviews`. */
export interface PreviewOriginsOptions {
  /**
   * What the host of each preview ends with, or several: `'.mintlify.app'`. It allows no host by itself. It begins with a
   * dot and has at least two names.
   */
  suffix: string | string[];
  /** The public keys of your CI, Ed25519 or P-256, as PEM (SPKI) or JWK. Up to 10, for rotation. */
  publicKeys: (string | JsonWebKey)[];
  /** Whole seconds, 60 to 604,800: how long a preview may be allowed at most. Default 86,400 (a day). */
  maxSeconds?: number;
  /** Milliseconds, 1 to 60,000: the timeout of one call of the store. Default 2,000. */
  timeoutMs?: number;
  /** Keeps the previews for several processes. Default: in the memory of this process, up to 1,000. */
  store?: PreviewStore;
}

const MAX_KEYS = 10;
const SUFFIX = /^(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){2,8}$/;

const PREVIEW_ORIGINS = {
  suffix: { check: checkSuffixes },
  publicKeys: { check: checkPublicKeys },
  maxSeconds: integerInRange({ min: 60, max: 604_800, defaultValue: 86_400 }),
  timeoutMs: integerInRange({ min: 1, max: 60_000, defaultValue: 2_000 }),
  store: optionalStore<PreviewStore>('PreviewStore'),
} as const satisfies OptionTable<keyof PreviewOriginsOptions, unknown>;

/** @internal All defaults filled in. Frozen. */
export type ResolvedPreviewOrigins = ResolvedTable<typeof PREVIEW_ORIGINS>;

/**
 * Checks `previewOrigins` and fills in the defaults.
 *
 * @internal
 * @returns `undefined` if it is not set: then no preview is allowed
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function resolvePreviewOrigins(options: unknown): ResolvedPreviewOrigins | undefined {
  return options === undefined
    ? undefined
    : resolveTable('previewOrigins', options, PREVIEW_ORIGINS, undefined);
}

function checkSuffixes(option: string, value: unknown): readonly string[] {
  const list = typeof value === 'string' ? [value] : readList(option, value);
  const isValid = (each: unknown): boolean => typeof each === 'string' && SUFFIX.test(each);
  if (list !== undefined && list.length > 0 && list.every(isValid)) return Object.freeze(list as string[]);
  throw invalidOptionError(
    option,
    'must be the end of a host name in lower case, with a dot at its begin and at least two names, or a list of them',
    'For example ".mintlify.app".',
  );
}

function checkPublicKeys(option: string, value: unknown): readonly KeyObject[] {
  const list = readList(option, value);
  if (list === undefined || list.length === 0 || list.length > MAX_KEYS) {
    throw invalidOptionError(
      option,
      `must be a list of 1 to ${MAX_KEYS} public keys`,
      'Create a key for your CI with "mintlify-personalization keygen".',
    );
  }
  return Object.freeze(list.map((key, index) => readPublicKey(`${option}[${index}]`, key)));
}

function readPublicKey(option: string, value: unknown): KeyObject {
  const key = tryRead(value);
  const type = key?.asymmetricKeyType;
  const curve = key?.asymmetricKeyDetails?.namedCurve;
  if (key !== undefined && (type === 'ed25519' || (type === 'ec' && curve === 'prime256v1'))) return key;
  throw invalidOptionError(
    option,
    'must be a public key, Ed25519 or P-256',
    'Give it as PEM (SPKI), which begins with -----BEGIN PUBLIC KEY-----, or as JWK without "d".',
  );
}

function tryRead(value: unknown): KeyObject | undefined {
  try {
    // A private key would work too, and must not be here.
    if (typeof value === 'string') return value.includes('PRIVATE') ? undefined : createPublicKey(value);
    if (typeof value !== 'object' || value === null || Object.hasOwn(value, 'd')) return undefined;
    return createPublicKey({ key: value as JsonWebKey, format: 'jwk' });
  } catch {
    return undefined;
  }
}
