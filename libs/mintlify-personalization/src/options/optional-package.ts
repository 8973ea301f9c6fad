import { MintlifyPersonalizationError } from '../errors.js';

/**
 * Loads an optional package when it is first needed.
 *
 * @internal
 * @param load the `import()`, written with a literal so that bundlers see it
 * @throws MintlifyPersonalizationError `invalid_option`, saying what to install
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
      `${neededBy} needs the package ${name}, which could not be loaded. Run "npm install ${name}".`,
      { cause },
    );
  }
}
