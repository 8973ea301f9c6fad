import { beforeAll, describe, expect, it } from '@jest/globals';
import type { CheckFinding } from '../../../../libs/mintlify-personalization-command/src/check-docs/check-finding.js';
import { makeCheckedFolder, MANUAL_VISITORS } from '../../../support/check-docs.support.js';

/** A mistake in the manual: what is replaced in which file, and where it is found. */
interface Mistake {
  readonly file: string;
  /** What is there. Absent: the text is added at the end. */
  readonly from?: string;
  readonly to: string;
  readonly rule: string;
  /** Other files that it needs. */
  readonly files?: Readonly<Record<string, string>>;
  /** Text of the line that is named. */
  readonly line: string;
  readonly fix: RegExp;
}

const GATED = "---\ntitle: Gated\ngroups: ['admin']\n---\n\nText.\n";

const MISTAKES: Readonly<Record<string, Mistake>> = {
  'a group in the plural': {
    file: 'administrators.mdx',
    from: "groups: ['admin']",
    to: "groups: ['admins']",
    rule: 'group-not-granted',
    line: "groups: ['admins']",
    fix: /^Write "admin"\.$/,
  },
  'a group of another case, in a list': {
    file: 'keys.mdx',
    from: '---\n',
    to: '---\ngroups:\n  - admin\n  - Admin\n',
    rule: 'group-not-granted',
    line: '  - Admin',
    fix: /^Write "admin"\.$/,
  },
  'a group that is kept out and not granted': {
    file: 'tenants.mdx',
    from: '---\n',
    to: "---\ngroups: [{ excludes: ['contractors'] }]\n",
    rule: 'group-not-granted',
    line: 'excludes',
    fix: /^Grant "contractors" in a claim mapper .* admin, internal\.$/,
  },
  'a group of the navigation that is not granted': {
    file: 'docs.json',
    from: '"group": "Keys",',
    to: '"group": "Keys",\n        "groups": ["amdin"],',
    rule: 'group-not-granted',
    line: '"amdin"',
    fix: /^Write "admin"\.$/,
  },
  'an end of a visit that is read without a visit': {
    file: 'troubleshooting.mdx',
    to: '\n\nUntil {user.viewingAs.until}.\n',
    rule: 'user-read-unguarded',
    line: 'user.viewingAs.until',
    fix: /^Write user\.viewingAs\?\.until\.$/,
  },
  'a group of a skill that is not granted': {
    file: '.mintlify/skills/keys/SKILL.md',
    to: '---\nname: keys\ndescription: Rotates keys.\ngroups: [operators]\n---\nRotate.\n',
    rule: 'group-not-granted',
    line: 'operators',
    fix: /^Grant "operators"/,
  },
  'groups that are a text': {
    file: 'health.mdx',
    from: '---\n',
    to: '---\ngroups: admin\n',
    rule: 'groups-unreadable',
    line: 'groups: admin',
    fix: /^Write a list of names: groups: \["admin"\]\.$/,
  },
  'an empty list of groups': {
    file: 'metrics.mdx',
    from: '---\n',
    to: '---\ngroups: []\n',
    rule: 'groups-admit-no-one',
    line: 'groups: []',
    fix: /^Name a group/,
  },
  'a group that is included and excluded': {
    file: 'overload.mdx',
    from: '---\n',
    to: "---\ngroups: [{ includes: ['admin'], excludes: ['admin'] }]\n",
    rule: 'groups-admit-no-one',
    line: 'includes',
    fix: /^Remove a group from excludes/,
  },
  'a key of user with a typo': {
    file: 'introduction.mdx',
    from: "{user.firstName ?? 'there'}",
    to: "{user.firstname ?? 'there'}",
    rule: 'user-key-unknown',
    line: 'user.firstname',
    fix: /^Write user\.firstName\.$/,
  },
  'a key of user that no mapper gives': {
    file: 'snippets/region.jsx',
    to: "export const Region = () => (\n  <b>{user.region ?? 'eu'}</b>\n);\n",
    rule: 'user-key-unknown',
    line: 'user.region',
    fix: /^Add it to content .* firstName, plan, company, apiKey\.$/,
  },
  'a property of a missing value': {
    file: 'quickstart.mdx',
    to: '\n{user.firstName.toUpperCase()}\n',
    rule: 'user-read-unguarded',
    line: 'toUpperCase',
    fix: /^Write user\.firstName\?\.toUpperCase\.$/,
  },
  'an optional key with nothing in its place': {
    file: 'demo.mdx',
    to: '\nYour plan: {user.plan}\n',
    rule: 'user-without-fallback',
    line: 'Your plan',
    fix: /^Write what to show then: \{user\.plan \?\? '…'\}\.$/,
  },
  'front matter that is no YAML': {
    file: 'openapi.mdx',
    from: '---\n',
    to: '---\ngroups: [\n',
    rule: 'page-not-checked',
    line: '',
    fix: /^Correct the YAML/,
  },
  'a page that is no MDX': {
    file: 'claim-mappers.mdx',
    to: '\n<Note>\n',
    rule: 'page-not-checked',
    line: '<Note>',
    fix: /^Correct the MDX/,
  },
  'a credential': {
    file: 'token-signer.mdx',
    // In two parts: this file is no place for one either.
    to: `\nThe key is \`${['AKIA', 'Q7ZK3MWP5RT9XL2V'].join('')}\`.\n`,
    rule: 'secret-in-page',
    line: 'The key is',
    fix: /^Revoke it, and write a placeholder/,
  },
  'a page with groups that only public text links to': {
    file: 'cors.mdx',
    to: '\nSee [the roadmap](/roadmap).\n',
    files: { 'roadmap.mdx': GATED },
    rule: 'gated-page-linked-publicly',
    line: '[the roadmap]',
    fix: /^Add \/roadmap to the navigation/,
  },
  'a page without groups in a folder of pages with groups': {
    file: 'partners/prices.mdx',
    to: '---\ntitle: Prices\n---\n\nPrices.\n',
    files: { 'partners/a.mdx': GATED, 'partners/b.mdx': GATED },
    rule: 'public-page-in-gated-folder',
    line: '---',
    fix: /^Add groups: \["admin"\]/,
  },
  'a group of public docs that sounds like protection': {
    file: 'rate-limits.mdx',
    from: '---\n',
    to: "---\ngroups: ['internal']\n",
    rule: 'groups-do-not-protect',
    line: 'internal',
    fix: /^Move what must not be read to private docs/,
  },
  'a static file in a folder of pages with groups': {
    file: 'billing/terms.pdf',
    to: '%PDF',
    files: { 'billing/index.mdx': GATED },
    rule: 'static-file-not-gated',
    line: '%PDF',
    fix: /^Serve it from a place that asks/,
  },
  'groups in an OpenAPI file, which is downloaded whole': {
    file: 'spec.json',
    to: '{\n"openapi": "3.1.0",\n"paths": { "/a": {\n"x-mint": { "groups": ["admin"] } } } }\n',
    files: { 'operation.mdx': "---\ntitle: A\nopenapi: 'spec.json GET /a'\n---\n" },
    rule: 'spec-ignores-groups',
    line: 'x-mint',
    fix: /^Keep what must not be read in an OpenAPI file of its own/,
  },
};

