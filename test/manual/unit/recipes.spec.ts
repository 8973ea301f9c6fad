import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readAdded, readAddedFiles, readPageBlocks } from '../../recipes/manual-page.js';

const RECIPES = 'test/recipes';
const PAGES = 'docs/recipes';

const names = readdirSync(RECIPES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

it('every recipe has a page, and every page a recipe', () => {
  const pages = readdirSync(PAGES).map((file) => file.replace(/\.mdx$/, ''));
  expect(pages.toSorted()).toEqual(names.toSorted());
});

describe.each(names)('the page of %s', (name) => {
  const readBlocks = () => readPageBlocks(readFileSync(join(PAGES, `${name}.mdx`), 'utf8'));

  it('shows the very code that is tested', () => {
    for (const { path, code } of readBlocks()) {
      const file = join(RECIPES, name, path);
      expect(existsSync(file) ? readAdded(readFileSync(file, 'utf8'), path) : `no ${path}`).toBe(code);
    }
  });

  it('shows all that a reader adds to an app', () => {
    const added = readAddedFiles(join(RECIPES, name));
    expect(
      readBlocks()
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual([...added.keys()].toSorted());
    expect(added.size).toBeGreaterThan(0);
  });
});
