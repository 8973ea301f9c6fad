/** What some routers ignore in a path: escapes, case, repeated slashes, `;parameters`. */
const UNUSUAL = /[%;\\A-Z]|\/\/|.\/$/;

/** @internal Whether a path of a route has no parameters. */
export function isPlainPath(path: string): boolean {
  return /^[\w./~-]*$/.test(path);
}

/**
 * Finds what is mounted at a path: plain paths in a map, paths with parameters by regular expressions.
 *
 * @internal
 */
export class RouteTable<T> {
  readonly #plain = new Map<string, T>();
  readonly #patterns: { readonly expression: RegExp; readonly value: T }[] = [];

  /** @param path with one slash before each segment, and parameters as in Nest */
  add(path: string, value: T): void {
    const lower = path.toLowerCase();
    if (isPlainPath(lower)) this.#plain.set(lower, value);
    else this.#patterns.push({ expression: expressionOf(lower), value });
  }

  /** @param path the path of a request, without the query */
  find(path: string): T | undefined {
    const found = this.#match(path);
    if (found !== undefined || !UNUSUAL.test(path)) return found;
    const plain = simplify(path);
    // Some routers end the path at a `;`, others ignore what follows it in each segment.
    const [untilSemicolon = ''] = plain.split(';', 1);
    return (
      this.#match(plain) ??
      this.#match(simplify(untilSemicolon)) ??
      this.#match(simplify(plain.replaceAll(/;[^/]*/g, '')))
    );
  }

  #match(path: string): T | undefined {
    return this.#plain.get(path) ?? this.#patterns.find(({ expression }) => expression.test(path))?.value;
  }
}

function simplify(path: string): string {
  const simple = decode(path)
    .toLowerCase()
    .replaceAll('\\', '/')
    .replaceAll(/\/{2,}/g, '/');
  return simple.length > 1 && simple.endsWith('/') ? simple.slice(0, -1) : simple;
}

/** Some routers decode a path before they match it. */
function decode(path: string): string {
  try {
    return path.includes('%') ? decodeURIComponent(path) : path;
  } catch {
    return path;
  }
}

/** A parameter matches one segment; a segment that is neither plain nor a parameter matches anything. */
function expressionOf(path: string): RegExp {
  const segments = path.split('/').map((segment) => {
    if (/^[\w.~-]*$/.test(segment)) return segment.replaceAll('.', String.raw`\.`);
    return /^:[\w-]+$/.test(segment) ? '[^/]+' : '.*';
  });
  return new RegExp(`^${segments.join('/')}$`);
}
