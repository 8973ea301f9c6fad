/** What routers may be told to ignore in a path: escapes, case, repeated slashes, `;parameters`. */
const UNUSUAL = /[%;\\A-Z]|\/\/|.\/$/;

/**
 * Finds what is mounted at a path: plain paths by themselves, those with parameters by expressions.
 *
 * @internal
 */
export class RouteTable<T> {
  readonly #plain = new Map<string, T>();
  readonly #patterns: { readonly expression: RegExp; readonly value: T }[] = [];

  /** @param path with one slash before each segment, and parameters as Nest has them */
  add(path: string, value: T): void {
    const lower = path.toLowerCase();
    if (/^[\w./~-]*$/.test(lower)) this.#plain.set(lower, value);
    else this.#patterns.push({ expression: expressionOf(lower), value });
  }

  /** @param path as a request has it, without its query */
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

/** Routers differ in whether they decode a path before they match it. */
function decode(path: string): string {
  try {
    return path.includes('%') ? decodeURIComponent(path) : path;
  } catch {
    return path;
  }
}

/** A parameter stands for one segment; what is neither plain nor a parameter may stand for anything. */
function expressionOf(path: string): RegExp {
  const segments = path.split('/').map((segment) => {
    if (/^[\w.~-]*$/.test(segment)) return segment.replaceAll('.', String.raw`\.`);
    return /^:[\w-]+$/.test(segment) ? '[^/]+' : '.*';
  });
  return new RegExp(`^${segments.join('/')}$`);
}
