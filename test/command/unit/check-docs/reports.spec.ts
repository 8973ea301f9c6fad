import { describe, expect, it } from '@jest/globals';
import { RULES } from '../../../../libs/mintlify-personalization-command/src/check-docs/check-finding.js';
import { configOf, makeCheckedFolder, MANUAL_VISITORS } from '../../../support/check-docs.support.js';

const DOCS = {
  'docs.json': configOf('a', 'b'),
  'a.mdx': '---\ngroups: [admins]\n---\nA',
  'b.mdx': "---\ngroups: [admin]\n---\nPlan: {user.plan}, 100%: {user['a:b,c'] ?? 1}",
};

describe('The report of check-docs', () => {
  it('is text by default, and ends with 1 if there is an error', async () => {
    await using folder = await makeCheckedFolder(DOCS);
    const { exitCode, output } = await folder.check();
    expect(exitCode).toBe(1);
    expect(output.split('\n')).toEqual([
      'error docs/a.mdx:2 This page is for the group "admins", which no claim mapper grants. (group-not-granted)',
      '  Write "admin".',
      'error docs/b.mdx:4 No claim mapper gives user.a:b,c. (user-key-unknown)',
      expect.stringContaining('Add it to content'),
      'warning docs/b.mdx:4 user.plan is optional, and the page has nothing to show without it. (user-without-fallback)',
      expect.stringContaining('Write what to show then'),
      '2 pages: 2 errors, 1 warning, 0 notes.',
      '',
    ]);
  });

  it('ends with 0 if there are only warnings', async () => {
    await using folder = await makeCheckedFolder({ ...DOCS, 'a.mdx': 'A', 'b.mdx': 'B' });
    expect(await folder.check()).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('1 warning,'),
    });
  });

  it('is one JSON object', async () => {
    await using folder = await makeCheckedFolder(DOCS);
    expect((await folder.findings())[0]).toEqual({
      rule: 'group-not-granted',
      severity: 'error',
      file: 'docs/a.mdx',
      line: 2,
      message: 'This page is for the group "admins", which no claim mapper grants.',
      fix: 'Write "admin".',
    });
  });

  it('is annotations of GitHub, whose marks are escaped', async () => {
    await using folder = await makeCheckedFolder(DOCS);
    const { output } = await folder.check('--format', 'github');
    expect(output.split('\n')[0]).toBe(
      '::error file=docs/a.mdx,line=2,title=group-not-granted::This page is for the group "admins", which no claim mapper grants. Write "admin".',
    );
    expect(output).toContain('::warning file=docs/b.mdx,line=4,title=user-without-fallback::');
  });

  it('is SARIF 2.1.0', async () => {
    await using folder = await makeCheckedFolder(DOCS);
    const { output } = await folder.check('--format', 'sarif');
    expect(JSON.parse(output)).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: expect.any(String), rules: Object.keys(RULES).map((id) => ({ id })) } },
          results: [
            {
              ruleId: 'group-not-granted',
              level: 'error',
              message: { text: expect.stringContaining('Write "admin".') },
              locations: [
                { physicalLocation: { artifactLocation: { uri: 'docs/a.mdx' }, region: { startLine: 2 } } },
              ],
            },
            { ruleId: 'user-key-unknown' },
            { ruleId: 'user-without-fallback' },
          ],
        },
      ],
    });
  });
});

describe('The rules of check-docs', () => {
  const off = (rules: object) => JSON.stringify({ checkDocs: { off: rules } });

  it('can be switched off with a reason, which is printed', async () => {
    const settings = off({ 'group-not-granted': 'The group comes next week.', 'user-key-unknown': 'Known.' });
    await using folder = await makeCheckedFolder({ ...DOCS, 'mintlify-personalization.json': settings });
    const { exitCode, output } = await folder.check();
    expect(exitCode).toBe(0);
    expect(output).toContain('off group-not-granted: The group comes next week.');
  });

  it.each([
    ['an unknown rule', off({ 'group-not-grantd': 'x' }), /no rule "group-not-grantd".*"group-not-granted"/],
    ['no reason', off({ 'group-unused': ' ' }), /"group-unused" is off without a reason/],
    ['an unknown setting', '{ "checkDocs": { "on": {} } }', /checkDocs\.on is unknown/],
    ['no JSON', '{', /not JSON/],
  ])('are not read with %s', async (_, settings, message) => {
    await using folder = await makeCheckedFolder({ ...DOCS, 'mintlify-personalization.json': settings });
    expect(await folder.check()).toMatchObject({ exitCode: 2, errors: expect.stringMatching(message) });
  });
});

