import { MintlifyPersonalizationError } from '../errors.js';

/**
 * The error for an optional package that is not installed.
 *
 * Write the `import()` itself in a `try` block: bundlers then accept that the package is missing.
 *
 * @internal
 * @example
 * ```ts
 * try {
 *   return await import('tldts');
 * } catch (cause) {
 *   throw missingPackageError('tldts', 'apiUrl', cause);
 * }
 * ```
 */
export function missingPackageError(
  name: string,
  neededBy: string,
  cause: unknown,
): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError(
    'invalid_option',
    `${neededBy} needs the package ${name}, which could not be loaded. Run "npm install ${name}".`,
    { cause },
  );
}
