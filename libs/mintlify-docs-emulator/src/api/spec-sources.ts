import { isRecord } from '../shared/type-guards.js';
import { parseOperationName } from './operation-names.js';

type Values = Readonly<Record<string, unknown>>;

/** A spec that a node of the navigation names. */
export interface SpecSource {
  /** Path of the spec inside the docs folder, or a URL. */
  source: string;
  /** The folder of its pages. Absent: the default. */
  directory?: string;
}

const MAX_DEPTH = 100;

/**
 * The specs that `openapi` or `asyncapi` of a node names: a path, an object with `source`, or a list of both.
 *
 * @example
 * sourcesOf({ source: 'openapi.json', directory: 'api' }); // [{ source: 'openapi.json', directory: 'api' }]
 */
export function sourcesOf(value: unknown): SpecSource[] {
  return [value].flat().flatMap((each: unknown): SpecSource[] => {
    if (typeof each === 'string' && each.trim() !== '') return [{ source: each.trim() }];
    if (!isRecord(each) || typeof each.source !== 'string' || each.source.trim() === '') return [];
    const { source, directory } = each;
    return [{ source: source.trim(), ...(typeof directory === 'string' && { directory }) }];
  });
}

/**
 * Tells whether a node, or one inside it without a spec of its own, lists operations of its spec by name. Then the
 * spec makes no other pages there.
 *
 * @example
 * namesOperations({ openapi: 'openapi.json', pages: ['GET /plants'] }); // true
 */
export function namesOperations(node: Values): boolean {
  const visit = (value: unknown, depth: number): boolean => {
    if (depth > MAX_DEPTH) return false;
    if (Array.isArray(value)) return value.some((each) => visit(each, depth + 1));
    if (!isRecord(value) || (depth > 0 && sourcesOf(value.openapi).length > 0)) return false;
    const { pages } = value;
    if (Array.isArray(pages) && pages.some(isOwnName)) return true;
    return Object.entries(value).some(
      ([key, each]) => key !== 'openapi' && typeof each === 'object' && visit(each, depth + 1),
    );
  };
  return visit(node, 0);
}

/**
 * All specs that the settings of a docs folder name.
 *
 * @param settings docs.json, not validated.
 * @example
 * specSourcesIn({ navigation: { tabs: [{ tab: 'API', openapi: 'openapi.json' }] } }); // ['openapi.json']
 */
export function specSourcesIn(settings: Values): string[] {
  const found = new Set<string>();
  const visit = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(value)) {
      for (const each of value) {
        const source = typeof each === 'string' ? parseOperationName(each)?.source : undefined;
        if (source !== undefined) found.add(source);
        else visit(each, depth + 1);
      }
    } else if (isRecord(value)) {
      for (const [key, each] of Object.entries(value)) {
        if (key === 'openapi' || key === 'asyncapi')
          for (const { source } of sourcesOf(each)) found.add(source);
        else visit(each, depth + 1);
      }
    }
  };
  visit([settings.navigation, defaultsOf(settings)], 0);
  return [...found];
}

/**
 * The specs that docs.json names beside the navigation: where pages look for operations without a spec.
 *
 * @example
 * defaultSources({ api: { openapi: 'openapi.json' } }); // [{ source: 'openapi.json' }]
 */
export function defaultSources(settings: Values): SpecSource[] {
  return Object.values(defaultsOf(settings)).flatMap(sourcesOf);
}

function defaultsOf({ api, openapi }: Values): Values {
  // The last one is of mint.json.
  return {
    ...(isRecord(api) && { openapi: [api.openapi, openapi].flat(), asyncapi: api.asyncapi }),
    ...(!isRecord(api) && { openapi }),
  };
}

function isOwnName(entry: unknown): boolean {
  const name = typeof entry === 'string' ? parseOperationName(entry) : undefined;
  return name !== undefined && name.source === undefined;
}
