import { describe, expect, it } from '@jest/globals';
import { readCodeLooks } from '../../../libs/mintlify-docs-emulator/src/site/code-theme-reader.js';

describe('styling.codeblocks', () => {
  it('is dark in both modes, or as the page', async () => {
    expect(await readCodeLooks({ codeblocks: 'dark' })).toEqual({ isDark: true });
    for (const codeblocks of [
      'system',
      undefined,
      1,
      {},
      { theme: 'css-variables' },
      { theme: { light: 'nord' } },
    ]) {
      expect(await readCodeLooks({ codeblocks })).toBeUndefined();
    }
    expect(await readCodeLooks(undefined)).toBeUndefined();
  });

  it('has the colors of a theme in both modes, or of one for each', async () => {
    const dracula = {
      background: '#282a36',
      text: '#f8f8f2',
      comment: '#6272a4',
      keyword: '#ff79c6',
      string: '#f1fa8c',
      number: '#bd93f9',
      title: '#50fa7b',
    };
    expect(await readCodeLooks({ codeblocks: { theme: 'dracula' } })).toEqual({
      light: dracula,
      dark: dracula,
    });
    expect(
      await readCodeLooks({ codeblocks: { theme: { light: 'github-light', dark: 'dracula' } } }),
    ).toEqual({
      light: expect.objectContaining({ background: '#fff', keyword: '#d73a49' }),
      dark: dracula,
    });
  });

  it('loads nothing but themes', async () => {
    for (const theme of ['../package.json', 'dist/nord.mjs', 'constructor', '', 'x'.repeat(50)]) {
      expect(await readCodeLooks({ codeblocks: { theme } })).toBeUndefined();
    }
  });
});
