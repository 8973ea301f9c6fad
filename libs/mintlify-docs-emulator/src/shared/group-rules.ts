import { isRecord } from './type-guards.js';

/**
 * Which visitors `groups` let in (handshakes.md, section 8). A visitor in a group of `excludes` is never let in.
 * Without `includes`, everyone else is; with `includes`, only a visitor in one of them.
 */
export interface GroupRule {
  includes?: string[];
  excludes: string[];
}

/** The name that stands for every visitor who is logged in. */
export const ANY_GROUP = '*';

/** The rule that lets no one in: of an empty list, and of everything that cannot be read. */
export const NO_ONE: Readonly<GroupRule> = { includes: [], excludes: [] };

/**
 * Reads `groups` of a page or of a navigation node. It fails closed: what is not a list of names, nor a list of
 * rules, lets no one in.
 *
 * @param groups the untrusted value.
 * @returns `undefined` if there is no rule: absent or `null`.
 * @example
 * readGroupRule(['admin']); // { includes: ['admin'], excludes: [] }
 * readGroupRule([{ excludes: ['trial'] }]); // { excludes: ['trial'] }
 * readGroupRule('admin'); // { includes: [], excludes: [] }: no one
 */
export function readGroupRule(groups: unknown): GroupRule | undefined {
  if (groups === undefined || groups === null) return undefined;
  if (!Array.isArray(groups)) return noOne();
  if (groups.every(isName)) return { includes: [...new Set(groups)], excludes: [] };
  return groups.every(isRule) ? mergeRules(groups) : noOne();
}

/**
 * Tells whether `groups` can be read: whether they are absent, a list of names or a list of rules. Others let no one
 * in, and deserve a warning.
 *
 * @example
 * isReadableGroups('admin'); // false
 */
export function isReadableGroups(groups: unknown): boolean {
  if (groups === undefined || groups === null) return true;
  return Array.isArray(groups) && (groups.every(isName) || groups.every(isRule));
}

/**
 * Tells whether a visitor passes a rule.
 *
 * @param rule `undefined` lets everyone in.
 * @param visitorGroups the visitor's groups; `undefined` for an anonymous visitor.
 * @example
 * passesRule({ includes: ['*'], excludes: [] }, []); // true: logged in
 * passesRule({ includes: ['*'], excludes: [] }, undefined); // false: anonymous
 */
export function passesRule(
  rule: Readonly<GroupRule> | undefined,
  visitorGroups: readonly string[] | undefined,
): boolean {
  if (!rule) return true;
  const isIn = (group: string): boolean =>
    visitorGroups !== undefined && (group === ANY_GROUP || visitorGroups.includes(group));
  if (rule.excludes.some(isIn)) return false;
  return rule.includes === undefined || rule.includes.some(isIn);
}

/**
 * Describes whom a rule lets in.
 *
 * @example
 * describeRule({ includes: ['a', 'b'], excludes: [] }); // 'visitors in a or b'
 */
export function describeRule({ includes, excludes }: Readonly<GroupRule>): string {
  if (includes?.length === 0) return 'no one';
  const admitted =
    includes === undefined
      ? 'everyone'
      : includes.includes(ANY_GROUP)
        ? 'every visitor who is logged in'
        : `visitors in ${includes.join(' or ')}`;
  return excludes.length === 0 ? admitted : `${admitted}, except those in ${excludes.join(' or ')}`;
}

function mergeRules(rules: readonly RawRule[]): GroupRule {
  const withIncludes = rules.filter((rule) => rule.includes !== undefined);
  const excludes = [...new Set(rules.flatMap((rule) => rule.excludes ?? []))];
  if (withIncludes.length === 0) return { excludes };
  return { includes: [...new Set(withIncludes.flatMap((rule) => rule.includes ?? []))], excludes };
}

interface RawRule {
  includes?: string[];
  excludes?: string[];
}

function isRule(value: unknown): value is RawRule {
  if (!isRecord(value)) return false;
  const { includes, excludes, ...unknown } = value;
  return (
    Object.keys(unknown).length === 0 &&
    (includes === undefined || (isNameList(includes) && includes.length > 0)) &&
    (excludes === undefined || (isNameList(excludes) && !excludes.includes(ANY_GROUP)))
  );
}

function isNameList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isName);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function noOne(): GroupRule {
  return { includes: [], excludes: [] };
}
