import { isGated, type CheckContext } from './check-context.js';
import type { RuleFinding } from './check-finding.js';
import { byFolder } from './public-checks.js';

/** Rules about what Mintlify serves whatever `groups` say (handshakes.md, section 9). */
export function checkServedFiles({ folder, mode }: CheckContext): RuleFinding[] {
  // Mintlify serves no static file of private docs at its URL.
  const folders = mode === 'authentication' ? [] : byFolder(folder.pages);
  const files = [...folders].flatMap(([inside, pages]): RuleFinding[] => {
    const served = folder.staticFiles.filter((file) => file.startsWith(`${inside}/`));
    const [first] = served;
    if (inside === '.' || first === undefined || !pages.every(isGated)) return [];
    const others = served.length === 1 ? '' : ` So can the other ${served.length - 1} files in ${inside}.`;
    return [
      {
        rule: 'static-file-not-gated',
        file: first,
        line: 1,
        message: `All pages in ${inside} have groups, but anyone with the URL can open this file.${others}`,
        fix: 'Serve it from a place that asks who the reader is, or move it out of the docs.',
      },
    ];
  });
  const specs = folder.apiFiles.flatMap(({ file, groupPlaces }): RuleFinding[] => {
    const [first] = groupPlaces;
    if (first === undefined) return [];
    return [
      {
        rule: 'spec-ignores-groups',
        file,
        line: first.line,
        message: 'Groups hide this part of the API in pages, but the file can be downloaded whole.',
        fix: 'Keep what must not be read in an OpenAPI file of its own, outside of these docs.',
      },
    ];
  });
  return [...files, ...specs];
}
