import { MintlifyPersonalizationError } from '../errors.js';

/**
 * A whole number within its bounds.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function wholeNumber(
  option: string,
  value: unknown,
  byDefault: number,
  least: number,
  most: number,
): number {
  if (value === undefined) return byDefault;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    `${option} must be a whole number from ${least} to ${most}. Leave it out for ${byDefault}.`,
  );
}

/**
 * A text that is not empty, or nothing.
 *
 * @internal
 * @throws MintlifyPersonalizationError `invalid_option`
 */
export function text(option: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new MintlifyPersonalizationError(
    'invalid_option',
    `${option} must be a text that is not empty. Leave it out for the default.`,
  );
}
