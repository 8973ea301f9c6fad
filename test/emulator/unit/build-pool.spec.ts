import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { builderHere } from '../../../libs/mintlify-docs-emulator/src/mdx/build-here.js';
import { BuildPool } from '../../../libs/mintlify-docs-emulator/src/mdx/build-pool.js';
import type { PoolOptions } from '../../../libs/mintlify-docs-emulator/src/mdx/build-pool.js';
import type { PageBuilder } from '../../../libs/mintlify-docs-emulator/src/mdx/build-protocol.js';
import { PageBundler } from '../../../libs/mintlify-docs-emulator/src/mdx/page-bundler.js';
import { locateFile } from '../../../libs/mintlify-docs-emulator/src/site/file-locator.js';
import { ensureClientBundle } from './client-bundle-helper.js';
import { makeFolder } from './sample-folder-helper.js';

/** Takes a minute: for each bracket, the compiler looks at all others. */
const SLOW = '['.repeat(300_000);
const LARGE = '| a | b | c |\n| - | - | - |\n'.concat('| *a* | **b** | `c` |\n'.repeat(60_000));
const cleanups: (() => Promise<unknown>)[] = [];
beforeAll(ensureClientBundle, 60_000);
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await makeFolder(files);
  cleanups.push(() => folder.remove());
  return folder.path;
}

function poolWith(options: PoolOptions): BuildPool {
  const pool = new BuildPool(options);
  cleanups.push(() => pool.close());
  return pool;
}

async function build(builder: PageBuilder, directory: string, name: string) {
  const page = await locateFile(directory, name.split('/'));
  if (!page) throw new Error('There is no page.');
  return builder({
    options: { directory, client: '/client', collectsReferences: true, checksIcons: true },
    page,
  });
}

describe('the builder of pages', () => {
  it('builds in workers what it builds here', async () => {
    const directory = await folderWith({
      'plain.mdx': '# Hello {user.firstName}\n\n<Card icon="no-such-icon">x</Card>',
      'parts.mdx':
        "import A, { b } from './snippets/a.jsx'\nimport Gone from './gone.mdx'\n\n<A>{b}</A> <Gone />",
      'snippets/a.jsx': 'export default ({ children }) => <b>{children}</b>;',
      'broken.mdx': 'Text\n\n<Note>',
    });
    const pool = poolWith({ size: 2 });
    const both = async (name: string) => {
      const results = [builderHere(), pool.build].map((builder) => build(builder, directory, name));
      const settled = await Promise.allSettled(results);
      return settled.map((each) => {
        if (each.status === 'fulfilled') return each.value;
        const { message, files, siteError } = each.reason as {
          message: string;
          files: string[];
          siteError: Error;
        };
        return { message, files, fault: siteError.message };
      });
    };
    for (const name of ['plain.mdx', 'parts.mdx', 'broken.mdx']) {
      const [here, there] = await both(name);
      expect(there).toEqual(here);
    }
    expect((await both('plain.mdx'))[1]).toMatchObject({ page: { warnings: [{ line: 3 }], faults: [] } });
    expect((await both('broken.mdx'))[1]).toMatchObject({ fault: expect.stringMatching(/^broken\.mdx:3:/) });
  });

  it('stops a page that takes too long, names it, and builds the others meanwhile and afterwards', async () => {
    const directory = await folderWith({
      'slow.mdx': "import Part from './part.mdx'\n\n<Part />",
      'part.mdx': SLOW,
      'fast.mdx': 'Fast',
    });
    const pool = poolWith({ size: 2, deadlineMs: 3_000 });
    const done: string[] = [];
    const slow = build(pool.build, directory, 'slow.mdx').catch((error: unknown) => {
      done.push('slow');
      return error;
    });
    await build(pool.build, directory, 'fast.mdx');
    done.push('fast');
    expect(await slow).toMatchObject({
      siteError: {
        location: { file: 'part.mdx' },
        reason: 'takes more than 3 seconds to compile. Split it, or simplify what is nested in it.',
      },
      files: [join(directory, 'slow.mdx'), join(directory, 'part.mdx')],
    });
    expect(done).toEqual(['fast', 'slow']);
    expect((await build(pool.build, directory, 'fast.mdx')).page.code).toContain('"Fast"');
  });

  it('stops a page that takes too much memory, and builds the next one', async () => {
    const directory = await folderWith({ 'large.mdx': LARGE, 'small.mdx': 'Small' });
    const pool = poolWith({ size: 1, memoryMb: 64 });
    const [large, small] = await Promise.allSettled(
      ['large.mdx', 'small.mdx'].map((name) => build(pool.build, directory, name)),
    );
    expect(large).toMatchObject({
      reason: { siteError: { message: 'large.mdx: takes too much memory to compile. Split it.' } },
    });
    expect(small?.status).toBe('fulfilled');
  });

  it('lets workers end that have nothing to do, and starts others', async () => {
    const directory = await folderWith({ 'a.mdx': 'Text' });
    const pool = poolWith({ size: 1, idleMs: 0 });
    for (const _ of [1, 2, 3]) {
      expect((await build(pool.build, directory, 'a.mdx')).page.code).toContain('"Text"');
      await new Promise((resolve) => setImmediate(resolve));
    }
  });

  it('fails the pages that wait when it is closed', async () => {
    const directory = await folderWith({ 'slow.mdx': SLOW, 'fast.mdx': 'Fast' });
    const pool = new BuildPool({ size: 1 });
    const pages = ['slow.mdx', 'fast.mdx'].map((name) => build(pool.build, directory, name));
    const settled = Promise.allSettled(pages);
    // Both are with the pool once their files are located.
    await Promise.race([
      ...pages.map((page) => page.catch(() => undefined)),
      locateFile(directory, ['slow.mdx']),
    ]);
    await pool.close();
    expect((await settled).map((each) => each.status === 'rejected' && String(each.reason))).toEqual([
      'Error: The builder of pages is closed.',
      'Error: The builder of pages is closed.',
    ]);
  });
});

