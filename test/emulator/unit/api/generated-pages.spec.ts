import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
// Its index loads Tailwind and AsyncAPI parsers: these are the files with the rules alone.
import { checkGroupAccess } from '../../../../node_modules/@mintlify/common/dist/navigation/index.js';
import {
  generateUniqueFilenameWithoutExtension,
  prepareStringToBeValidFilename,
} from '../../../../node_modules/@mintlify/common/dist/openapi/filenameUtils.js';
import { generateOpenApiPages } from '../../../../node_modules/@mintlify/common/dist/openapi/generateOpenApiPages.js';
import { potentiallyParseOpenApiString } from '../../../../node_modules/@mintlify/common/dist/openapi/parseOpenApiString.js';
import { generatePages } from '../../../../libs/mintlify-docs-emulator/src/api/generated-pages.js';
import { parseOperationName } from '../../../../libs/mintlify-docs-emulator/src/api/operation-names.js';
import { slugOf, uniqueSlug } from '../../../../libs/mintlify-docs-emulator/src/api/page-slugs.js';
import { operationsOf } from '../../../../libs/mintlify-docs-emulator/src/api/spec-operations.js';
import { Spec } from '../../../../libs/mintlify-docs-emulator/src/api/spec.js';
import { passesRule } from '../../../../libs/mintlify-docs-emulator/src/shared/group-rules.js';
import { readersOf, visitorGroups } from '../mintlify-rules-helper.js';

/** Holds the pages of operations to Mintlify's published code, over generated specs. */
const CASES = Number(process.env['DIFFERENTIAL_CASES'] ?? 1000);
const SEED = process.env['PROPERTY_SEED'];
const runs = (percent: number) => ({
  numRuns: Math.ceil((CASES * percent) / 100),
  ...(SEED !== undefined && { seed: Number(SEED) }),
});

const word = fc.constantFrom(
  'List',
  'plants',
  'a',
  'v1.2',
  '{id}',
  '--',
  '-',
  '(new)',
  'it’s',
  "it's",
  'größe',
  'A/B',
  '  ',
  '?',
  '#1',
  '水',
  '{a}{b}',
  '.',
  '\n',
);
const text = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
);
const path = fc
  .array(
    fc.constantFrom('plants', '{id}', '{plant_id}', 'v1.0', 'Care', 'a-b', 'x.y', '{a}-{b}', 'search:run'),
    { maxLength: 4 },
  )
  .map((parts) => `/${parts.join('/')}`);
