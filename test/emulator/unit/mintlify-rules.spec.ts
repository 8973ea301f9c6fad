import assert from 'node:assert/strict';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
// Its index loads Tailwind, OpenAPI and AsyncAPI parsers: these are the files with the rules alone.
import { generatePathToPublicDict } from '../../../node_modules/@mintlify/common/dist/divisions/generatePathToPublicDict.js';
import {
  checkGroupAccess,
  filterDivisions,
  generatePathToBreadcrumbsMapForDocsConfig,
  getAllPathsInDecoratedNav,
  getFirstPageFromNavigation,
} from '../../../node_modules/@mintlify/common/dist/navigation/index.js';
import { cleanHeadingId, slugify } from '../../../node_modules/@mintlify/common/dist/slugify.js';
import { generateComponentId } from '../../../node_modules/@mintlify/common/dist/mdx/plugins/remark/remarkComponentIds.js';
import { slugToTitle } from '../../../node_modules/@mintlify/common/dist/slug/slugToTitle.js';
import { componentSlug } from '../../../libs/mintlify-docs-emulator/src/mdx/component-ids.js';
import { headingSlug } from '../../../libs/mintlify-docs-emulator/src/mdx/heading-slugs.js';
import { passesRule, readGroupRule } from '../../../libs/mintlify-docs-emulator/src/shared/group-rules.js';
import {
  findTrail,
  firstPage,
  listPages,
  visibleNavigation,
} from '../../../libs/mintlify-docs-emulator/src/shared/navigation-filter.js';
import { navigationFor, pageAccess } from '../../../libs/mintlify-docs-emulator/src/site/page-access.js';
import { titleFromPath } from '../../../libs/mintlify-docs-emulator/src/site/page-path.js';
import {
  breadcrumbsOf,
  docs,
  groups,
  ourNavigation,
  pagesOfOurs,
  pagesOfTheirs,
  readersOf,
  theirNavigation,
  visitorGroups,
  withoutIndex,
} from './mintlify-rules-helper.js';
import type { GeneratedDocs } from './mintlify-rules-helper.js';

/**
 * Holds who sees what to Mintlify's published code, over generated docs folders. `DIFFERENTIAL_CASES` says how many cases
 * there are in sum.
 */
const CASES = Number(process.env['DIFFERENTIAL_CASES'] ?? 1000);
const SEED = process.env['PROPERTY_SEED'];
const share = (percent: number) => ({
  numRuns: Math.ceil((CASES * percent) / 100),
  ...(SEED !== undefined && { seed: Number(SEED) }),
});
const sidebarOfTheirs = (
  generated: GeneratedDocs,
  path: string,
  visitor: readonly string[] | undefined,
  isPreview = false,
) =>
  filterDivisions({
    isPreview,
    currentPath: path,
    currentVersion: undefined,
    currentLanguage: undefined,
    decoratedNav: theirNavigation(generated),
    userGroups: readersOf(visitor),
    shouldUseDivisionMatch: true,
    cache: { dropdownCache: new Map() },
  });

