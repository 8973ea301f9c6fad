import { readFile, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { replaceVariables } from '../mdx/variables.js';
import { locateFile } from '../site/file-locator.js';
import { withoutFrontMatter } from '../site/front-matter-reader.js';
import type { SitePage } from '../site/page-access.js';
import { readBlocks } from './page-blocks.js';
import type { PageBlock } from './page-blocks.js';

/** The text of a page below one heading, or above the first one. */
export interface PageSection {
  /** Empty above the first heading. */
  heading: string;
  /** Of the heading. */
  id?: string;
  text: string;
}

/** The text of a page. The object is another one if the text is. */
export interface PageText {
  sections: readonly PageSection[];
}

interface KnownFile {
  stamp: string;
  blocks: readonly PageBlock[];
}

interface KnownPage {
  text: PageText;
  /** The files in it, by absolute path, each with its stamp. */
  stamps: ReadonlyMap<string, string>;
}

const MAX_BYTES = 2_000_000;
const MAX_SNIPPETS = 200;
const MAX_DEPTH = 5;

/**
 * The texts of pages, each kept until one of its files changes.
 *
 * @example
 * const store = new PageTextStore('/srv/docs');
 * const { sections } = await store.read('quickstart.mdx', {});
 */
export class PageTextStore {
  private readonly files = new Map<string, KnownFile>();
  private readonly pages = new Map<string, KnownPage>();
  /** The files that pages import, by absolute path, each with its stamp. */
  private readonly imported = new Map<string, string>();
  private variables = '';

  constructor(private readonly directory: string) {}

  /**
   * Reads a page.
   *
   * @param page its file, by the path inside the docs folder and by the absolute one.
   * @param variables from docs.json.
   * @returns a page without text, if the file cannot be read.
   */
  async read(
    { file, absolutePath }: Pick<SitePage, 'file' | 'absolutePath'>,
    variables: Readonly<Record<string, string>>,
  ): Promise<PageText> {
    this.forgetOtherVariables(variables);
    const known = this.pages.get(file);
    if (known && (await isCurrent(known.stamps))) return known.text;
    const stamps = new Map<string, string>();
    const blocks = await this.blocksOf(file, { variables, stamps, depth: 0, absolutePath });
    const text = { sections: sectionsOf(blocks) };
    // A page whose file is missing is looked for again.
    if (stamps.size > 0) this.pages.set(file, { text, stamps });
    return text;
  }

  /** Tells whether no file that pages import has changed. Changes of the pages themselves make another site. */
  async areImportsCurrent(): Promise<boolean> {
    return isCurrent(this.imported);
  }

  /** Forgets pages that the site no longer has. */
  keep(files: ReadonlySet<string>): void {
    for (const file of this.pages.keys()) if (!files.has(file)) this.pages.delete(file);
  }

  private forgetOtherVariables(variables: Readonly<Record<string, string>>): void {
    const key = JSON.stringify(variables);
    if (key === this.variables) return;
    this.variables = key;
    this.files.clear();
    this.pages.clear();
    this.imported.clear();
  }

  private async blocksOf(
    file: string,
    of: {
      variables: Readonly<Record<string, string>>;
      stamps: Map<string, string>;
      depth: number;
      absolutePath?: string | undefined;
    },
  ): Promise<PageBlock[]> {
    const { blocks, stamp, absolutePath } = await this.readFile(file, of);
    if (absolutePath === undefined || of.stamps.has(absolutePath)) return of.depth === 0 ? [] : [...blocks];
    of.stamps.set(absolutePath, stamp);
    if (of.depth > 0) this.imported.set(absolutePath, stamp);
    if (of.depth >= MAX_DEPTH || of.stamps.size > MAX_SNIPPETS) return [];
    const all: PageBlock[] = [];
    for (const block of blocks) {
      if (block.kind !== 'snippet') all.push(block);
      else
        for (const path of snippetFiles(block.source, file)) {
          const inside = await this.blocksOf(path, { ...of, depth: of.depth + 1, absolutePath: undefined });
          all.push(...inside);
          if (inside.length > 0) break;
        }
    }
    return all;
  }

  private async readFile(
    file: string,
    {
      variables,
      absolutePath: known,
    }: { variables: Readonly<Record<string, string>>; absolutePath?: string | undefined },
  ): Promise<KnownFile & { absolutePath?: string | undefined }> {
    const nothing = { stamp: '', blocks: [] };
    try {
      const absolutePath = known ?? (await locateFile(this.directory, file.split('/')))?.absolutePath;
      if (absolutePath === undefined) return nothing;
      const stamp = await stampOf(absolutePath);
      const kept = this.files.get(absolutePath);
      if (kept?.stamp === stamp) return { ...kept, absolutePath };
      if (Number(stamp.split(':')[1]) > MAX_BYTES) return { ...nothing, stamp, absolutePath };
      const source = withoutFrontMatter(await readFile(absolutePath, 'utf8'));
      const blocks = readBlocks(replaceVariables(source, variables));
      this.files.set(absolutePath, { stamp, blocks });
      return { stamp, blocks, absolutePath };
    } catch {
      // A file that cannot be read, or that nests too deep, has no text.
      return nothing;
    }
  }
}

async function isCurrent(stamps: ReadonlyMap<string, string>): Promise<boolean> {
  for (const [path, stamp] of stamps) if ((await stampOf(path).catch(() => '')) !== stamp) return false;
  return true;
}

async function stampOf(absolutePath: string): Promise<string> {
  const { mtimeMs, size, ino } = await stat(absolutePath);
  return `${mtimeMs}:${size}:${ino}`;
}

/** What an import may mean, inside the docs folder. */
function snippetFiles(source: string, from: string): string[] {
  const whole = /^\.{1,2}\//.test(source)
    ? posix.join(posix.dirname(from), source)
    : posix.normalize(source.replace(/^\/+/, ''));
  if (whole.split('/').some((part) => part.startsWith('.') || part === 'node_modules')) return [];
  return whole.startsWith('snippets/') ? [whole, `_${whole}`] : [whole];
}

function sectionsOf(blocks: readonly PageBlock[]): PageSection[] {
  let section: PageSection = { heading: '', text: '' };
  const sections = [section];
  for (const block of blocks) {
    if (block.kind === 'heading') {
      section = { heading: block.title, ...(block.id !== '' && { id: block.id }), text: '' };
      sections.push(section);
    } else if (block.kind === 'text') section.text += section.text === '' ? block.text : ` ${block.text}`;
  }
  return sections;
}
