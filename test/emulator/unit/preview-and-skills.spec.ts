import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startDocsEmulator } from 'mintlify-docs-emulator';
import type { DocsEmulator, DocsEmulatorOptions } from 'mintlify-docs-emulator';
import { parseArguments } from '../../../libs/mintlify-docs-emulator/src/cli/arguments-parser.js';
import {
  listPaths,
  visibleNavigation,
} from '../../../libs/mintlify-docs-emulator/src/shared/navigation-filter.js';
import type { NavigationSection } from '../../../libs/mintlify-docs-emulator/src/shared/navigation-types.js';
import { checkSite } from '../../../libs/mintlify-docs-emulator/src/site/site-checker.js';
import { SiteReader } from '../../../libs/mintlify-docs-emulator/src/site/site-reader.js';
import { ensureClientBundle } from './client-bundle-helper.js';
import { navigationPathOf } from './navigation-helper.js';
import { makeFolder } from './sample-folder-helper.js';

const cleanups: (() => Promise<unknown>)[] = [];
const visitors = { anonymous: null, viewer: {}, admin: { groups: ['admin'] } };
beforeAll(ensureClientBundle, 60_000);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await makeFolder(files);
  cleanups.push(() => folder.remove());
  return folder.path;
}
async function start(directory: string, options: Partial<DocsEmulatorOptions> = {}): Promise<DocsEmulator> {
  const emulator = await startDocsEmulator({ port: 0, directory, visitors, ...options });
  cleanups.push(() => emulator.close());
  return emulator;
}
/** Requests as a visitor. */
const get = (emulator: DocsEmulator, path: string, name = 'anonymous') =>
  fetch(emulator.url + path, {
    redirect: 'manual',
    headers: { cookie: `docs-visitor-${emulator.port}=${name}` },
  });

describe('a preview', () => {
  const FILES = {
    'docs.json': JSON.stringify({
      navigation: {
        tabs: [
          { tab: 'A', groups: ['admin'], pages: ['gated'] },
          { tab: 'B', pages: ['open', 'admin', 'hid'] },
        ],
      },
    }),
    'gated.mdx': 'Gated',
    'open.mdx': '---\npublic: true\n---\nOpen',
    'admin.mdx': '---\ngroups: [admin]\n---\nAdmin',
    'hid.mdx': '---\nhidden: true\n---\nHidden',
  };
  /** What a page lists for a visitor, in the browser. */
  const listed = async (emulator: DocsEmulator, path: string, name: string) => {
    const html = await (await get(emulator, path, name)).text();
    const navigation = (await (
      await get(emulator, navigationPathOf(html), name)
    ).json()) as NavigationSection;
    const groups = name === 'anonymous' ? undefined : name === 'admin' ? ['admin'] : [];
    return listPaths(visibleNavigation(navigation, groups));
  };

  it('lists pages whatever their groups are, but no hidden ones', async () => {
    const directory = await folderWith(FILES);
    const plain = await start(directory);
    const preview = await start(directory, { preview: true });
    expect(await listed(plain, '/open', 'anonymous')).toEqual(['/open']);
    expect(await listed(preview, '/open', 'anonymous')).toEqual(['/gated', '/open', '/admin']);
  });

  it('of private docs lists them only after a login, opens none, and begins with a page that can be read', async () => {
    const preview = await start(await folderWith(FILES), { preview: true, mode: 'authentication' });
    expect(await listed(preview, '/open', 'anonymous')).toEqual(['/open']);
    expect(await listed(preview, '/', 'viewer')).toEqual(['/gated', '/open', '/admin']);
    expect((await get(preview, '/', 'viewer')).status).toBe(200);
    expect((await get(preview, '/admin', 'viewer')).status).toBe(404);
    expect((await get(preview, '/_emulator/modules/gated.mdx', 'viewer')).status).not.toBe(404);
    expect(await (await get(preview, '/_emulator/modules/gated.mdx', 'viewer')).text()).not.toContain(
      '"Gated"',
    );
  });

  it('is an option of the command line, of the check too', async () => {
    expect(parseArguments(['--preview']).preview).toBe(true);
    expect(parseArguments([]).preview).toBe(false);
    const directory = await folderWith(FILES);
    const check = { directory, mode: 'personalization', visitors: [{ name: 'anonymous' }] } as const;
    const accessOf = async (preview: boolean) =>
      (await checkSite({ ...check, preview })).report.pages.map(
        ({ path, access }) => `${path} ${access['anonymous']}`,
      );
    expect(await accessOf(false)).toContain('/gated unlisted');
    expect(await accessOf(true)).toEqual(
      expect.arrayContaining(['/gated listed', '/admin listed', '/hid unlisted']),
    );
    await expect(start(directory, { preview: 'yes' as never })).rejects.toThrow(
      /^preview must be true or false/,
    );
  });
});

