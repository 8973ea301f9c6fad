import { describe, expect, it } from '@jest/globals';
import { NOW_SECONDS } from '../../../support/clock.support.js';
import { userValidator, violationsOf } from '../../../support/users.support.js';

const texts = (count: number, length = 1): string[] =>
  Array.from({ length: count }, () => 'x'.repeat(length));
const keys = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]));
/** Objects in objects, or lists in lists: `levels` of them, the outermost counted. */
const nested = (levels: number, wrap: (inner: unknown) => unknown): unknown =>
  levels === 0 ? 1 : wrap(nested(levels - 1, wrap));
const inObject = (inner: unknown): unknown => ({ a: inner });
const inList = (inner: unknown): unknown => [inner];

/** Each limit: a user at it, and one just over it. */
const LIMITS: [limit: string, at: unknown, over: unknown, violation: string][] = [
  [
    '1,000 groups',
    { groups: texts(1_000) },
    { groups: texts(1_001) },
    'groups: has 1001 groups; 1000 is the most',
  ],
  [
    '256 characters of a group',
    { groups: texts(1, 256) },
    { groups: ['a', ...texts(1, 257)] },
    'groups[1]: must be a text of 1 to 256',
  ],
  [
    '1 character of a group',
    { groups: ['x'] },
    { groups: ['x', ''] },
    'groups[1]: must be a text of 1 to 256',
  ],
  ['100 content keys', { content: keys(100) }, { content: keys(101) }, 'content: has more than 100 keys'],
  [
    '20 levels of objects',
    { content: nested(19, inObject) },
    { content: nested(20, inObject) },
    `content${'.a'.repeat(19)}: is nested deeper than 20 levels`,
  ],
  [
    '20 levels of lists',
    { content: { l: nested(18, inList) } },
    { content: { l: nested(19, inList) } },
    `content.l${'[0]'.repeat(18)}: is nested deeper than 20 levels`,
  ],
  [
    '20 levels of playground inputs',
    { apiPlaygroundInputs: { query: nested(18, inObject) } },
    { apiPlaygroundInputs: { query: nested(19, inObject) } },
    `apiPlaygroundInputs.query${'.a'.repeat(18)}: is nested deeper than 20 levels`,
  ],
  [
    '5,000 values',
    { content: { l: texts(4_997) } },
    { content: { l: texts(4_998) } },
    'content.l: brings the user over 5000 values',
  ],
  [
    '5,000 values of playground inputs',
    { apiPlaygroundInputs: { query: keys(4_997) } },
    { apiPlaygroundInputs: { query: keys(4_998) } },
    'apiPlaygroundInputs.query: brings the user over 5000 values',
  ],
  [
    '5,000 values that many fields share',
    { groups: texts(999), content: { l: texts(3_990) }, apiPlaygroundInputs: { query: keys(5) } },
    { groups: texts(999), content: { l: texts(3_990) }, apiPlaygroundInputs: { query: keys(6) } },
    'apiPlaygroundInputs.query: brings the user over 5000 values',
  ],
  [
    '5,000 values, the objects counted',
    { content: { l: texts(4_996) }, apiPlaygroundInputs: {} },
    { content: { l: texts(4_997) }, apiPlaygroundInputs: {} },
    '(the user): brings the user over 5000 values',
  ],
  [
    '5,000 values, the time counted',
    { expiresAt: NOW_SECONDS + 1, content: { l: texts(4_996) } },
    { expiresAt: NOW_SECONDS + 1, content: { l: texts(4_997) } },
    'content.l: brings the user over 5000 values',
  ],
  [
    '5,000 values, the last one an object',
    { content: { l: [...texts(4_996), {}] } },
    { content: { l: [...texts(4_997), {}] } },
    'content.l: brings the user over 5000 values',
  ],
];

/** How much of the 64 KB is left for a text under `content.a`. */
const OVERHEAD = JSON.stringify({ expiresAt: 1_893_459_600, content: { a: '' } }).length;

