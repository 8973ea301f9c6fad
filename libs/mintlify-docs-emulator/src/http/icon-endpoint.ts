import type { IconLibrary, IconQuery } from '../icons/icon-library.js';
import { describeUnknownIcon } from '../icons/unknown-icon.js';
import { CACHE_HEADERS } from './library-endpoint.js';
import { textReply } from './reply.js';
import type { Reply } from './reply.js';
import type { WarningLog } from './warning-log.js';

const NO_ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';

/**
 * Answers an icon under the paths that Mintlify's components ask their own host for. An unknown one is an empty picture,
 * so that nothing is shown, and one warning.
 *
 * @param path such as `v7.1.0/solid/rocket.svg`, `lucide/v0.545.0/rocket.svg` or `devicon/python.svg`.
 * @example
 * const reply = await answerIcon('v7.1.0/solid/rocket.svg', { icons, warnings });
 */
export async function answerIcon(
  path: string,
  { icons, warnings }: { icons: IconLibrary; warnings: WarningLog },
): Promise<Reply> {
  const query = readQuery(path);
  if (!query) return textReply(404, 'File not found.');
  const svg = await icons.find(query);
  if (svg === undefined) warnings.add(describeUnknownIcon(query.name));
  return { status: 200, type: 'image/svg+xml', body: svg ?? NO_ICON, headers: CACHE_HEADERS };
}

function readQuery(path: string): IconQuery | undefined {
  const [first = '', ...rest] = path.split('/');
  const name = /^(?<name>.+)\.svg$/.exec(decode(rest.at(-1) ?? ''))?.groups?.name;
  if (name === undefined || rest.length > 2) return undefined;
  if (first === 'lucide') return { name, library: 'lucide' };
  if (first === 'devicon') return { name, library: 'language' };
  return /^v[\d.]+$/.test(first) && rest.length === 2 ? { name, style: rest[0] } : undefined;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