describe('the skills of the docs', () => {
  const skill = (name: string, more = '') =>
    `---\nname: ${name}\ndescription: About ${name}\n${more}---\nText of ${name}`;
  const FILES = {
    'index.mdx': '---\npublic: true\n---\nHello',
    '.mintlify/skills/pay/SKILL.md': skill('Pay & Go'),
    '.mintlify/skills/admin/SKILL.md': skill('admin', 'groups: [admin]\n'),
    '.mintlify/skills/typo/skill.md': skill('typo', 'groups: admin\n'),
    '.mintlify/skills/broken/SKILL.md': '---\nname: [\n---\nText of broken',
  };
  const names = async (response: Response) =>
    ((await response.json()) as { skills: { name: string }[] }).skills.map(({ name }) => name);

  it('are in both indexes, each for the visitors who pass its groups', async () => {
    const emulator = await start(await folderWith(FILES));
    for (const index of ['/.well-known/skills/index.json', '/.well-known/agent-skills/index.json']) {
      expect(await names(await get(emulator, index))).toEqual(['pay-go']);
      expect(await names(await get(emulator, index, 'viewer'))).toEqual(['pay-go']);
      expect(await names(await get(emulator, index, 'admin'))).toEqual(['admin', 'pay-go']);
    }
    const text = async (name: string, visitor: string) => {
      const response = await get(emulator, `/.well-known/agent-skills/${name}/SKILL.md`, visitor);
      return response.status === 200 ? response.text() : response.status;
    };
    expect(await text('pay-go', 'anonymous')).toContain('Text of Pay & Go');
    expect(await text('admin', 'viewer')).toBe(404);
    expect(await text('admin', 'admin')).toContain('Text of admin');
    expect(await text('typo', 'admin')).toBe(404);
    expect(await text('broken', 'admin')).toBe(404);
  });

  it('say which of them no one gets, with the place', async () => {
    const site = await new SiteReader(await folderWith(FILES)).read();
    expect(site.warnings).toEqual([
      {
        file: '.mintlify/skills/broken/SKILL.md',
        line: 1,
        message: expect.stringMatching(/So no one gets this skill/),
      },
      {
        file: '.mintlify/skills/typo/skill.md',
        line: 1,
        message: expect.stringMatching(/^`groups` cannot be read, so no one gets/),
      },
    ]);
  });

  it('begin with skill.md, the only skill, or the index; a skill is no page', async () => {
    const root = await start(await folderWith({ ...FILES, 'skill.md': skill('root') }));
    expect(await (await get(root, '/skill.md')).text()).toContain('Text of root');
    expect((await get(root, '/skill')).status).toBe(404);
    const several = await start(await folderWith(FILES), { basePath: '/docs' });
    expect(await (await get(several, '/skill.md')).text()).toContain('Text of Pay');
    const response = await get(several, '/skill.md', 'admin');
    expect([response.status, response.headers.get('location')]).toEqual([
      307,
      '/docs/.well-known/skills/index.json',
    ]);
    const gated = await start(await folderWith({ 'skill.md': skill('root', 'groups: [admin]\n') }));
    expect((await get(gated, '/skill.md')).status).toBe(404);
  });

  it('of private docs are for visitors who are logged in', async () => {
    const emulator = await start(await folderWith({ ...FILES, 'skill.md': skill('root') }), {
      mode: 'authentication',
    });
    expect((await get(emulator, '/skill.md')).status).not.toBe(200);
    expect((await get(emulator, '/.well-known/skills/index.json')).status).not.toBe(200);
    expect(await names(await get(emulator, '/.well-known/skills/index.json', 'viewer'))).toEqual([
      'root',
      'pay-go',
    ]);
  });

  it('may be a link inside the folder, but not one that leads outside', async () => {
    const directory = await folderWith({ 'plugins/in/SKILL.md': skill('inside') });
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    cleanups.push(() => rm(outside, { recursive: true }));
    await writeFile(join(outside, 'SKILL.md'), skill('outside'));
    await mkdir(join(directory, '.mintlify/skills'), { recursive: true });
    await symlink(join(directory, 'plugins/in'), join(directory, '.mintlify/skills/in'));
    await symlink(outside, join(directory, '.mintlify/skills/out'));
    const emulator = await start(directory);
    expect(await names(await get(emulator, '/.well-known/skills/index.json', 'admin'))).toEqual(['inside']);
  });
});

describe('a page whose front matter cannot be read', () => {
  it('is listed for no one if it names groups', async () => {
    const directory = await folderWith({
      'docs.json': '{"navigation":{"pages":["gated","plain"]}}',
      'gated.mdx': '---\ntitle: [\ngroups: [admin]\n---\n',
      'plain.mdx': '---\ntitle: [\n---\n',
    });
    const { navigation } = await new SiteReader(directory).read();
    expect(listPaths(visibleNavigation(navigation, ['admin']))).toEqual(['/plain']);
  });
});