describe('MintlifyUserValidator', () => {
  it.each(LIMITS)('takes %s and no more', (_, at, over, violation) => {
    expect(violationsOf(at)).toEqual([]);
    expect(violationsOf(over)).toEqual([expect.stringContaining(violation)]);
  });

  it.each([
    ['letters of one byte', 'x', 1],
    ['letters of two bytes', 'ü', 2],
    ['letters of three bytes', '日', 3],
    ['letters of four bytes', '😀', 4],
    ['controls, which JSON writes in six', '\u0001', 6],
    ['quotes, which JSON writes in two', '"', 2],
  ])('takes 65,536 bytes as JSON and no more, in %s', (_, letter, bytes) => {
    const room = 65_536 - OVERHEAD;
    const a = letter.repeat(Math.floor(room / bytes)) + 'x'.repeat(room % bytes);
    expect(Buffer.byteLength(JSON.stringify(userValidator().validate({ content: { a } })))).toBe(65_536);
    expect(violationsOf({ content: { a: `${a}x` } })).toEqual([
      expect.stringMatching(/^\(the user\): is 65537 bytes as JSON; 65536 is the most/),
    ]);
  });

  it('refuses megabytes by their length alone, and searches them for no credential', () => {
    const text = `${'x'.repeat(1_000_000)} -----BEGIN PRIVATE KEY-----`;
    expect(violationsOf({ content: { text } })).toEqual([
      expect.stringMatching(/^\(the user\): is 1000032 bytes as JSON, or more; 65536 is the most/),
    ]);
  });

  it('counts the bytes of names, numbers and brackets as well', () => {
    const limits = { maxJsonBytes: 100, maxContentKeys: 1_000 };
    const users = [
      { content: { ['n'.repeat(100)]: 1 } },
      { groups: Array.from({ length: 30 }, () => 'ab') },
      { content: { l: Array.from({ length: 10 }, () => -1.797_693_134_862_315_7e308) } },
      { content: { l: Array.from({ length: 40 }, () => []) } },
      { apiPlaygroundInputs: { header: { a: 'b'.repeat(60) } } },
    ];
    for (const user of users)
      expect(violationsOf(user, limits)).toEqual([expect.stringContaining('100 is the most')]);
  });

  it.each([
    ['names', { ['n'.repeat(70_000)]: 1 }],
    ['numbers', { l: Array.from({ length: 4_000 }, () => -1.797_693_134_862_315_7e308) }],
  ])('takes no more than 65,536 bytes of %s either', (_, content) => {
    expect(violationsOf({ content })).toEqual([expect.stringContaining('65536 is the most')]);
  });

  it.each([
    ['text', (credential: string) => ({ a: credential })],
    ['name', (credential: string) => ({ a: { [credential]: 1 } })],
  ])('searches a %s for credentials up to the last character that there is room for', (_, contentOf) => {
    const content = contentOf(['AK', 'IA', 'AB12'.repeat(4)].join(''));
    expect(violationsOf({ content }, { maxJsonBytes: 21 })).toEqual([expect.stringContaining('credential')]);
    expect(violationsOf({ content }, { maxJsonBytes: 20 })).toEqual([
      '(the user): is 21 bytes as JSON, or more; 20 is the most. Send only what the pages use.',
    ]);
  });

  it('says how many bytes there are where characters alone do not tell', () => {
    const content = { a: '' };
    const most = JSON.stringify({ expiresAt: NOW_SECONDS, content }).length - 1;
    expect(violationsOf({ content }, { maxJsonBytes: most })).toEqual([
      `(the user): is ${most + 1} bytes as JSON; ${most} is the most. Send only what the pages use.`,
    ]);
    expect(violationsOf({ content: { abcd: '' } }, { maxJsonBytes: 4 })).toEqual([
      expect.stringMatching(/^\(the user\): is \d+ bytes as JSON; 4 is the most/),
    ]);
  });

  it('does not count the bytes of a user in whom something else is wrong', () => {
    expect(violationsOf({ content: { a: 'x'.repeat(70_000), b: 1n } })).toEqual([
      expect.stringMatching(/^content\.b: is a BigInt/),
    ]);
  });

  it.each([
    [{ maxGroups: 1 }, { groups: ['a', 'b'] }, 'groups: has 2 groups; 1 is the most'],
    [{ maxGroupLength: 2 }, { groups: ['abc'] }, 'groups[0]: must be a text of 1 to 2 characters'],
    [{ maxContentKeys: 1 }, { content: { a: 1, b: 2 } }, 'content: has more than 1 keys'],
    [{ maxDepth: 1 }, { groups: [] }, 'groups: is nested deeper than 1 levels'],
    [
      { maxDepth: 1 },
      { apiPlaygroundInputs: { query: {} } },
      'apiPlaygroundInputs.query: is nested deeper than 1',
    ],
    [{ maxValues: 2 }, { content: { a: 1 } }, 'content: brings the user over 2 values'],
    [{ maxValues: 1 }, { groups: [] }, 'groups: brings the user over 1 values'],
    [{ maxJsonBytes: 20 }, {}, '(the user): is 24 bytes as JSON; 20 is the most'],
  ])('keeps to limits of the host app: %j', (limits, user, violation) => {
    expect(violationsOf(user, limits)).toEqual([expect.stringContaining(violation)]);
  });

  it('tells at most twenty places', () => {
    expect(violationsOf({ content: { list: Array.from({ length: 50 }, () => 1n) } })).toHaveLength(20);
  });

  it('tells of every mistake at once, in the order found', () => {
    const violations = violationsOf({
      plan: 'pro',
      expiresAt: 1,
      groups: ['a', 5],
      content: { a: 1n, b: { c: new Date(0) } },
      apiPlaygroundInputs: { headers: {}, query: [] },
    });
    expect(violations.map((violation) => violation.split(':')[0])).toEqual([
      'plan',
      'expiresAt',
      'groups[1]',
      'content.a',
      'content.b.c',
      'apiPlaygroundInputs.headers',
      'apiPlaygroundInputs.query',
    ]);
  });

  it('stops before it reads a list or an object that is far too large', () => {
    const list = new Proxy([] as number[], {
      get: (target, key, receiver): unknown =>
        key === 'length' ? 4_000_000_000 : (Reflect.get(target, key, receiver) as unknown),
    });
    expect(violationsOf({ content: { list } })).toEqual([expect.stringContaining('over 5000 values')]);
    expect(violationsOf({ groups: list })).toEqual([expect.stringContaining('4000000000 groups')]);
  });
});
