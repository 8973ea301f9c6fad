import { refsIn } from '../shared/schema-refs.js';
import { isRecord } from '../shared/type-guards.js';
import type { SiteError } from '../site/site-error.js';
import type { ParsedSpec, SpecKind } from './spec-parser.js';

const MAX_CHAIN = 50;

/**
 * One OpenAPI or AsyncAPI file.
 *
 * @example
 * spec.resolve({ $ref: '#/components/schemas/Plant' }); // { type: 'object', … }
 */
export class Spec {
  readonly kind: SpecKind;
  readonly document: Readonly<Record<string, unknown>>;
  /** Whether parts of it are only for some groups. */
  readonly hasRules: boolean;
  private readonly found = new Map<string, unknown>();
  private readonly inside = new WeakMap<object, readonly string[]>();

  /**
   * @param file path inside the docs folder.
   * @param problem why the file cannot be read as it is now; `parsed` is how it was before.
   */
  constructor(
    readonly file: string,
    parsed: ParsedSpec,
    { hasRules = true, problem }: { hasRules?: boolean; problem?: SiteError } = {},
  ) {
    this.kind = parsed.kind;
    this.document = parsed.document;
    this.hasRules = hasRules;
    this.problem = problem;
  }

  readonly problem?: SiteError;

  /**
   * What a `$ref` inside this file leads to.
   *
   * @returns `undefined` if it leads nowhere, or to another file: those are not followed.
   */
  find(ref: string): unknown {
    if (this.found.has(ref)) return this.found.get(ref);
    const target = this.follow(ref);
    this.found.set(ref, target);
    return target;
  }

  /** A value, or what its `$ref` leads to. `undefined` if that is no object. */
  resolve(value: unknown): Record<string, unknown> | undefined {
    let at = value;
    for (let steps = 0; steps < MAX_CHAIN && isRecord(at); steps += 1) {
      if (typeof at.$ref !== 'string') return at;
      at = this.find(at.$ref);
    }
    return undefined;
  }

  /** The texts of all `$ref` in a part of this file. */
  refsIn(part: unknown): readonly string[] {
    if (typeof part !== 'object' || part === null) return [];
    const known = this.inside.get(part);
    if (known) return known;
    const refs = refsIn(part);
    this.inside.set(part, refs);
    return refs;
  }

  /**
   * The texts of all `$ref` that some parts need, also inside what they lead to.
   *
   * @param refs where to begin.
   */
  closure(refs: readonly string[]): string[] {
    const seen = new Set(refs);
    for (const ref of seen) for (const next of this.refsIn(this.find(ref))) seen.add(next);
    return [...seen];
  }

  private follow(ref: string): unknown {
    if (ref === '#') return this.document;
    if (!ref.startsWith('#/')) return undefined;
    let at: unknown = this.document;
    for (const part of ref.slice(2).split('/')) {
      const name = decode(part);
      if (Array.isArray(at)) at = at[Number(name)];
      else if (isRecord(at) && Object.hasOwn(at, name)) at = at[name];
      else return undefined;
    }
    return at;
  }
}

/** A part of a JSON pointer in a URL fragment (RFC 6901, section 6). */
function decode(part: string): string {
  let text = part;
  try {
    text = decodeURIComponent(part);
  } catch {
    // Then it stands for itself.
  }
  return text.replaceAll('~1', '/').replaceAll('~0', '~');
}
