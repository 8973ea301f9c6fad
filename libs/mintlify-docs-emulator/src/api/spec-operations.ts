import { NO_ONE, readGroupRule } from '../shared/group-rules.js';
import type { GroupRule } from '../shared/group-rules.js';
import type { OperationMethod } from '../shared/operation-types.js';
import { isRecord } from '../shared/type-guards.js';
import { METHODS, methodOf } from './operation-names.js';
import type { Spec } from './spec.js';

type Values = Readonly<Record<string, unknown>>;

/** An operation as its spec writes it. */
export interface SpecOperation {
  spec: Spec;
  method: OperationMethod;
  /** The path, the name of a webhook, or the id of a channel. */
  path: string;
  /** The method of a webhook. */
  webhookMethod?: OperationMethod;
  /** What is around the operation: its path item. For a channel, the channel. */
  item: Values;
  operation: Values;
}

const known = new WeakMap<Spec, readonly SpecOperation[]>();

/**
 * All operations of a spec: those of its paths, its webhooks or its channels, in the order of their pages.
 *
 * @example
 * operationsOf(spec).map(({ method, path }) => `${method} ${path}`); // ['GET /plants', 'POST /plants']
 */
export function operationsOf(spec: Spec): readonly SpecOperation[] {
  const found = known.get(spec) ?? listOperations(spec);
  known.set(spec, found);
  return found;
}

function listOperations(spec: Spec): SpecOperation[] {
  const { paths, webhooks, channels } = spec.document;
  if (spec.kind === 'asyncapi') {
    return entriesOf(channels).flatMap(([path, value]): SpecOperation[] => {
      const channel = spec.resolve(value);
      return channel ? [{ spec, method: 'CHANNEL', path, item: channel, operation: channel }] : [];
    });
  }
  const ofPaths = entriesOf(paths).flatMap(([path, value]) => itemOperations(spec, path, value));
  const ofWebhooks = entriesOf(webhooks).flatMap(([path, value]) =>
    itemOperations(spec, path, value).map(({ item, operation, method }): SpecOperation => ({
      spec,
      method: 'WEBHOOK',
      path,
      webhookMethod: method,
      item,
      operation,
    })),
  );
  return [...ofPaths, ...ofWebhooks];
}

function itemOperations(spec: Spec, path: string, value: unknown): SpecOperation[] {
  const item = spec.resolve(value);
  if (!item) return [];
  return METHODS.flatMap((key): SpecOperation[] => {
    const operation = Object.hasOwn(item, key) ? item[key] : undefined;
    return isRecord(operation) ? [{ spec, method: methodOf(key), path, item, operation }] : [];
  });
}

/**
 * Finds an operation of a spec. A slash at the end of a path does not count, unless the spec has both.
 *
 * @example
 * findOperation(spec, { method: 'GET', path: '/plants/' })?.path; // '/plants'
 */
export function findOperation(
  spec: Spec,
  { method, path }: { method: OperationMethod; path: string },
): SpecOperation | undefined {
  const all = operationsOf(spec).filter((each) => each.method === method);
  const bare = withoutSlash(path);
  return all.find((each) => each.path === path) ?? all.find((each) => withoutSlash(each.path) === bare);
}

/**
 * Who may see an operation: `x-mint.groups` of its path item and its own, of which either one admits. As in Mintlify's
 * code, names in one and rules in the other are a mix, which admits no one.
 *
 * @param ofPage `groups` of `x-mint.metadata`, to which the others are added.
 * @returns `undefined` for everyone.
 * @example
 * ruleOf(operation); // { includes: ['admin'], excludes: [] }
 */
export function ruleOf({ item, operation }: SpecOperation, ofPage?: unknown): GroupRule | undefined {
  const own = operation === item ? [operation] : [item, operation];
  const given = own.map((each) => xMintOf(each).groups).filter(isGiven);
  // What is no list is left out beside a list, and alone admits no one.
  const added = given.flatMap((groups): unknown[] => (Array.isArray(groups) ? groups : []));
  if (added.length > 0) return readGroupRule(Array.isArray(ofPage) ? addGroups(ofPage, added) : added);
  if (isGiven(ofPage)) return readGroupRule(ofPage);
  return given.length > 0 ? { ...NO_ONE } : undefined;
}

/** `groups` of a page with more names: they are one more rule, if the page has rules. */
function addGroups(groups: readonly unknown[], added: readonly unknown[]): unknown[] {
  const names = groups.filter((each) => typeof each === 'string');
  const rules = groups.filter((each) => typeof each !== 'string');
  const all = [...names, ...added];
  return rules.length === 0 ? all : [...rules, { includes: all }];
}

function isGiven(groups: unknown): boolean {
  return groups !== undefined && groups !== null;
}

/** `x-mint` of a part of a spec. @example xMintOf(operation).href; */
export function xMintOf(part: Values): Values {
  return isRecord(part['x-mint']) ? part['x-mint'] : {};
}

function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
