import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator } from 'mintlify-docs-emulator';
import type { Browser } from 'playwright-core';
import { makeFolder } from '../emulator/unit/sample-folder-helper.js';
import type { SampleFolder } from '../emulator/unit/sample-folder-helper.js';
import { BROWSER_TIMEOUT_MS, launchChromium } from '../support/chromium.support.js';

const DOCS = '{"name":"Live","navigation":{"pages":["long","other"]}}';
const long = (word: string) =>
  `---\ntitle: Long\n---\nimport Part from '/snippets/part.mdx'\n\n${Array.from({ length: 80 }, (_, index) => `Line ${index} ${word}`).join('\n\n')}\n\n<Part />\n`;

describe('an open page', () => {
  let browser: Browser;
  let folder: SampleFolder;
  let emulator: DocsEmulator;

  beforeAll(async () => {
    browser = await launchChromium();
    folder = await makeFolder({
      'docs.json': DOCS,
      'long.mdx': long('one'),
      'other.mdx': 'Other',
      'snippets/part.mdx': 'Part one',
    });
    emulator = await startDocsEmulator({
      port: 0,
      directory: folder.path,
      visitors: { anonymous: null },
      watch: true,
    });
  }, BROWSER_TIMEOUT_MS);
  afterAll(async () => {
    await browser.close();
    await emulator.close();
    await folder.remove();
  });

  it(
    'follows edits of the page, a snippet, docs.json and a style sheet, in its place, and shows a fault until it is fixed',
    async () => {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      const edit = (file: string, text: string) => writeFile(join(folder.path, file), text);
      const shows = (text: string) =>
        page.waitForFunction(
          (wanted) =>
            document.documentElement.dataset['ready'] === 'true' &&
            document.body.textContent.includes(wanted),
          text,
        );
      const listening = page.waitForResponse((response) => response.url().endsWith('/_emulator/changes'));
      await page.goto(`${emulator.url}/long#none`);
      await listening;
      await shows('Line 79 one');
      await page.evaluate(() => scrollTo(0, 900));

      await edit('long.mdx', long('two'));
      await shows('Line 79 two');
      await page.waitForFunction(
        () => document.documentElement.dataset['ready'] === 'true' && scrollY === 900,
      );
      await edit('snippets/part.mdx', 'Part two');
      await shows('Part two');
      await edit('docs.json', DOCS.replace('Live', 'Renamed'));
      await page.waitForFunction(() => document.title === 'Long - Renamed');
      await edit('style.css', 'h1 { color: rgb(1, 2, 3) !important; }');
      await page.waitForFunction(() => {
        const title = document.querySelector('h1');
        return title && getComputedStyle(title).color === 'rgb(1, 2, 3)';
      });
      await page.waitForFunction(
        () => document.documentElement.dataset['ready'] === 'true' && scrollY === 900,
      );

      await edit('long.mdx', 'Text\n\n<Note>');
      await shows('long.mdx:3');
      await edit('long.mdx', long('three'));
      await shows('Line 79 three');
      await edit('docs.json', '{"navigation":');
      await page.getByTestId('page-error').getByText('docs.json').waitFor();
      await edit('docs.json', DOCS);
      await shows('Line 79 three');
      expect(errors).toEqual([]);
      await page.close();
    },
    BROWSER_TIMEOUT_MS,
  );
});
