import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { userValidator, violationsOf } from '../../../support/users.support.js';

class Money {
  constructor(readonly amount: number) {}
}
class Grouping extends Map<string, number> {}
/** An instance of a class of that name, as minifiers and metaprogramming make them. */
const instanceOf = (name: string): object => {
  const Named = class {
    readonly a = 1;
  };
  return new (Object.defineProperty(Named, 'name', { value: name }))();
};
const cycle: Record<string, unknown> = { a: { b: [] } };
cycle.a = { b: [cycle] };
const named: unknown[] = Object.assign([1, 2], { total: 3 });
// eslint-disable-next-line no-sparse-arrays -- the hole is what is tested
const sparse = [1, , 3];

/** What JSON changes or loses, by what the message must say. */
const LOST: [what: string, value: unknown, path: string, says: string][] = [
  ['a BigInt', 10n, '', 'is a BigInt'],
  ['a symbol', Symbol('canary'), '', 'is a symbol'],
  ['a function', () => 1, '', 'is a function'],
  ['a class', Money, '', 'is a function'],
  ['NaN', Number.NaN, '', 'is NaN or infinite'],
  ['infinity', Number.POSITIVE_INFINITY, '', 'is NaN or infinite'],
  ['minus infinity', Number.NEGATIVE_INFINITY, '', 'is NaN or infinite'],
  ['minus zero', -0, '', 'is -0'],
  ['a date', new Date(0), '', 'is an instance of Date'],
  ['a date that is none', new Date(Number.NaN), '', 'is an instance of Date'],
  ['a Map', new Map([['a', 1]]), '', 'is an instance of Map'],
  ['a class made from a Map', new Grouping(), '', 'is an instance of Grouping'],
  ['a Set', new Set([1]), '', 'is an instance of Set'],
  ['a WeakMap', new WeakMap(), '', 'is an instance of WeakMap'],
  ['a RegExp', /a/, '', 'is an instance of RegExp'],
  ['an Error', new TypeError('canary'), '', 'is an instance of TypeError'],
  ['a promise', Promise.resolve(1), '', 'is an instance of Promise'],
  ['bytes', Buffer.from('canary'), '', 'is an instance of Buffer'],
  ['a typed array', new Float64Array(2), '', 'is an instance of Float64Array'],
  ['a URL', new URL('https://foo.com'), '', 'is an instance of URL'],
  ['a text in a box', new Object('canary'), '', 'is an instance of String'],
  ['a number in a box', new Object(1), '', 'is an instance of Number'],
  ['an instance of a class', new Money(1), '', 'is an instance of Money'],
  [
    'an instance of a class without a name',
    new (class {
      readonly a = 1;
    })(),
    '',
    'is an instance of a class',
  ],
  [
    'an instance of a class with a name that is none',
    instanceOf('Money canary'),
    '',
    'is an instance of a class',
  ],
  [
    'an instance of a class whose name begins like none',
    instanceOf('-Canary'),
    '',
    'is an instance of a class',
  ],
  ['an instance of a class with a long name', instanceOf('M'.repeat(65)), '', 'is an instance of a class'],
  ['an object whose constructor is none', Object.create({ constructor: 5 }), '', 'is an instance of a class'],
  ['an object on top of another', Object.create({ a: 1 }), '', 'is an instance of Object'],
  ['an object that writes itself', { toJSON: () => 'canary' }, '.toJSON', 'is a function'],
  ['an object whose parent writes it', Object.create({ toJSON: () => 1 }), '', 'is an instance of Object'],
  ['a property named by a symbol', { [Symbol('canary')]: 1 }, '', 'has a symbol as a property name'],
  [
    'an element named by a symbol',
    Object.assign([1], { [Symbol('canary')]: 1 }),
    '',
    'has a symbol as a property name',
  ],
  ['a list with undefined in it', [1, undefined], '[1]', 'is undefined'],
  ['a list with a hole', sparse, '[1]', 'is undefined'],
  ['a list with a property', named, '', 'is an array with named properties'],
  ['a list with a method', Object.assign([1], { toJSON: () => [] }), '', 'is an array with named properties'],
  ['a cycle', cycle, '.a.b[0]', 'a cycle'],
  [
    'a property named __proto__',
    JSON.parse('{"__proto__": {"a": 1}}'),
    '.__proto__',
    'can change other objects',
  ],
];

