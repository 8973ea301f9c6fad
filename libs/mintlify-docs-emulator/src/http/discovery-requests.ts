import { isRecord } from '../shared/type-guards.js';

/** A search of the discovery API. */
export interface DiscoverySearch {
  query: string;
  pageSize: number;
  groups: string[];
}

/** A page that the discovery API is asked for. */
export interface DiscoveryPage {
  path: string;
  groups: string[];
}

/** A question for the assistant. */
export interface DiscoveryQuestion {
  /** The text of the visitor's last message. */
  question: string;
  /** How many passages the answer has. */
  pageSize: number;
  groups: string[];
  threadId?: string;
  threadKey?: string;
}

/** Why a request is refused. */
export interface DiscoveryProblem {
  problem: string;
}

const MAX_PAGE_SIZE = 50;
const ROLES = new Set<unknown>(['system', 'assistant', 'user']);

/**
 * Reads a search. `scoreThreshold` and all filters but the groups are checked, and have no effect.
 *
 * @example
 * readSearchRequest({ query: 'keys' }); // { query: 'keys', pageSize: 10, groups: [] }
 */
export function readSearchRequest(body: unknown): DiscoverySearch | DiscoveryProblem {
  if (!isRecord(body) || typeof body.query !== 'string') return { problem: 'query must be a string.' };
  const { query, pageSize = 10, scoreThreshold = 0, filter } = body;
  if (!isPageSize(pageSize)) return { problem: `pageSize must be an integer from 1 to ${MAX_PAGE_SIZE}.` };
  if (typeof scoreThreshold !== 'number' || !(scoreThreshold >= 0 && scoreThreshold <= 1)) {
    return { problem: 'scoreThreshold must be a number from 0 to 1.' };
  }
  const groups = readFilter(filter, ['version', 'language', 'tag']);
  return 'problem' in groups ? groups : { query, pageSize, ...groups };
}

/**
 * Reads a request for a page.
 *
 * @example
 * readPageRequest({ path: 'quickstart' }); // { path: 'quickstart', groups: [] }
 */
export function readPageRequest(body: unknown): DiscoveryPage | DiscoveryProblem {
  if (!isRecord(body) || typeof body.path !== 'string') return { problem: 'path must be a string.' };
  const groups = readGroups(body.groups, 'groups');
  return 'problem' in groups ? groups : { path: body.path, ...groups };
}

/**
 * Reads a question.
 *
 * @example
 * readQuestion({ fp: 'anonymous', messages: [{ id: '1', role: 'user', parts: [{ type: 'text', text: 'How?' }] }] });
 */
export function readQuestion(body: unknown): DiscoveryQuestion | DiscoveryProblem {
  if (!isRecord(body) || typeof body.fp !== 'string') return { problem: 'fp must be a string.' };
  const { messages, threadId, threadKey, retrievalPageSize = 5, currentPath = '' } = body;
  if (!Array.isArray(messages) || !messages.every(isMessage)) {
    return { problem: 'messages must be a list of messages with id, role and parts.' };
  }
  if (!isPageSize(retrievalPageSize)) {
    return { problem: `retrievalPageSize must be an integer from 1 to ${MAX_PAGE_SIZE}.` };
  }
  if (typeof currentPath !== 'string' || currentPath.length > 200) {
    return { problem: 'currentPath must be a string of at most 200 characters.' };
  }
  for (const [name, value] of Object.entries({ threadId, threadKey })) {
    if (value !== undefined && typeof value !== 'string') return { problem: `${name} must be a string.` };
  }
  const groups = readFilter(body.filter, ['version', 'language']);
  if ('problem' in groups) return groups;
  const asked = messages.findLast(({ role }) => role === 'user');
  return {
    question: asked ? textOf(asked) : '',
    pageSize: retrievalPageSize,
    ...groups,
    ...(typeof threadId === 'string' && { threadId }),
    ...(typeof threadKey === 'string' && { threadKey }),
  };
}

interface Message {
  role: string;
  parts: unknown[];
}

function isMessage(value: unknown): value is Message {
  if (!isRecord(value)) return false;
  const { id, role, parts } = value;
  return typeof id === 'string' && ROLES.has(role) && Array.isArray(parts) && parts.every(isPart);
}

function isPart(value: unknown): boolean {
  return isRecord(value) && typeof value.type === 'string';
}

function textOf({ parts }: Message): string {
  const texts = parts.map((part) => (isRecord(part) && part.type === 'text' ? part.text : ''));
  return texts.filter((text) => typeof text === 'string').join(' ');
}

function isPageSize(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_PAGE_SIZE;
}

function readFilter(
  filter: unknown,
  names: readonly string[],
): Pick<DiscoverySearch, 'groups'> | DiscoveryProblem {
  if (filter === undefined || filter === null) return { groups: [] };
  if (!isRecord(filter)) return { problem: 'filter must be an object.' };
  const wrong = names.find((name) => filter[name] !== undefined && typeof filter[name] !== 'string');
  return wrong === undefined
    ? readGroups(filter.groups, 'filter.groups')
    : { problem: `filter.${wrong} must be a string.` };
}

function readGroups(groups: unknown, name: string): Pick<DiscoverySearch, 'groups'> | DiscoveryProblem {
  if (groups === undefined) return { groups: [] };
  if (Array.isArray(groups) && groups.every((group) => typeof group === 'string')) {
    return { groups };
  }
  return { problem: `${name} must be a list of strings.` };
}
