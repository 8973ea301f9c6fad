import { MintlifyPersonalizationError } from '../errors.js';

/**
 * Loads a package that only some users of this library install, when one of them first needs it.
 *
 * @internal
 * @param load the `import()` itself, written where a bundler can see it
 * @throws MintlifyPersonalizationError `invalid_option`, naming what to install
 */
export async function loadOptionalPackage<T>(
  name: string,
  neededBy: string,
  load: () => Promise<T>,
): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new MintlifyPersonalizationError(
      'invalid_option',
      `${neededBy} needs the package ${name}, and it could not be loaded. Run "npm install ${name}".`,
      { cause },
    );
  }
}
