import { componentSlug } from './component-ids.js';
import { cleanId, headingSlug, SlugCounter } from './heading-slugs.js';
import { visitNodes } from './mdx-nodes.js';
import type { MdxAttribute, MdxNode } from './mdx-nodes.js';

/** A link or an image of a page. */
export interface PageReference {
  kind: 'link' | 'image';
  /** As it is written, such as `/guides/start#setup`. */
  target: string;
  line?: number;
}

/** What a page refers to, and what others can refer to on it. */
export interface PageReferences {
  references: PageReference[];
  /** The ids of headings and components. */
  ids: string[];
  /** Something on the page makes ids while it is shown, so there may be more of them. */
  hasOtherIds: boolean;
}

const IMAGE_ATTRIBUTES = new Set(['src', 'img', 'poster']);
/** What they name is no page or image: `use` names a part of a drawing. */
const HAS_OTHER_TARGETS = new Set(['iframe', 'script', 'embed', 'object', 'use']);
const IMPORT_SOURCE = /\bfrom\s+['"](?<source>[^'"]+)['"]/g;
const FIELD_NAMES = ['query', 'path', 'body', 'header'];

/** Collects what a page refers to, and its ids, once the headings have theirs. */
export function remarkPageReferences({ found }: { found?: PageReferences }) {
  return (root: MdxNode): void => {
    if (!found) return;
    const components = new SlugCounter();
    visitNodes(root, (node) => {
      const line = node.position?.start.line;
      const add = (kind: PageReference['kind'], target: string | undefined): void => {
        if (target === undefined || target === '') return;
        found.references.push({ kind, target, ...(line !== undefined && { line }) });
      };
      if (node.type === 'link' || node.type === 'definition') add('link', node.url);
      else if (node.type === 'image') add('image', node.url);
      else if (node.type === 'mdxjsEsm') found.hasOtherIds ||= importsScripts(node.value ?? '');
      else if (/^mdx(?:Flow|Text)Expression$/.test(node.type))
        found.hasOtherIds ||= /\bid=/.test(node.value ?? '');
      const headingId = node.data?.hProperties?.id;
      if (typeof headingId === 'string') found.ids.push(headingId);
      if (node.attributes) readElement(node, { add, found, components });
      return undefined;
    });
  };
}

interface Collector {
  add: (kind: PageReference['kind'], target: string | undefined) => void;
  found: PageReferences;
  components: SlugCounter;
}

function readElement({ name, attributes = [] }: MdxNode, { add, found, components }: Collector): void {
  if (HAS_OTHER_TARGETS.has(name ?? '')) return;
  const values = new Map(
    attributes.flatMap((each) => (each.name === undefined ? [] : [[each.name, each.value]])),
  );
  const textOf = (key: string): string | undefined => {
    const value = values.get(key);
    return typeof value === 'string' ? value : undefined;
  };
  add('link', textOf('href'));
  for (const key of IMAGE_ATTRIBUTES) add('image', textOf(key));
  const icon = textOf('icon');
  if (icon?.startsWith('/')) add('image', icon);
  const id = values.get('id');
  if (typeof id === 'string') found.ids.push(id, cleanId(id));
  else if (id) found.hasOtherIds = true;
  else found.ids.push(...componentIds(name ?? '', textOf, components));
  if (attributes.some(isSpread)) found.hasOtherIds = true;
}

/** The ids that components have by their titles, as on Mintlify. */
function componentIds(
  name: string,
  textOf: (key: string) => string | undefined,
  components: SlugCounter,
): string[] {
  const fieldName =
    name === 'ResponseField' ? textOf('name') : FIELD_NAMES.map(textOf).find((value) => value !== undefined);
  switch (name) {
    case 'Update': {
      const label = textOf('label');
      return label === undefined ? [] : [components.next(label)];
    }
    case 'Tab':
    case 'Step': {
      const title = textOf('title');
      return title === undefined ? [] : [components.next(title), headingSlug(title), componentSlug(title)];
    }
    case 'ParamField':
    case 'Param':
    case 'ResponseField':
      return fieldName === undefined ? [] : [`param-${separated(fieldName)}`];
    default:
      return [];
  }
}

function separated(name: string): string {
  return name
    .replaceAll(/(?<before>[a-z\d])(?<after>[A-Z])/g, '$<before>-$<after>')
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function importsScripts(code: string): boolean {
  return Array.from(code.matchAll(IMPORT_SOURCE), (match) => match.groups?.source ?? '').some(
    (source) => source !== 'react' && !/\.mdx?$/.test(source),
  );
}

function isSpread({ type }: MdxAttribute): boolean {
  return type === 'mdxJsxExpressionAttribute';
}