describe('the bundler', () => {
  it('builds a page once for all who wait for it, and one that fails once until it changes', async () => {
    const directory = await folderWith({ 'a.mdx': '<Note>', 'b.mdx': 'Text' });
    let builds = 0;
    const here = builderHere();
    const bundler = new PageBundler({ directory, client: '' }, (request) => {
      builds += 1;
      return here(request);
    });
    const bundle = async (name: string) => {
      const file = await locateFile(directory, [name]);
      if (!file) throw new Error('There is no page.');
      return bundler.bundle(file);
    };
    await Promise.all([bundle('b.mdx'), bundle('b.mdx')]);
    expect(builds).toBe(1);
    for (const _ of [1, 2]) await expect(bundle('a.mdx')).rejects.toThrow(/^a\.mdx:1/);
    expect(builds).toBe(2);
    await writeFile(join(directory, 'a.mdx'), 'Fixed');
    expect((await bundle('a.mdx')).code).toContain('"Fixed"');
  });

  it('keeps as many pages as it has bytes for, the newest ones', async () => {
    const names = ['a', 'b', 'c'];
    const directory = await folderWith(
      Object.fromEntries(names.map((name) => [`${name}.mdx`, 'x'.repeat(10_000)])),
    );
    const built: string[] = [];
    const here = builderHere();
    const bundler = new PageBundler({ directory, client: '', cacheBytes: 26_000 }, (request) => {
      built.push(request.page.relativePath);
      return here(request);
    });
    const bundle = async (name: string) => {
      const file = await locateFile(directory, [`${name}.mdx`]);
      if (!file) throw new Error('There is no page.');
      return bundler.bundle(file);
    };
    for (const name of [...names, 'c', 'b', 'a']) await bundle(name);
    expect(built).toEqual(['a.mdx', 'b.mdx', 'c.mdx', 'a.mdx']);
  });
});
