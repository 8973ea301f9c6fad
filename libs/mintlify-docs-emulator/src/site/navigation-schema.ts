import type { DivisionKind } from '../shared/navigation-types.js';

/** The keys of lists of divisions in docs.json, with the key of an entry's title, in the order in which one has the first page. */
export const DIVISION_KEYS = {
  anchors: 'anchor',
  dropdowns: 'dropdown',
  languages: 'language',
  tabs: 'tab',
  versions: 'version',
  menu: 'item',
  products: 'product',
} as const satisfies Record<string, DivisionKind>;

/** The keys that nodes of the navigation may have; the emulator ignores some of them, as they are about looks. */
const KNOWN_KEYS = new Set<string>([
  ...Object.keys(DIVISION_KEYS),
  ...Object.values(DIVISION_KEYS),
  ...(
    'group groups pages root directory global href hidden public default drilldown icon iconType tag expanded ' +
    'description color boost searchable align banner openapi asyncapi graphql sdk footer navbar logo title name ' +
    'label $schema $ref'
  ).split(' '),
]);

const LAYOUTS = new Set<unknown>(['none', 'accordion', 'card']);
const OPERATION =
  /^\s*(?:\S+\.(?:json|ya?ml)\s+)?(?:(?:get|post|put|patch|delete|head|options|trace|webhook|query|mutation|send|receive)\s+\S.*|.*\.(?:json|ya?ml)\s+\S.*)$/i;

/**
 * Tells whether `directory` is one of the layouts of a root page, and not a folder.
 *
 * @example
 * isLayout('card'); // true
 */
export function isLayout(directory: unknown): boolean {
  return LAYOUTS.has(directory);
}

/**
 * Tells whether an entry of `pages` is an API operation, and not a page.
 *
 * @example
 * isApiOnlyEntry('GET /plants'); // true
 * isApiOnlyEntry('openapi.json POST /plants'); // true
 */
export function isApiOnlyEntry(name: string): boolean {
  return name.length < 500 && OPERATION.test(name);
}

/**
 * The keys of a node that the emulator does not know, each with what it does about it.
 *
 * @example
 * describeUnknownKeys({ tab: 'Guides', colour: 'red' }); // [{ key: 'colour', message: 'is not known' }]
 */
export function describeUnknownKeys(node: Record<string, unknown>): { key: string; message: string }[] {
  return Object.keys(node)
    .filter((key) => !KNOWN_KEYS.has(key))
    .map((key) => ({ key, message: 'is not known' }));
}
