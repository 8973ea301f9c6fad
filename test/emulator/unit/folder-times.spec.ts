import { mkdir, readdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FolderTimes } from '../../../libs/mintlify-docs-emulator/src/site/folder-times.js';
import { SiteReader } from '../../../libs/mintlify-docs-emulator/src/site/site-reader.js';
import { makeFolder } from './sample-folder-helper.js';
import type { SampleFolder } from './sample-folder-helper.js';

const SPEC = { openapi: '3.1.0', info: { title: 'A', version: '1' }, paths: {} };
const FILES = {
  'docs.json': JSON.stringify({
    navigation: {
      groups: [
        { $ref: 'config/start.json' },
        { group: 'All', directory: 'guides' },
        { group: 'API', openapi: 'api/openapi.json' },
      ],
    },
  }),
  'config/start.json': JSON.stringify({ group: 'Start', pages: ['start', 'later/page'] }),
  'start.mdx': '---\ntitle: One\n---',
  'guides/a.mdx': 'a',
  'guides/deep/b.mdx': 'b',
  'api/openapi.json': JSON.stringify(SPEC),
  'style.css': 'p {}',
  '.mintignore': '/nothing',
  '.mintlify/skills/pay/SKILL.md': '---\nname: pay\n---',
};
let folder: SampleFolder | undefined;
afterEach(async () => {
  await folder?.remove();
  folder = undefined;
});

/** A folder that nothing came into for an hour: its times can be relied on. */
async function makeOldFolder(): Promise<string> {
  folder = await makeFolder(FILES);
  const hourAgo = new Date(Date.now() - 3_600_000);
  const entries = await readdir(folder.path, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isDirectory())) {
    await utimes(join(entry.parentPath, entry.name), hourAgo, hourAgo);
  }
  await utimes(folder.path, hourAgo, hourAgo);
  return folder.path;
}

describe('the times of folders', () => {
  it('are current until a file comes, goes or gets another name', async () => {
    const path = await makeOldFolder();
    const times = await FolderTimes.read(path);
    await writeFile(join(path, 'start.mdx'), 'edited');
    expect(times.areCurrent()).toBe(true);
    await rename(join(path, 'guides/deep/b.mdx'), join(path, 'guides/deep/c.mdx'));
    expect(times.areCurrent()).toBe(false);
  });

  it('cannot be relied on right after a change, or with a symbolic link', async () => {
    const path = await makeOldFolder();
    await symlink('start.mdx', join(path, 'link.mdx'));
    const hourAgo = new Date(Date.now() - 3_600_000);
    await utimes(path, hourAgo, hourAgo);
    expect((await FolderTimes.read(path)).areCurrent()).toBe(false);
    await rm(join(path, 'link.mdx'));
    expect((await FolderTimes.read(path)).areCurrent()).toBe(false);
    await utimes(path, hourAgo, hourAgo);
    expect((await FolderTimes.read(path)).areCurrent()).toBe(true);
  });
});

describe('a site whose folders are old', () => {
  const write = (file: string, text: string) => async (path: string) => {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), text);
  };
  it.each<[string, (path: string) => Promise<void>]>([
    ['an edited page', write('start.mdx', '---\ntitle: Changed\n---')],
    ['an edited page of a listed folder', write('guides/deep/b.mdx', '---\ntitle: Changed\n---')],
    ['a page that was missing', write('later/page.mdx', 'Now')],
    ['a new page in a listed folder', write('guides/deep/c.mdx', 'c')],
    ['a page that is gone', (path) => rm(join(path, 'guides/a.mdx'))],
    ['docs.json', write('docs.json', '{"navigation":{"pages":["start"]}}')],
    ['a file of a $ref', write('config/start.json', '{"group":"Other","pages":["start"]}')],
    ['a new style sheet', write('more.css', 'p {}')],
    ['a spec', write('api/openapi.json', JSON.stringify({ ...SPEC, info: { title: 'Two', version: '2' } }))],
    ['.mintignore', write('.mintignore', 'guides/a.mdx')],
    ['a .mintignore that is gone', (path) => rm(join(path, '.mintignore'))],
    ['a skill', write('.mintlify/skills/pay/SKILL.md', '---\nname: pay\ngroups: [a]\n---')],
    ['a new skill', write('.mintlify/skills/new/SKILL.md', '---\nname: new\n---')],
  ])('is read again after a change: %s', async (_, change) => {
    const path = await makeOldFolder();
    const reader = new SiteReader(path);
    const site = await reader.read();
    expect(await reader.read()).toBe(site);
    await change(path);
    const changed = await reader.read();
    expect(changed).not.toBe(site);
    expect(await reader.read()).toBe(changed);
  });
});
