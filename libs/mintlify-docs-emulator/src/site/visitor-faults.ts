import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';
import type { BundledPage } from '../mdx/build-types.js';
import type { PageRenderer } from '../render/page-renderer.js';
import type { Visitor } from '../shared/visitor-types.js';
import { locateFile } from './file-locator.js';
import type { SiteFinding } from './site-finding.js';

/** A page to show to some visitors. */
export interface ShownPage {
  directory: string;
  /** Path inside the docs folder. */
  file: string;
  bundled: BundledPage;
  visitors: readonly { name: string; visitor?: Visitor }[];
}

const UNDEFINED_PART = /of undefined \(reading '(?<name>[\w$]+)'\)/;
const HINT =
  ' For a visitor without this value, user has none: write user.org?.plan instead of user.org.plan.';

/**
 * Shows a page to each visitor, and finds out for whom it throws.
 *
 * @throws Error if pages cannot be rendered at all.
 * @example
 * await findVisitorFaults(renderer, { directory, file: 'plan.mdx', bundled, visitors: [{ name: 'anonymous' }] });
 * // [{ message: "throws for the visitor anonymous: …", file: 'plan.mdx', line: 3 }]
 */
export async function findVisitorFaults(
  renderer: PageRenderer,
  { directory, file, bundled, visitors }: ShownPage,
): Promise<SiteFinding[]> {
  if (visitors.length === 0) return [];
  const code = await toCommonJs(bundled.code);
  if (code === undefined) return [];
  const contents = visitors.map(({ visitor }) => visitor?.content ?? {});
  const reasons = await renderer.render({ code, contents });
  const names = new Map<string, string[]>();
  for (const [index, { name }] of visitors.entries()) {
    const reason = reasons[index] ?? undefined;
    if (reason !== undefined) names.set(reason, [...(names.get(reason) ?? []), name]);
  }
  const files = [file, ...bundled.references.map((each) => each.file).filter((each) => each !== file)];
  return Promise.all(
    Array.from(names, async ([reason, who]): Promise<SiteFinding> => {
      const part = UNDEFINED_PART.exec(reason)?.groups?.name;
      const place = part === undefined ? undefined : await placeOf(part, directory, files);
      const hint = part === undefined || who.length === visitors.length ? '' : HINT;
      const message = `throws for the visitor${who.length > 1 ? 's' : ''} ${who.join(', ')}: ${reason}${hint}`;
      return { message, ...(place ?? { file }) };
    }),
  );
}

/** The code of a page for the renderer; `undefined` for a page that waits while it is loaded. */
export async function toCommonJs(code: string): Promise<string | undefined> {
  try {
    return (await transform(code, { format: 'cjs', loader: 'js', logLevel: 'silent' })).code;
  } catch {
    return undefined;
  }
}

/** The first line that reads a property of this name. */
async function placeOf(name: string, directory: string, files: readonly string[]) {
  for (const file of files) {
    const located = await locateFile(directory, file.split('/'));
    const lines = located ? (await readFile(located.absolutePath, 'utf8')).split('\n') : [];
    const index = lines.findIndex((line) => line.includes(`.${name}`));
    if (index !== -1) return { file, line: index + 1 };
  }
  return undefined;
}
