import { describeError, isOwnError, MintlifyPersonalizationError, nameTenant } from '../errors.js';
import type { ResolvedSiteOptions } from '../options/site-options.js';
import type { SigningKeyFunction } from '../ports/docs-site-options.js';
import { withDeadline } from '../time/deadline.js';
import type { MonotonicClock } from '../time/monotonic-clock.js';
import {
  createSigningKeyHandle,
  type SigningKeyHandle,
  type SigningKeyProvider,
} from './signing-key-handle.js';
import { RotatingKey } from './rotating-key.js';

/** How long a {@link SigningKeyFunction} may take: it may have to connect to a key service first. */
const KEY_FUNCTION_TIMEOUT_MS = 10_000;

/** The options that decide on the key of a docs site. */
type KeyOptions = Pick<ResolvedSiteOptions, 'signingKey' | 'signingKeyMaxAgeSeconds' | 'mode' | 'keyId'>;

/**
 * Loads the key of a docs site at start, so that a wrong key is found before the first visitor comes.
 *
 * @internal
 * @param tenantId for errors, including later ones of a key function
 * @param onLoad called with the key, and with each key that a function returns later
 * @throws MintlifyPersonalizationError `invalid_signing_key`, `signing_key_unavailable` or `invalid_option`
 */
export async function createSigningKeyProvider(
  options: KeyOptions,
  signerTimeoutMs: number,
  clock: MonotonicClock,
  tenantId: string | undefined,
  onLoad: (key: SigningKeyHandle) => void = () => undefined,
): Promise<SigningKeyProvider> {
  const { signingKey, signingKeyMaxAgeSeconds } = options;
  const load = async (): Promise<SigningKeyHandle> => {
    try {
      const key = typeof signingKey === 'function' ? await callKeyFunction(signingKey) : signingKey;
      const active = await createSigningKeyHandle(key, options, signerTimeoutMs);
      onLoad(active);
      return active;
    } catch (error) {
      throw nameTenant(tenantId, error);
    }
  };
  if (typeof signingKey === 'function')
    return RotatingKey.create(load, signingKeyMaxAgeSeconds * 1_000, clock);
  return Object.freeze({ current: await load() });
}

async function callKeyFunction(signingKey: SigningKeyFunction): Promise<ReturnType<SigningKeyFunction>> {
  try {
    return await withDeadline(() => signingKey(), KEY_FUNCTION_TIMEOUT_MS, tooSlow);
  } catch (error) {
    if (isOwnError(error)) throw error;
    // oxlint-disable-next-line preserve-caught-error -- causes are logged, and a parser may quote the key
    throw new MintlifyPersonalizationError(
      'signing_key_unavailable',
      `signingKey is a function that threw ${describeError(error)}. Check where it gets the key from.`,
    );
  }
}

function tooSlow(): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'signing_key_unavailable',
    `signingKey is a function that took longer than ${KEY_FUNCTION_TIMEOUT_MS / 1_000} seconds. ` +
      'Check where it gets the key from.',
  );
}