describe("the rules of Mintlify's own code", () => {
  it('let in the same visitors by groups, whatever the groups are', () => {
    const anyGroups = fc.oneof(groups, fc.anything(), fc.array(fc.oneof(fc.anything(), fc.constant('a'))));
    fc.assert(
      fc.property(anyGroups, visitorGroups, (value, visitor) => {
        const theirs = checkGroupAccess(value as never, readersOf(visitor));
        assert.equal(passesRule(readGroupRule(value), visitor), theirs);
      }),
      share(46),
    );
  });

  it('list the same pages, in the same order', () => {
    fc.assert(
      fc.property(docs({ repeated: true }), (generated) => {
        // `default` of a language or version says which comes first, and this function of theirs does not read it.
        const plain = JSON.parse(JSON.stringify(generated), (key, value) =>
          key === 'default' ? undefined : value,
        );
        for (const values of Object.values(plain.pages))
          Object.assign(values as object, { groups: null, hidden: false });
        const ours = listPages(ourNavigation(plain).section).map(({ path }) => path);
        assert.deepEqual(
          ours,
          getAllPathsInDecoratedNav(theirNavigation(plain)).map((path) => `/${path}`),
        );
      }),
      share(10),
    );
  });

  it('show the same sidebar and the same divisions on each page that is listed', () => {
    fc.assert(
      fc.property(docs({ repeated: true }), visitorGroups, (generated, visitor) => {
        const visible = visibleNavigation(ourNavigation(generated).section, visitor);
        const listed = new Set(listPages(visible).map(({ path }) => path));
        for (const name of generated.names) {
          const theirs = sidebarOfTheirs(generated, `/${name}`, visitor);
          const sidebar = pagesOfTheirs(theirs.groupsOrPages);
          assert.equal(sidebar.includes(withoutIndex(name)), listed.has(`/${name}`));
          if (!listed.has(`/${name}`)) continue;
          const trail = findTrail(visible, `/${name}`);
          assert.deepEqual(pagesOfOurs(trail.items), sidebar);
          assert.deepEqual(divisionsOfOurs(trail), divisionsOfTheirs(theirs));
        }
      }),
      share(6),
    );
  });

  it('show the same sidebar beside hidden divisions and groups, too', () => {
    fc.assert(
      fc.property(
        docs({ hiddenNodes: true, hiddenInnerGroups: true }),
        visitorGroups,
        (generated, visitor) => {
          const visible = visibleNavigation(ourNavigation(generated).section, visitor);
          for (const { path } of listPages(visible)) {
            const sidebar = pagesOfTheirs(sidebarOfTheirs(generated, path, visitor).groupsOrPages);
            assert.deepEqual(pagesOfOurs(findTrail(visible, path).items), sidebar);
          }
        },
      ),
      share(4),
    );
  });

  it('list the same pages in a preview, whatever their groups are', () => {
    fc.assert(
      fc.property(docs({ repeated: true }), visitorGroups, (generated, visitor) => {
        const preview = navigationFor(ourNavigation(generated).section, {
          visitor: visitor && { groups: [...visitor] },
          mode: 'personalization',
          preview: true,
        });
        for (const { path } of listPages(preview)) {
          const sidebar = pagesOfTheirs(sidebarOfTheirs(generated, path, visitor, true).groupsOrPages);
          assert.deepEqual(pagesOfOurs(findTrail(preview, path).items), sidebar);
        }
      }),
      share(4),
    );
  });

  it('begin with the same page for each visitor', () => {
    fc.assert(
      fc.property(docs({ repeated: true, hiddenNodes: true }), visitorGroups, (generated, visitor) => {
        const ours = firstPage(visibleNavigation(ourNavigation(generated).section, visitor))?.path;
        const theirs = getFirstPageFromNavigation(theirNavigation(generated), readersOf(visitor), true)?.href;
        assert.equal(ours && withoutIndex(ours), theirs === undefined ? undefined : withoutIndex(theirs));
      }),
      share(10),
    );
  });

  it('take the nearest `public`', () => {
    fc.assert(
      fc.property(
        docs({ repeated: true, hiddenNodes: true }),
        fc.option(fc.boolean(), { nil: undefined }),
        (generated, root) => {
          const { places, files } = ourNavigation(generated, root);
          for (const [path, isPublic] of generatePathToPublicDict(theirNavigation(generated), root)) {
            const page = files.get(`/${path}`);
            assert.ok(page);
            assert.equal(pageAccess(page.frontMatter, places.get(page.file), root).isPublic, isPublic);
          }
        },
      ),
      share(5),
    );
  });

  it('give each page the same breadcrumbs', () => {
    fc.assert(
      fc.property(docs(), (generated) => {
        for (const values of Object.values(generated.pages))
          Object.assign(values, { groups: null, hidden: false });
        const { section } = ourNavigation(generated);
        for (const [path, theirs] of generatePathToBreadcrumbsMapForDocsConfig(
          generated.navigation as never,
        )) {
          assert.deepEqual(breadcrumbsOf(section, `/${path}`), theirs);
        }
      }),
      share(5),
    );
  });

  it('make the same title from a path, but for the number of spaces', () => {
    const part = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,12}$/);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
        const theirs = slugToTitle(parts.join('/')).replaceAll(/\s+/g, ' ').trim();
        assert.equal(titleFromPath(`/${parts.join('/')}`), theirs);
      }),
      share(5),
    );
  });
});