describe('check-docs', () => {
  const shapes = { ...MANUAL_VISITORS, groups: ['viewer'] };

  it('asks the mapper of one tenant, or the default one', async () => {
    const tenants = { acme: { ...MANUAL_VISITORS, groups: ['admins'] } };
    const visitors = { ...MANUAL_VISITORS, tenants, default: shapes };
    await using folder = await makeCheckedFolder(
      { 'docs.json': configOf('a'), 'a.mdx': DOCS['a.mdx'] },
      visitors,
    );
    expect(await folder.findings('--tenant', 'acme')).toEqual([]);
    expect(await folder.findings('--tenant', 'other')).toMatchObject([
      { rule: 'group-not-granted' },
      { rule: 'group-unused' },
    ]);
  });

  it.each<[string, object, RegExp]>([
    ['no schema', [], /is no visitors schema/],
    ['a schema of the wrong type', { groups: 'admin' }, /is no visitors schema/],
    ['a tenant of the wrong type', { ...shapes, tenants: { acme: { groups: 7 } } }, /is no visitors schema/],
  ])('says what is wrong with %s', async (_, visitors, message) => {
    await using folder = await makeCheckedFolder(DOCS, visitors);
    expect(await folder.check()).toMatchObject({ exitCode: 2, errors: expect.stringMatching(message) });
  });

  it('says that a tenant is not known, or a folder has no docs.json', async () => {
    await using folder = await makeCheckedFolder({ 'a.mdx': 'A' });
    expect(await folder.check('--tenant', 'acme')).toMatchObject({
      exitCode: 2,
      errors: expect.stringContaining('neither the tenant acme'),
    });
    expect(await folder.check()).toMatchObject({ exitCode: 2, errors: expect.stringContaining('docs.json') });
  });

  it('knows that private docs serve no static file at its URL', async () => {
    const docs = {
      'docs.json': configOf('billing/index'),
      'billing/index.mdx': '---\ngroups: [admin]\n---\nB',
      'billing/terms.pdf': '%PDF',
    };
    await using folder = await makeCheckedFolder(docs, { ...MANUAL_VISITORS, groups: 'any' });
    const rules = async (mode: string) => (await folder.findings('--mode', mode)).map(({ rule }) => rule);
    expect(await rules('personalization')).toContain('static-file-not-gated');
    expect(await rules('authentication')).not.toContain('static-file-not-gated');
  });

  it('knows that a visitor of private docs is logged in, unless the page is public', async () => {
    const content = {
      type: 'object',
      properties: { org: { type: 'object', properties: { plan: {} } } },
      required: ['org'],
    };
    const docs = {
      'docs.json': configOf('a', 'b'),
      'a.mdx': 'A {user.org.plan ?? 1}',
      'b.mdx': '---\npublic: true\n---\nB {user.org.plan ?? 1}',
    };
    await using folder = await makeCheckedFolder(docs, { ...MANUAL_VISITORS, groups: 'any', content });
    const rules = async (mode: string) =>
      (await folder.findings('--mode', mode)).map(({ rule, file }) => [rule, file]);
    expect(await rules('authentication')).toEqual([['user-read-unguarded', 'docs/b.mdx']]);
    expect(await rules('personalization')).toEqual([
      ['user-read-unguarded', 'docs/a.mdx'],
      ['user-read-unguarded', 'docs/b.mdx'],
    ]);
  });
});
