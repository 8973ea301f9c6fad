import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { describeEachPersona, renderDocsAs } from 'nestjs-mintlify-personalization/testing';
import 'nestjs-mintlify-personalization/testing/jest';

const docs = mkdtempSync(join(tmpdir(), 'render-docs-'));
const file = join(docs, '..', `${docs.split('/').at(-1)}.json`);
writeFileSync(join(docs, 'docs.json'), '{"name":"Docs","navigation":{"pages":["start","team"]}}');
writeFileSync(
  join(docs, 'start.mdx'),
  "---\ntitle: Start\n---\nHello {user.firstName ?? 'you'},\n\nwelcome.",
);
writeFileSync(join(docs, 'team.mdx'), '---\ngroups: [admin]\n---\nPlan {user.org.plan}');
const ADA = { groups: ['admin'], content: { firstName: 'Ada', org: { plan: 'pro' } } };
const record = { mode: 'personalization', pages: {}, texts: {}, faults: {} };
writeFileSync(
  file,
  JSON.stringify({
    personas: { anonymous: { ...record, user: null }, ada: { ...record, user: ADA, tenant: 'acme' } },
  }),
);
afterAll(() => {
  rmSync(docs, { recursive: true });
  rmSync(file);
});

it('shows a page to a visitor', async () => {
  const page = await renderDocsAs(ADA, '/start', { docs });
  expect(page).toMatchObject({ path: '/start', title: 'Start', access: 'listed' });
  expect(page).toShow('Hello Ada, welcome.');
  expect(page).not.toShow('you');
  expect(() => expect(page).toShow('Hello you')).toThrow('Expected /start to show a text.');
  expect(() => expect(page).not.toShow('Ada')).toThrow('Expected /start not to show Ada.');
  expect(await renderDocsAs(null, '/start', { docs })).toShow('Hello you');
});

it('shows nothing of a page that the visitor may not read, and says why a page breaks', async () => {
  const denied = await renderDocsAs(null, '/team', { docs, mode: 'authentication' });
  expect(() => expect(denied).toShow('Plan')).toThrow('The visitor may not read it.');
  const broken = await renderDocsAs({ groups: ['admin'] }, '/team', { docs });
  expect(() => expect(broken).toShow('Plan')).toThrow(/It breaks: .*'plan'/);
});

it('says what is wrong', async () => {
  await expect(renderDocsAs(ADA, '/missing', { docs })).rejects.toThrow('have no page /missing');
  expect(() => expect({}).toShow('x')).toThrow('Expected a page of renderDocsAs.');
  expect(() => describeEachPersona(() => {}, { file: join(docs, 'docs.json') })).toThrow('is not what');
});

const seen: string[] = [];
describeEachPersona(
  (persona) => {
    seen.push(`${persona.name} of ${persona.tenant ?? 'no tenant'}`);
    it('reads the first page', async () => {
      const name = persona.user === null ? 'you' : 'Ada';
      expect(await persona.open('/start', { docs })).toShow(`Hello ${name}`);
    });
  },
  { file, describe },
);
it('makes a suite for each persona', () => {
  expect(seen).toEqual(['anonymous of no tenant', 'ada of acme']);
});
