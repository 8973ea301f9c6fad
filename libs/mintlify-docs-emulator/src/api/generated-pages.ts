import type { OperationMethod } from '../shared/operation-types.js';
import { isRecord } from '../shared/type-guards.js';
import { readFrontMatterValues } from '../site/front-matter-reader.js';
import type { FrontMatter } from '../site/front-matter-reader.js';
import { joinSlugs, slugOf, slugOfHref, titleOfSlug, uniqueSlug } from './page-slugs.js';
import { ruleOf, xMintOf } from './spec-operations.js';
import type { SpecOperation } from './spec-operations.js';

/** Where pages of operations are, unless the navigation says otherwise. */
export const DEFAULT_DIRECTORY = 'api-reference';

const DEFAULT_GROUP = 'API Reference';
const CHANNEL_GROUP = 'Websockets';

/** A page that is made from an operation alone. */
export interface GeneratedPage {
  /** Path of the page inside the docs, such as `/api-reference/list-plants`. */
  path: string;
  /** The group of the navigation that it stands in: the first tag of the operation. */
  group: string;
  frontMatter: FrontMatter;
  /** `x-mint.content`: MDX before the operation. */
  content?: string;
  operation: SpecOperation;
  /** From `x-hidden`. */
  isHidden: boolean;
}

/**
 * The pages that Mintlify makes of operations, in their order. Operations with `x-excluded` have none.
 *
 * @param directory the folder of the pages. Default: `api-reference`.
 * @example
 * generatePages(operationsOf(spec), 'api').map(({ path }) => path); // ['/api/plants/list-plants']
 */
export function generatePages(
  operations: readonly SpecOperation[],
  directory = DEFAULT_DIRECTORY,
): GeneratedPage[] {
  const used = new Map<string, Set<string>>();
  return operations
    .filter(({ operation }) => !operation['x-excluded'])
    .map((operation) => generatePage(operation, directory, used));
}

/** @param used the paths of the pages that are listed, by their group: Mintlify numbers those of one group alone. */
function generatePage(
  found: SpecOperation,
  directory: string,
  used: Map<string, Set<string>>,
): GeneratedPage {
  const { operation, method } = found;
  const xMint = xMintOf(operation);
  const tag = firstTag(operation.tags);
  const group = method === 'CHANNEL' ? (tag ?? CHANNEL_GROUP) : groupOf(found, tag);
  const folder = method === 'CHANNEL' ? group : (tag ?? '');
  const href = textOf(xMint.href);
  const isHidden = Boolean(operation['x-hidden']);
  const base = href === undefined ? joinSlugs(directory, slugOf(folder), nameOf(found)) : slugOfHref(href);
  const listed = used.get(group) ?? new Set<string>();
  used.set(group, listed);
  const slug = uniqueSlug(base, listed);
  if (!isHidden) listed.add(slug);
  const { content } = xMint;
  return {
    path: `/${slug}`,
    group,
    frontMatter: frontMatterOf(found, slug),
    ...(typeof content === 'string' && { content }),
    operation: found,
    isHidden,
  };
}

/** The last part of the path. */
function nameOf({ operation, method, path }: SpecOperation): string {
  const title = textOf(method === 'CHANNEL' ? operation.title : operation.summary);
  if (title !== undefined) return slugOf(title);
  return isHttp(method) ? `${method.toLowerCase()}-${slugOf(path)}` : slugOf(path);
}

function frontMatterOf(found: SpecOperation, slug: string): FrontMatter {
  const { operation, method, path } = found;
  const { metadata } = xMintOf(operation);
  const own = isRecord(metadata) ? metadata : {};
  const rule = ruleOf(found, own.groups);
  const isRenamed = textOf(xMintOf(operation).href) !== undefined && isHttp(method);
  const values = readFrontMatterValues({
    title: titleOf(found, slug),
    ...(isRenamed && textOf(operation.summary) !== undefined && { sidebarTitle: titleOfSlug(slug) }),
    description:
      textOf(operation.description) ??
      textOf(operation.summary && method === 'CHANNEL' ? operation.summary : ''),
    deprecated: operation.deprecated,
    ...own,
    // The page is this one, whatever else is written.
    groups: undefined,
    url: undefined,
    openapi: `${method} ${path}`,
  });
  return { ...values, ...(rule && { rule }), ...(Boolean(operation['x-hidden']) && { hidden: true }) };
}

function titleOf({ operation, method, path }: SpecOperation, slug: string): string {
  if (method === 'CHANNEL') return textOf(operation.title) ?? sentenceOf(path);
  return (isHttp(method) ? textOf(operation.summary) : undefined) ?? titleOfSlug(slug);
}

/** `userEvents` is "User events". */
function sentenceOf(name: string): string {
  const text = name
    .split(/(?=[A-Z])/)
    .map((word) => word.toLowerCase())
    .join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The name of the group of a tag: its `x-group`, or its own. */
function groupOf({ spec }: SpecOperation, tag: string | undefined): string {
  if (tag === undefined) return DEFAULT_GROUP;
  const { tags } = spec.document;
  const known = Array.isArray(tags) ? tags.filter(isRecord).find(({ name }) => name === tag) : undefined;
  return textOf(known?.['x-group']) ?? tag;
}

function firstTag(tags: unknown): string | undefined {
  const first: unknown = Array.isArray(tags) ? tags[0] : undefined;
  return textOf(isRecord(first) ? first.name : first);
}

function isHttp(method: OperationMethod): boolean {
  return method !== 'WEBHOOK' && method !== 'CHANNEL';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
