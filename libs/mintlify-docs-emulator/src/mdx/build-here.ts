import { IconLibrary } from '../icons/icon-library.js';
import type { LocatedFile } from '../site/file-locator.js';
import { SiteError } from '../site/site-error.js';
import { BuildError } from './build-error.js';
import type { BuildRequest, BuiltPage } from './build-protocol.js';
import { PageBuild } from './page-build.js';

/**
 * Builds pages in this thread, which does nothing else meanwhile.
 *
 * @param onFile called before a file is read and compiled.
 * @returns a function that throws BuildError if a page cannot be built.
 * @example
 * const build = builderHere();
 * const { page } = await build({ options: { directory: '/srv/docs', client: '' }, page: file });
 */
export function builderHere(onFile?: (file: LocatedFile) => void) {
  const icons = new IconLibrary();
  return async ({ options: { checksIcons, ...options }, page }: BuildRequest): Promise<BuiltPage> => {
    const work = new PageBuild({ ...options, onFile, ...(checksIcons && { icons }) }, page);
    try {
      return { page: await work.run(), files: work.files };
    } catch (error) {
      const { files } = work;
      if (error instanceof SiteError) {
        throw new BuildError({ location: error.location, reason: error.reason, files });
      }
      throw new BuildError({ reason: error instanceof Error ? error.message : String(error), files });
    }
  };
}
