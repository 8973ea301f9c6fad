import { describe, expect, it } from '@jest/globals';
import { configOf, makeCheckedFolder } from '../../../support/check-docs.support.js';

const VISITORS = {
  groups: [],
  content: {
    type: 'object',
    properties: {
      org: {
        type: 'object',
        properties: { plan: { type: 'string' } },
        required: ['plan'],
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  },
  apiPlaygroundInputs: {},
  tenants: {},
};

const placesOf = async (text: string, config = configOf('a')) => {
  await using folder = await makeCheckedFolder({ 'docs.json': config, 'a.mdx': text }, VISITORS);
  return (await folder.findings()).map(({ rule, line, fix }) => `${rule} ${line} ${fix}`);
};

describe('check-docs follows constants that hold a part of user:', () => {
  it.each([
    [
      'a part that may be missing',
      'const { org } = user;',
      'org.plan',
      'user-read-unguarded 4 Write user.org?.plan.',
    ],
    [
      'a key that no mapper gives',
      'const org = user.org;',
      'org?.pln',
      'user-key-unknown 4 Write user.org.plan.',
    ],
  ])('%s', async (_, declared, read, expected) => {
    const text = `export const Plan = () => {\n  ${declared}\n\n  return <b>{${read}}</b>;\n};\n\n<Plan />`;
    expect(await placesOf(text.replace('\n\n  return', '\n  // The plan.\n  return'))).toEqual([expected]);
  });

  it('a check and a default count', async () => {
    const check =
      'export const A = () => {\n  const { org } = user;\n  return org ? <b>{org.plan}</b> : null;\n};';
    const fallback =
      'export const B = () => {\n  const org = user.org ?? {};\n  return <b>{org.plan}</b>;\n};';
    expect(await placesOf(`${check}\n\n${fallback}`)).toEqual([]);
  });
});

describe('check-docs replaces variables of docs.json', () => {
  const config = JSON.stringify({
    name: 'Docs',
    variables: { 'product-name': 'Acme' },
    navigation: { pages: ['a'] },
  });

  it('before it parses a page, so the page is checked', async () => {
    expect(await placesOf('Welcome to {{product-name}}.\n\n{user.org.plan}', config)).toEqual([
      'user-read-unguarded 3 Write user.org?.plan.',
    ]);
  });
});
