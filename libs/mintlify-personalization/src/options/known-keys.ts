import { MintlifyPersonalizationError } from '../errors.js';

/**
 * Refuses option names that do not exist, so that a misspelt option is never a silent default.
 *
 * @internal
 * @param where what is looked at, for the message: `'handshakes.jwt'`, or an empty string at the top
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function assertKnownKeys(where: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `${where || 'The options'} must be an object with ${known.join(', ')}.`,
    );
  }
  const prefix = where && `${where}.`;
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const meant = known.find((name) => name.toLowerCase() === key.toLowerCase());
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `${prefix}${key} is not an option. ${
        meant ? `Did you mean ${prefix}${meant}?` : `The options here are ${known.join(', ')}.`
      }`,
    );
  }
}
