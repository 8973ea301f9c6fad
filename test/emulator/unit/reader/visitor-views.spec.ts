import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readVisitorViews, showPage } from 'mintlify-docs-emulator/reader';
import type { DocsVisitor } from 'mintlify-docs-emulator/reader';

const FILES: Record<string, string> = {
  'docs.json': JSON.stringify({
    name: 'Docs',
    navigation: {
      pages: ['start', 'billing', 'plain', { group: 'Team', groups: ['admin'], pages: ['team'] }],
    },
  }),
  'start.mdx': `---
title: Start
description: Begin here.
---
import Plan from '/snippets/plan.mdx';

Hello {user.firstName ?? 'there'}, and {user.firstName ?? 'there'} again. <b title={user.plan}>1 &lt; 2</b>

{user.plan && (
  <Note>
    You have <em>{user.plan}</em>.
  </Note>
)}

<Plan />

{[1, 2].map((user) => <i key={user}>{user.size}</i>)}
`,
  'snippets/plan.mdx': 'Seats: {user.org?.seats}',
  'billing.mdx': '---\ngroups: [admin]\n---\nPlan: {user.org.plan}',
  'plain.mdx': 'The word user. `{user.firstName}`',
  'team.mdx': '---\npublic: true\n---\nTeam',
  'broken.mdx': 'Hello {user.firstName} {',
};
const CONTENT = { firstName: 'Ada <&>', plan: 'pro', org: { plan: 'pro', seats: 3 } };
const VISITORS: DocsVisitor[] = [
  { name: 'anonymous' },
  { name: 'admin', visitor: { groups: ['admin'], content: CONTENT } },
  { name: 'poor admin', visitor: { groups: ['admin'] } },
  { name: 'private', mode: 'authentication' },
  { name: 'private viewer', visitor: { groups: ['viewer'] }, mode: 'authentication' },
];

const PLANTS = {
  openapi: '3.1.0',
  info: { title: 'Plants', version: '1' },
  paths: {
    '/open': { get: { responses: {} } },
    '/secret': { get: { 'x-mint': { groups: ['admin'] }, responses: {} } },
  },
};

let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'visitor-views-'));
  for (const [file, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(directory, file)), { recursive: true });
    await writeFile(join(directory, file), text);
  }
});
afterAll(() => rm(directory, { recursive: true }));

it('finds out what each visitor lists and may read, and what the places of user show', async () => {
  const pages = await readVisitorViews(directory, VISITORS);
  const accessOf = (path: string) => {
    const views = Object.values(pages.find((page) => page.path === path)?.views ?? {});
    return views.map(({ access }) => access);
  };
  expect(pages.map(({ path }) => path)).toEqual(['/start', '/billing', '/plain', '/team', '/broken']);
  expect(accessOf('/start')).toEqual(['listed', 'listed', 'listed', 'denied', 'listed']);
  expect(accessOf('/billing')).toEqual(['unlisted', 'listed', 'listed', 'denied', 'denied']);
  expect(accessOf('/team')).toEqual(['unlisted', 'listed', 'listed', 'denied', 'denied']);
  const [start, billing, plain, , broken] = pages;
  expect(start?.views.admin?.places).toEqual([
    { source: "user.firstName ?? 'there'", text: 'Ada <&>' },
    { source: 'user.plan', text: 'pro' },
    { source: 'user.plan && ( <Note> You have <em>{user.plan}</em>. </Note> )', text: 'You have pro.' },
    { source: 'user.org?.seats', text: '3' },
  ]);
  expect(start?.views.anonymous?.places?.map(({ text }) => text)).toEqual(['there', '', '', '']);
  expect(start?.views.private).toEqual({ access: 'denied' });
  expect(plain?.views.admin).toEqual({ access: 'listed' });
  expect(billing?.views['poor admin']?.fault).toMatch(/undefined \(reading 'plan'\)/);
  expect(billing?.views.admin?.fault).toBeUndefined();
  expect(broken?.views.anonymous?.fault).toEqual(expect.any(String));
});

it('shows a page to one visitor', async () => {
  const admin = { name: 'admin', visitor: { groups: ['admin'], content: CONTENT } };
  const page = await showPage(directory, '/start', admin);
  expect(page).toMatchObject({ path: '/start', title: 'Start', access: 'listed' });
  expect(page?.text).toBe(
    'Start\nBegin here.\nHello Ada <&>, and Ada <&> again. 1 < 2\nYou have pro.\nSeats: 3',
  );
  const denied = await showPage(directory, '/billing', { name: 'private', mode: 'authentication' });
  expect(denied).toEqual({ path: '/billing', title: '/billing', access: 'denied', text: '' });
  expect(await showPage(directory, '/missing', admin)).toBeUndefined();
});

it('denies the page of an operation that is for others, also if the navigation does not list it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'visitor-views-'));
  await writeFile(join(folder, 'docs.json'), JSON.stringify({ name: 'D', navigation: { pages: ['start'] } }));
  await writeFile(join(folder, 'start.mdx'), 'Hello');
  await writeFile(join(folder, 'plants.json'), JSON.stringify(PLANTS));
  for (const name of ['open', 'secret']) {
    await writeFile(join(folder, `${name}.mdx`), `---\nopenapi: GET /${name}\n---\nText`);
  }
  const mode = 'authentication' as const;
  const viewer = { name: 'viewer', visitor: { groups: ['viewer'] }, mode };
  const admin = { name: 'admin', visitor: { groups: ['admin'] }, mode };
  const pages = await readVisitorViews(folder, [viewer, admin]);
  const seen = Object.fromEntries(
    pages.map(({ path, views }) => [path, [views['viewer']?.access, views['admin']?.access]]),
  );
  expect(seen).toEqual({
    '/start': ['listed', 'listed'],
    '/open': ['unlisted', 'unlisted'],
    '/secret': ['denied', 'unlisted'],
  });
  expect((await showPage(folder, '/secret', viewer))?.access).toBe('denied');
  expect((await showPage(folder, '/secret', admin))?.access).toBe('unlisted');
  await rm(folder, { recursive: true });
});
