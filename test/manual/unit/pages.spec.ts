import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { validateDocsConfig } from '@mintlify/validation';
import GithubSlugger from 'github-slugger';
import { compilePage } from '../../../libs/mintlify-docs-emulator/src/mdx/page-compiler.js';
import {
  MANUAL,
  readNavigation,
  readPages,
  withoutCode,
  type ManualPage,
} from '../../support/manual.support.js';

const pages = readPages();
/** The pages that are written by hand. */
const written = pages.filter(({ name }) => !name.startsWith('reference/'));
/** About two screens. */
const MAX_SECTION_LINES = 90;
const byName = new Map(pages.map((page) => [page.name, page]));

/** The ids that links may lead to, as Mintlify and the emulator make them of headings. */
function anchorsOf(page: ManualPage): Set<string> {
  const slugger = new GithubSlugger();
  const text = withoutCode(page);
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    slugger.slug(heading.replaceAll(/[`\\]/g, '')),
  );
  const ids = [...text.matchAll(/\bid="([^"]+)"/g)].map(([, id = '']) => id);
  return new Set([...headings, ...ids]);
}

/** Where a page's links lead: of Markdown, and of components. */
function linksOf(page: ManualPage): string[] {
  const text = withoutCode(page);
  return [/\]\(([^)\s]+)\)/g, /\bhref="([^"]+)"/g].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, link = '']) => link),
  );
}

describe('the manual', () => {
  it('has settings that Mintlify takes', () => {
    const settings: unknown = JSON.parse(readFileSync(join(MANUAL, 'docs.json'), 'utf8'));
    expect(validateDocsConfig(settings as never)).toMatchObject({ success: true });
  });

  it('lists every page once, and no page that is not there', () => {
    expect(readNavigation().toSorted()).toEqual(pages.map(({ name }) => name).toSorted());
  });

  it.each(pages.map(({ name }) => name))('%s has a title and compiles', async (name) => {
    const { text } = byName.get(name) ?? { text: '' };
    expect(text).toMatch(/^---\ntitle: \S.*\n/);
    const { code, warnings } = await compilePage(text, `${name}.mdx`);
    expect(code).toContain('MDXContent');
    expect(warnings).toEqual([]);
  });

  it.each(pages.map(({ name }) => name))('%s leads to pages and places that are there', (name) => {
    const page = byName.get(name);
    const broken = (page === undefined ? [] : linksOf(page)).filter((link) => {
      if (link.startsWith('https://')) return false;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? page : byName.get(path.replace(/^\//, ''));
      return target === undefined || (anchor !== undefined && !anchorsOf(target).has(anchor));
    });
    expect(broken).toEqual([]);
  });

  it.each(written.map(({ name }) => name))(
    '%s says first what it is for, and has no section of over two screens',
    (name) => {
      const { text } = byName.get(name) ?? { text: '' };
      expect(text).toMatch(/^---\n.*?\n---\n\nThis page /s);
      const sections = text.split(/^#{2,3} /m).map((section) => section.split('\n').length);
      expect(Math.max(...sections)).toBeLessThanOrEqual(MAX_SECTION_LINES);
    },
  );

  it('has the API reference that the doc comments make', () => {
    const directory = mkdtempSync(join(tmpdir(), 'reference-'));
    try {
      execFileSync(process.execPath, ['reference.build.js', '--out', directory], { stdio: 'pipe' });
      const read = (folder: string) =>
        readdirSync(folder)
          .toSorted()
          .map((file) => [file, readFileSync(join(folder, file), 'utf8')]);
      expect(read(join(MANUAL, 'reference'))).toEqual(read(directory));
    } finally {
      rmSync(directory, { recursive: true });
    }
  }, 60_000);
});