describe('MintlifyUserValidator, on what JSON would change or lose,', () => {
  it.each(LOST)('refuses %s with its path', (_, value, path, says) => {
    const places: [user: unknown, at: string][] = [
      [{ content: { value } }, 'content.value'],
      [{ content: { list: [{ 'a b': value }] } }, 'content.list[0]["a b"]'],
      [{ apiPlaygroundInputs: { query: { value } } }, 'apiPlaygroundInputs.query.value'],
      [{ apiPlaygroundInputs: { header: { 'X-A': [value] } } }, 'apiPlaygroundInputs.header["X-A"][0]'],
    ];
    for (const [user, at] of places) {
      const found = violationsOf(user).filter((violation) => violation.startsWith(`${at}${path}: `));
      expect(found).toEqual([expect.stringContaining(says)]);
    }
  });

  it.each(LOST)('does not repeat %s in its message', (_, value) => {
    expect(violationsOf({ content: { value } }).join()).not.toContain('canary');
  });

  it('finds a cycle through the user itself and through its parts', () => {
    const user: Record<string, Record<string, unknown>> = { content: {}, apiPlaygroundInputs: { query: {} } };
    user.content = { user };
    expect(violationsOf(user)).toEqual([expect.stringMatching(/^content\.user: .*cycle/)]);
    const inputs: Record<string, unknown> = {};
    inputs.query = { inputs };
    expect(violationsOf({ apiPlaygroundInputs: inputs })).toEqual([
      expect.stringMatching(/^apiPlaygroundInputs\.query\.inputs: .*cycle/),
    ]);
  });

  it('takes one object in two places, which is no cycle', () => {
    const shared = { plan: 'pro' };
    const user = { content: { a: shared, b: [shared, shared] }, apiPlaygroundInputs: { query: shared } };
    expect(JSON.parse(JSON.stringify(userValidator().validate(user)))).toMatchObject(user);
  });

  it('takes an undefined property as absent, wherever it is', () => {
    const user = {
      expiresAt: undefined,
      groups: undefined,
      content: { a: undefined, b: { c: undefined, d: 1 } },
      apiPlaygroundInputs: { header: undefined, query: { a: undefined } },
    };
    const valid = userValidator().validate(user);
    expect(Object.keys(valid).sort()).toEqual(['apiPlaygroundInputs', 'content', 'expiresAt']);
    expect(Object.keys(valid.content ?? {})).toEqual(['b']);
    expect(valid.apiPlaygroundInputs).toStrictEqual({ query: {} });
  });

  it('takes null inside of values, where JSON has it too', () => {
    expect(
      violationsOf({ content: { a: null, b: [null] }, apiPlaygroundInputs: { query: { a: null } } }),
    ).toEqual([]);
  });

  it('takes objects of another realm', () => {
    const content = runInNewContext('({ a: { b: 1 } })') as unknown;
    expect(violationsOf({ content: { content } })).toEqual([]);
  });

  it('takes objects without a prototype', () => {
    const content = Object.assign(Object.create(null) as object, { a: Object.create(null) as object });
    expect(violationsOf({ content })).toEqual([]);
  });

  it('names a place by a path that is safe to print', () => {
    const names = ['a b', '', '1', 'a"b', 'a\nb', 'a\u2028b\u0085', 'ü', 'x'.repeat(200)];
    const content = Object.fromEntries(names.map((name) => [name, 1n]));
    const paths = violationsOf({ content }).map((violation) => violation.replace(/: is a BigInt.*$/, ''));
    expect(paths.sort()).toEqual(
      [
        'content["a b"]',
        'content[""]',
        'content["1"]',
        String.raw`content["a\"b"]`,
        String.raw`content["a\nb"]`,
        String.raw`content["a\u2028b\u0085"]`,
        'content["ü"]',
        `content["${'x'.repeat(64)}…"]`,
      ].sort(),
    );
  });
});

describe('MintlifyUserValidator, on objects that do something when they are read,', () => {
  const boom = new Error('canary');
  const throwing = (): never => {
    throw boom;
  };

  it.each<[string, unknown, string]>([
    [
      'a getter of the user',
      Object.defineProperty({}, 'content', { get: throwing, enumerable: true }),
      '(the user)',
    ],
    [
      'a getter of content',
      { content: Object.defineProperty({}, 'a', { get: throwing, enumerable: true }) },
      'content',
    ],
    ['a proxy for the user', new Proxy({}, { ownKeys: throwing }), '(the user)'],
    ['a proxy that keeps its values back', new Proxy({ content: {} }, { get: throwing }), '(the user)'],
    ['a proxy in content', { content: { list: [new Proxy({}, { ownKeys: throwing })] } }, 'content.list[0]'],
    [
      'a proxy in a header',
      { apiPlaygroundInputs: { header: { a: new Proxy({}, { getPrototypeOf: throwing }) } } },
      'apiPlaygroundInputs.header.a',
    ],
  ])('refuses one that throws: %s', (_, user, path) => {
    const read = (): unknown => userValidator().validate(user);
    expect(read).toThrow(expect.objectContaining({ code: 'invalid_user', cause: boom }));
    expect(violationsOf(user)).toEqual([expect.stringMatching(/cannot be read: a getter or a proxy/)]);
    expect(violationsOf(user).join().startsWith(`${path}: `)).toBe(true);
    expect(violationsOf(user).join()).not.toContain('canary');
  });

  it('refuses a proxy that was revoked', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(violationsOf(proxy)).toHaveLength(1);
    expect(violationsOf({ content: { proxy } })).toEqual([
      expect.stringMatching(/^content\.proxy: cannot be read/),
    ]);
  });

  it('reads every property once, so that a second answer changes nothing', () => {
    const reads: string[] = [];
    const counting = <T extends object>(name: string, target: T): T =>
      new Proxy(target, {
        get(object, key, receiver): unknown {
          if (typeof key === 'string' && key !== 'length' && key !== 'constructor')
            reads.push(`${name}.${key}`);
          return Reflect.get(object, key, receiver);
        },
      });
    userValidator().validate(
      counting('user', {
        groups: counting('groups', ['a', 'b']),
        content: counting('content', { a: counting('a', { b: 1 }) }),
        apiPlaygroundInputs: counting('inputs', { query: counting('query', { q: 1 }) }),
      }),
    );
    expect(reads).toContain('a.b');
    expect(new Set(reads).size).toBe(reads.length);
  });

  it('keeps the answer that it checked', () => {
    let answers = 0;
    const content = {
      get name(): unknown {
        answers += 1;
        return answers === 1 ? 'Ada' : 10n;
      },
    };
    const valid = userValidator().validate({ content });
    expect(valid.content).toEqual({ name: 'Ada' });
    expect(JSON.stringify(valid)).toContain('"name":"Ada"');
  });
});