describe('check-docs', () => {
  it('finds nothing in the manual', async () => {
    await using folder = await makeCheckedFolder('manual');
    const { exitCode, output } = await folder.check();
    expect(output).toMatch(/^\d+ pages: 0 errors, 0 warnings, 0 notes\.\n$/);
    expect(exitCode).toBe(0);
  });

  describe('in a copy with all mistakes at once', () => {
    const after = new Map<string, string>();
    let findings: CheckFinding[] = [];

    beforeAll(async () => {
      const visitors = { ...MANUAL_VISITORS, groups: ['admin', 'internal'] };
      await using folder = await makeCheckedFolder('manual', visitors);
      for (const { file, from, to, files = {} } of Object.values(MISTAKES)) {
        const before = await folder.read(file).catch(() => '');
        const text = from === undefined ? before + to : before.replace(from, () => to);
        if (text === before || after.has(file)) throw new Error(`The mistake in ${file} cannot be planted.`);
        after.set(file, text);
        await folder.write({ ...files, [file]: text });
      }
      findings = await folder.findings();
    });

    it.each(Object.entries(MISTAKES))('finds %s, with file, line and fix', (_, { file, rule, line, fix }) => {
      const found = findings.filter((finding) => finding.file === `docs/${file}`);
      expect(found).toEqual([
        expect.objectContaining({
          rule,
          message: expect.any(String),
          fix: expect.stringMatching(fix),
        }),
      ]);
      expect(after.get(file)?.split('\n')[(found[0]?.line ?? 0) - 1]).toContain(line);
    });

    it('finds nothing else', () => {
      expect(findings).toHaveLength(after.size);
    });
  });

  it('finds a group that is granted and used nowhere, in the schema', async () => {
    const groups = ['admin', 'operator'];
    await using folder = await makeCheckedFolder('manual', { ...MANUAL_VISITORS, groups });
    expect(await folder.findings()).toEqual([
      {
        rule: 'group-unused',
        severity: 'warning',
        file: 'visitors.schema.json',
        line: 4,
        message: 'The group "operator" is granted, and used nowhere in these docs.',
        fix: expect.stringMatching(/^Use it in groups of a page/),
      },
    ]);
  });

  it('finds a page whose groups and those around it are granted by no mapper together', async () => {
    const of = (...groups: string[]) => ({ ...MANUAL_VISITORS, groups });
    const tenants = { acme: of('admin'), zeta: of('support') };
    await using folder = await makeCheckedFolder('manual', { ...of('admin', 'support'), tenants });
    const config = await folder.read('docs.json');
    const added = '{ "group": "Support", "groups": ["support"], "pages": ["administrators"] },\n';
    await folder.write({
      'docs.json': config
        .replace(/"administrators"(?=\s*\])/, '"pages"')
        .replace('      {\n', (start) => added + start),
    });
    const findings = await folder.findings();
    expect(findings).toMatchObject([
      { rule: 'groups-admit-no-one', file: 'docs/administrators.mdx', line: 4, fix: expect.any(String) },
    ]);
  });
});