describe("the ids of Mintlify's own code", () => {
  it('are the same for the text of any heading', () => {
    const word = fc.constantFrom(
      "What's",
      'new?',
      'A&B',
      '(v2.0)',
      'snake_case',
      'größe',
      '測試',
      'x',
      '--',
      '🎉',
      '100%',
      "it's",
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(word, { maxLength: 5 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, (title) => {
        assert.equal(headingSlug(title), cleanHeadingId(slugify(title)));
        assert.equal(componentSlug(title), generateComponentId(title));
      }),
      share(5),
    );
  });
});

describe("where the emulator is stricter than Mintlify's code, so that it never shows too much", () => {
  const titles = (navigation: object, pages: GeneratedDocs['pages'], visitor?: string[]) => {
    const generated = { navigation: { ...navigation }, pages, names: Object.keys(pages) };
    const { section, places, files } = ourNavigation(generated);
    const visible = visibleNavigation(section, visitor);
    return {
      ours: listPages(visible).map(({ path }) => path),
      first: firstPage(visible)?.path,
      divisions: visible.lists.flatMap(({ divisions }) => divisions.map(({ title }) => title)),
      theirs: (path: string) => sidebarOfTheirs(generated, path, visitor),
      theirFirst: getFirstPageFromNavigation(theirNavigation(generated), readersOf(visitor), true)?.href,
      isPublic: (name: string) => {
        const page = files.get(`/${name}`);
        return page && pageAccess(page.frontMatter, places.get(page.file)).isPublic;
      },
      isTheirsPublic: (name: string) => generatePathToPublicDict(theirNavigation(generated)).get(name),
    };
  };

  it('groups of a group node hold for its pages, where their filter reads those of pages alone', () => {
    const navigation = { groups: [{ group: 'Paid', groups: ['paid'], pages: ['a'] }] };
    expect(titles(navigation, { a: {} }).ours).toEqual([]);
    expect(titles(navigation, { a: {} }, ['paid']).ours).toEqual(['/a']);
    expect(pagesOfTheirs(titles(navigation, { a: {} }).theirs('/a').groupsOrPages)).toEqual(['/a']);
  });

  it('`public` that is neither true nor false counts as false, where theirs does not read it', () => {
    const result = titles({ groups: [{ group: 'G', public: true, pages: ['a'] }] }, { a: { public: 'yes' } });
    expect(result.isPublic('a')).toBe(false);
    expect(result.isTheirsPublic('a')).toBe(true);
  });

  it('groups of a division let in the visitors in them, where their filter takes the names for empty groups', () => {
    const navigation = { tabs: [{ tab: 'Paid', groups: ['paid'], pages: ['a'] }] };
    expect(titles(navigation, { a: {} }).ours).toEqual([]);
    expect(titles(navigation, { a: {} }, ['paid']).ours).toEqual(['/a']);
    expect(pagesOfTheirs(titles(navigation, { a: {} }, ['paid']).theirs('/a').groupsOrPages)).toEqual([]);
  });

  it('a hidden group inside a group never has the first page, where theirs looks into it', () => {
    const result = titles(
      { groups: [{ group: 'G', pages: [{ group: 'Hidden', hidden: true, pages: ['a'] }, 'b'] }] },
      { a: {}, b: {} },
    );
    expect(result.first).toBe('/b');
    expect(result.theirFirst).toBe('/a');
  });

  it('a hidden division is shown to no one, where theirs shows it on its own pages', () => {
    const result = titles(
      {
        tabs: [
          { tab: 'Shown', pages: ['a'] },
          { tab: 'Hidden', hidden: true, pages: ['b'] },
        ],
      },
      { a: {}, b: {} },
    );
    expect(result.divisions).toEqual(['Shown']);
    expect(result.theirs('/b').tabs.map(({ name }) => name)).toEqual(['Shown', 'Hidden']);
  });

  it('a division whose pages are all in hidden groups is left out, where theirs shows it empty', () => {
    const result = titles(
      {
        tabs: [
          { tab: 'Shown', pages: ['a'] },
          {
            tab: 'Empty',
            groups: [
              { group: 'Hidden', hidden: true, pages: ['b'] },
              { group: 'Gated', pages: ['c'] },
            ],
          },
        ],
      },
      { a: {}, b: {}, c: { groups: ['admin'] } },
    );
    expect(result.divisions).toEqual(['Shown']);
    expect(result.theirs('/a').tabs.map(({ name }) => name)).toEqual(['Shown', 'Empty']);
  });
});

/** The divisions to choose from, by their kind, with the open ones. Theirs have no list of menus: each tab has its own. */
function divisionsOfOurs({ lists, open }: ReturnType<typeof findTrail>): Record<string, string[]> {
  const named: Record<string, string[]> = {};
  for (const { kind, divisions } of lists) {
    if (kind === 'item') continue;
    (named[kind] ??= []).push(
      ...divisions.map((each) => (open.includes(each) ? `[${each.title}]` : each.title)),
    );
  }
  for (const each of Object.values(named)) each.sort();
  return named;
}

function divisionsOfTheirs(theirs: ReturnType<typeof filterDivisions>): Record<string, string[]> {
  const lists = {
    tab: theirs.tabs,
    anchor: theirs.anchors,
    version: theirs.versions,
    language: theirs.languages,
    dropdown: theirs.dropdowns,
    product: theirs.products,
  };
  return Object.fromEntries(
    Object.entries(lists)
      .filter(([, list]) => list.length > 0)
      .map(([kind, list]) => [
        kind,
        list.map(({ name, isActive }) => (isActive ? `[${name}]` : name)).toSorted(),
      ]),
  );
}
