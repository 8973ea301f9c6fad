import * as fc from 'fast-check';

/** Options, as a JavaScript host could write them. */
export type Options = Record<string, unknown>;

class Instance {
  readonly note: string = 'not an option';
}
const fail = (): never => {
  throw new TypeError('hostile');
};
const HOSTILE_HANDLER = Object.fromEntries(
  Object.getOwnPropertyNames(Reflect).map((trap) => [trap, fail]),
) as ProxyHandler<object>;

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** Values by their kind: each is of a wrong type for most options. */
const VALUES = {
  number: fc.oneof(
    fc.constantFrom(Number.NaN, -1, 0.5, -0.5, Infinity, -Infinity, 1e21),
    fc.double({ max: -1 }),
  ),
  bigint: fc.bigInt(),
  text: fc.string(),
  blank: fc.constantFrom('', ' ', '\t\n'),
  true: fc.constant(true),
  false: fc.constant(false),
  null: fc.constant(null),
  symbol: fc.constantFrom(Symbol('text'), Symbol.iterator),
  empty: fc.constant({}),
  filled: fc.dictionary(fc.constantFrom('note', 'length', 'toString'), fc.anything(), { minKeys: 1 }),
  list: fc.array(fc.anything()),
  arrow: fc.constant(() => 'text'),
  function: fc.constant(function named() {
    return 'text';
  }),
  class: fc.constant(Instance),
  generator: fc.constant(function* generate() {
    yield 'text';
  }),
  instance: fc.constant(new Instance()),
  date: fc.date(),
  map: fc.constant(new Map([['iat', true]])),
  set: fc.constant(new Set(['iat'])),
  expression: fc.constant(/text/),
  bytes: fc.constant(Buffer.from('text')),
  promise: fc.constant(Promise.resolve({})),
} satisfies Record<string, fc.Arbitrary<unknown>>;

/** Objects and functions that throw when they are looked at; fast-check would look. */
const HOSTILE = {
  throwing: [new Proxy({}, { get: fail })],
  hostile: [new Proxy({}, HOSTILE_HANDLER), new Proxy([], HOSTILE_HANDLER)],
  hostileFunction: [new Proxy(Instance, HOSTILE_HANDLER), new Proxy(Instance, { get: fail })],
  revoked: [revoked({}), revoked([])],
  revokedFunction: [revoked(Instance)],
} satisfies Record<string, unknown[]>;

/** What kind of a value it is. */
export type Kind = keyof typeof VALUES | keyof typeof HOSTILE;
export const KINDS = [...Object.keys(VALUES), ...Object.keys(HOSTILE)] as Kind[];

/** The kinds that throw when they are looked at. */
export const HOSTILE_KINDS = Object.keys(HOSTILE) as Kind[];

/** A value of a kind, behind a function. */
export function valueOf(kind: Kind): fc.Arbitrary<() => unknown> {
  if (kind in VALUES) {
    const values: fc.Arbitrary<unknown> = VALUES[kind as keyof typeof VALUES];
    return values.map((value) => () => value);
  }
  const values = HOSTILE[kind as keyof typeof HOSTILE];
  return fc.nat({ max: values.length - 1 }).map((index) => () => values[index]);
}

/** A copy of options with another value at a path: `handshakes.jwt.guards[0]`. */
export function withValue(options: Options, path: string, value: unknown): Options {
  const [, name = '', rest = ''] = /^\.?(\w+|\[0\])(.*)$/.exec(path) ?? [];
  const inner = options[name];
  if (name === '[0]') return [rest === '' ? value : withValue({}, rest, value)] as unknown as Options;
  return {
    ...options,
    [name]: rest === '' ? value : withValue((inner ?? {}) as Options, rest, value),
  };
}

/** A copy of options that throws when the one at a path is read. */
export function withThrowingGetter(options: Options, path: string): Options {
  const [, name = '', rest = ''] = /^\.?(\w+)(.*)$/.exec(path) ?? [];
  if (rest === '') return Object.defineProperty({ ...options }, name, { get: fail, enumerable: true });
  return { ...options, [name]: withThrowingGetter((options[name] ?? {}) as Options, rest) };
}
