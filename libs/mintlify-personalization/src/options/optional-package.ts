import { MintlifyPersonalizationError } from '../errors.js';

/**
 * The error for a package that only some users of this library install, and that is not there.
 *
 * Write the `import()` itself in a `try` block: bundlers then take a missing package for an optional one.
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
    `${neededBy} needs the package ${name}, and it could not be loaded. Run "npm install ${name}".`,
    { cause },
  );
}