// Of one slug each, so that tags and groups are the same thing.
const tag = fc.constantFrom('plants', 'Care Team', 'v1.2', 'größe', '(beta)');
const names = fc.array(fc.constantFrom('a', 'b', 'c', '*'), { minLength: 1, maxLength: 2 });
const rules = fc.record({ includes: names }, { requiredKeys: ['includes'] }).map((rule) => [rule]);
const groups = fc.option(fc.oneof(names, rules), { nil: undefined });
const operation = fc.record(
  {
    summary: text,
    description: text,
    operationId: fc.string({ maxLength: 8 }),
    deprecated: fc.boolean(),
    tags: fc.array(tag, { maxLength: 2 }),
    'x-excluded': fc.constantFrom(true, false),
    'x-mint': fc.record(
      {
        href: fc
          .array(fc.constantFrom('one', 'Two', 'deep', '//', 'x_y'), { minLength: 1, maxLength: 3 })
          .map((parts) => parts.join('/')),
        groups,
        metadata: fc.record({ title: text, description: text, groups }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;
const item = fc.record(
  {
    ...Object.fromEntries(methods.map((method) => [method, operation])),
    'x-mint': fc.record({ groups }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
const document = fc.record(
  {
    openapi: fc.constant('3.1.0'),
    paths: fc.dictionary(path, item, { maxKeys: 5 }),
    webhooks: fc.dictionary(fc.constantFrom('plantThirsty', 'plant died', 'Plant.New'), item, { maxKeys: 2 }),
    tags: fc.array(
      fc.record({ name: tag, 'x-group': fc.constantFrom('Plants', 'Team') }, { requiredKeys: ['name'] }),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['openapi', 'paths'] },
);
const directory = fc.option(fc.constantFrom('api', 'API/v1', '/rest', 'a/b/', '', 'a//b'), {
  nil: undefined,
});

/** As it would be read from JSON. A path of `x-mint.href` begins with the tag, so that no two groups have the same. */
const plain = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_, each: unknown) => {
    const { tags = [], 'x-mint': mint } = (each ?? {}) as { tags?: string[]; 'x-mint'?: { href?: string } };
    if (mint?.href !== undefined) mint.href = `of${(tags[0] ?? '').replaceAll(/\W/g, '')}/${mint.href}/last`;
    return each;
  }) as T;
const specOf = (value: object) => new Spec('openapi.json', { kind: 'openapi', document: { ...value } });
const ours = (value: object, folder?: string) => generatePages(operationsOf(specOf(value)), folder);

describe("the pages of operations in Mintlify's own code", () => {
  it('have the same paths, titles, groups and texts, in the same order, whatever the spec is', () => {
    fc.assert(
      fc.property(document, directory, visitorGroups, (generated, folder, visitor) => {
        const spec = plain(generated);
        const theirs = generateOpenApiPages({
          spec: structuredClone(spec) as never,
          specFilePath: '/openapi.json',
          ...(folder !== undefined && { outputDirectory: folder }),
        });
        const pages = ours(spec, folder);
        // This function numbers the pages of all groups together; see below.
        fc.pre(new Set(pages.map(({ path: at }) => at)).size === pages.length);
        assert.deepEqual(
          pages.map(({ path: at, frontMatter, group, operation: { method, path: route } }) => [
            method.toLowerCase(),
            route,
            at,
            frontMatter.title,
            group,
            frontMatter.description ?? '',
            frontMatter.deprecated ?? false,
          ]),
          theirs.map((page) => [
            page.method,
            page.path,
            page.href,
            page.title,
            page.tag ?? 'API Reference',
            page.description ?? '',
            page.deprecated ?? false,
          ]),
        );
        for (const [index, { frontMatter }] of pages.entries()) {
          const page = theirs[index];
          if (page?.isWebhook) continue;
          const { groups: given } = (page?.xMintMetadata ?? {}) as { groups?: never };
          assert.equal(passesRule(frontMatter.rule, visitor), checkGroupAccess(given, readersOf(visitor)));
        }
      }),
      runs(100),
    );
  });

  it('have the same parts of their paths, from any text', () => {
    const any = fc.oneof(text, fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 4 }), (texts) => {
        const theirs: string[] = [];
        const listed = new Set<string>();
        for (const each of texts.filter((value) => value !== '')) {
          const base = prepareStringToBeValidFilename(each) ?? '';
          assert.equal(slugOf(each), base);
          theirs.push(generateUniqueFilenameWithoutExtension(theirs, base));
          listed.add(uniqueSlug(slugOf(each), listed));
        }
        assert.deepEqual([...listed], theirs);
      }),
      runs(100),
    );
  });

  it('are named the same way in the navigation', () => {
    const part = fc.constantFrom(
      'GET',
      'get',
      'Webhook',
      'PoSt',
      'query',
      '/plants',
      'openapi.json',
      '',
      '\t',
      'https://foo.test/a.json',
    );
    const name = fc.oneof(
      fc.string(),
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(name, (entry) => {
        const { method, endpoint, filename } = potentiallyParseOpenApiString(entry) ?? {};
        const found = parseOperationName(entry);
        assert.deepEqual(
          [found?.method.toLowerCase(), found?.path, found?.source],
          [method, endpoint, filename],
        );
      }),
      runs(100),
    );
  });
});

describe('the pages of operations, where the published code that writes them says more', () => {
  const pathsOf = (...operations: object[]) =>
    ours({
      openapi: '3.1.0',
      paths: Object.fromEntries(operations.map((each, index) => [`/${index}`, { get: each }])),
    }).map(({ path: at }) => at);

  it('are numbered inside their group alone', () => {
    const href = 'same/page';
    const mint = { 'x-mint': { href } };
    expect(pathsOf({ tags: ['a'], ...mint }, { tags: ['a'], ...mint }, { tags: ['b'], ...mint })).toEqual([
      '/same/page',
      '/same/page-1',
      '/same/page',
    ]);
  });

  it('are numbered without those that are hidden', () => {
    const summary = 'List';
    expect(pathsOf({ summary, 'x-hidden': true }, { summary }, { summary })).toEqual([
      '/api-reference/list',
      '/api-reference/list',
      '/api-reference/list-1',
    ]);
  });

  it('are named in the sidebar after `x-mint.href`, which ends before a file extension', () => {
    const paths = { '/a': { get: { summary: 'List all', 'x-mint': { href: '/plants/../care/list.mdx' } } } };
    expect(ours({ openapi: '3.1.0', paths })).toMatchObject([
      { path: '/care/list', frontMatter: { title: 'List all', sidebarTitle: 'List' } },
    ]);
  });

  it('never lead out of the docs', () => {
    const paths = { '/a': { get: { summary: 'A' } } };
    expect(ours({ paths }, '../../x').map(({ path: at }) => at)).toEqual(['/x/a']);
    expect(ours({ paths }, './x').map(({ path: at }) => at)).toEqual(['/x/a']);
  });

  it('show an operation to no one, where `x-mint.groups` is no list', () => {
    const paths = {
      '/a': { get: { 'x-mint': { groups: 'admin' } } },
      '/b': { get: { 'x-mint': { groups: [] } } },
    };
    for (const { frontMatter } of ours({ paths }))
      expect(passesRule(frontMatter.rule, ['admin'])).toBe(false);
  });
});
