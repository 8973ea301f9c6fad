import type * as Reader from 'mintlify-docs-emulator/reader';
import type { DocsMode } from '../ports/docs-site.js';
import type { MintlifyUser } from '../ports/mintlify-user.js';

/** Which docs to look at. */
export interface RenderDocsOptions {
  /** The folder with `docs.json`. Default `'docs'`, in the current folder. */
  readonly docs?: string;
  /** Public docs or private ones. Default `'personalization'` */
  readonly mode?: DocsMode;
}

/** A page of the docs, as a visitor sees it. */
export interface RenderedDocsPage {
  /** Inside the docs: `/quickstart`. */
  readonly path: string;
  readonly title: string;
  /** `listed` in the sidebar, `unlisted` but readable by its URL, or `denied`. */
  readonly access: 'listed' | 'unlisted' | 'denied';
  /** What the visitor reads, a line for each block. Empty if the visitor may not read the page. */
  readonly text: string;
  /** Why the page breaks for this visitor. */
  readonly fault?: string;
}

/**
 * Shows a page of your docs to a visitor, without a browser or a server. It needs the package `mintlify-docs-emulator`.
 *
 * @param user what a claim mapper returns; `null` is not logged in
 * @param page the page's path inside the docs: `/quickstart`
 * @example
 * ```ts
 * const page = await renderDocsAs({ groups: ['admin'], content: { firstName: 'Ada' } }, '/quickstart');
 * expect(page).toShow('Hello Ada');
 * ```
 * @throws TypeError if the docs have no such page, or the emulator is not installed
 */
export async function renderDocsAs(
  user: MintlifyUser | null,
  page: string,
  { docs = 'docs', mode = 'personalization' }: RenderDocsOptions = {},
): Promise<RenderedDocsPage> {
  const { showPage } = await loadReader();
  const visitor = user === null ? {} : { visitor: structuredClone(user) as Record<string, never> };
  const shown = await showPage(docs, page, { name: 'visitor', mode, ...visitor });
  if (shown !== undefined) return shown;
  throw new TypeError(
    `The docs in ${docs} have no page ${page}. Name it as its URL does, such as /quickstart.`,
  );
}

/** A literal name, so that bundlers know the package. */
async function loadReader(): Promise<typeof Reader> {
  try {
    return await import('mintlify-docs-emulator/reader');
  } catch (cause) {
    throw new TypeError(
      'renderDocsAs needs the package mintlify-docs-emulator. Install it: npm install --save-dev mintlify-docs-emulator',
      { cause },
    );
  }
}
