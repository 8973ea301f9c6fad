import { isRecord } from '../shared/type-guards.js';

/** A redirect of docs.json. */
export interface SiteRedirect {
  /** A path such as `/old`, or `/old/*`, or `/old/:slug`. */
  source: string;
  /** A path or a URL, which may use `*`, `:splat` and the names of `source`. */
  destination: string;
  isPermanent: boolean;
}

const MAX_REDIRECTS = 10_000;
const MAX_SOURCE_CHARACTERS = 500;

/**
 * Reads `redirects` of docs.json. What is no redirect is ignored.
 *
 * @example
 * readRedirects([{ source: '/old', destination: '/new' }]);
 */
export function readRedirects(redirects: unknown): SiteRedirect[] {
  if (!Array.isArray(redirects)) return [];
  return redirects.slice(0, MAX_REDIRECTS).flatMap((entry: unknown): SiteRedirect[] => {
    if (!isRecord(entry) || typeof entry.source !== 'string' || typeof entry.destination !== 'string')
      return [];
    if (entry.source.length > MAX_SOURCE_CHARACTERS) return [];
    const source = `/${entry.source.replace(/^\/+/, '').replace(/\/+$/, '')}`;
    return [{ source, destination: entry.destination, isPermanent: entry.permanent !== false }];
  });
}

/**
 * Finds where a path leads.
 *
 * @param path inside the docs, without the base path.
 * @returns a path inside the docs or a URL; `undefined` if no redirect is for this path.
 * @example
 * findRedirect([{ source: '/old/*', destination: '/new/*', isPermanent: true }], '/old/a/b')?.destination; // '/new/a/b'
 */
export function findRedirect(redirects: readonly SiteRedirect[], path: string): SiteRedirect | undefined {
  const parts = partsOf(path);
  for (const redirect of redirects) {
    const values = matchParts(partsOf(redirect.source), parts);
    if (!values) continue;
    const destination = redirect.destination.replaceAll(
      /:(?<name>[A-Za-z]\w*)\*?|\*/g,
      (written, name?: string) => {
        return values.get(name ?? '*') ?? (name === 'splat' ? values.get('*') : undefined) ?? written;
      },
    );
    // Two slashes in front would lead to another host.
    const isUrl = /^https?:\/\/[^/*:]/i.test(redirect.destination);
    const target = isUrl ? destination : `/${destination.replace(/^[/\\]+/, '')}`;
    if (target !== path) return { ...redirect, destination: target };
  }
  return undefined;
}

function partsOf(path: string): string[] {
  return path.replace(/^\/+/, '').replace(/\/+$/, '').split('/');
}

/** A `*` or `:name*` at the end matches all that is left; `:name` matches one part. */
function matchParts(pattern: readonly string[], parts: readonly string[]): Map<string, string> | undefined {
  const values = new Map<string, string>();
  for (const [index, expected] of pattern.entries()) {
    const isLast = index === pattern.length - 1;
    const name = /^:(?<name>[A-Za-z]\w*)(?<star>\*?)$/.exec(expected)?.groups;
    if (isLast && (expected === '*' || name?.star === '*')) {
      values.set(name?.name ?? '*', parts.slice(index).join('/'));
      return values;
    }
    const part = parts[index];
    if (part === undefined) return undefined;
    if (name) values.set(name.name ?? '', part);
    else if (expected === '*') values.set('*', part);
    else if (expected.endsWith('*') && isLast && part.startsWith(expected.slice(0, -1))) {
      values.set('*', [part.slice(expected.length - 1), ...parts.slice(index + 1)].join('/'));
      return values;
    } else if (expected !== part) return undefined;
  }
  return parts.length === pattern.length ? values : undefined;
}
