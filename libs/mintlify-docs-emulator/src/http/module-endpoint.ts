import { locateFile, splitUrlPath } from '../site/file-locator.js';
import { SiteError } from '../site/site-error.js';
import { INTERNAL_PATH } from './emulator-context.js';
import type { EmulatorContext } from './emulator-context.js';
import { scriptReply, textReply } from './reply.js';
import type { Reply } from './reply.js';

/** Tells whether the reader may see a file, by its path inside the docs folder. */
export type ModuleFilter = (file: string) => boolean | Promise<boolean>;

/**
 * Answers an MDX file compiled to an ES module, read from disk each time. A file that does not compile or does
 * not exist becomes a module that shows the location and the reason, so the rest of the page still works.
 *
 * @param urlPath the file's path inside the docs folder, such as `/quickstart.mdx`.
 * @param isAllowed files that it excludes are treated as missing. Default: all files are allowed.
 * @example
 * sendReply(request, response, await answerModule(context, '/quickstart.mdx'));
 */
export async function answerModule(
  context: EmulatorContext,
  urlPath: string,
  isAllowed: ModuleFilter = () => true,
): Promise<Reply> {
  const parts = splitUrlPath(urlPath);
  if (!parts || !/\.mdx?$/.test(urlPath)) return textReply(404, 'Only MDX files are served here.');
  try {
    const file = await locateFile(context.directory, parts);
    const isPart = file && !context.sites.isIgnored(file.relativePath);
    if (!isPart || !(await isAllowed(file.relativePath))) {
      throw new SiteError({ file: parts.join('/') }, 'is imported, but the file does not exist.');
    }
    const { variables } = await context.sites.read();
    const { code, faults, warnings } = await context.bundler.bundle(file, variables);
    for (const { message, ...place } of [...faults, ...warnings]) context.warnings.add(message, place);
    return scriptReply(code);
  } catch (error) {
    if (error instanceof SiteError)
      return scriptReply(errorModule(error, `${context.basePath}${INTERNAL_PATH}/client`));
    throw error;
  }
}

function errorModule({ location, reason }: SiteError, client: string): string {
  return [
    `import { pageError } from ${JSON.stringify(`${client}/page-runtime.js`)};`,
    `export default pageError(${JSON.stringify({ ...location, reason })});`,
  ].join('\n');
}
