import { it } from '@jest/globals';
import type { ClaimMapper, MintlifyUser } from 'nestjs-mintlify-personalization';
import {
  describeFaults,
  LOGIN,
  mapperWith,
  mapSoundly,
  type DesignedAnswer,
  type Visitor,
} from '../support/fault-lab.support.js';

type Map = (...parameters: [visitor: Visitor, context: Parameters<ClaimMapper['map']>[1]]) => unknown;

const FAILED: DesignedAnswer = { status: 500, code: 'claim_mapper_failed' };
const INVALID: DesignedAnswer = { status: 500, code: 'invalid_user' };
const TOO_LATE: DesignedAnswer = { status: 503, code: 'claim_mapper_timeout' };

const MAPPER_TIMEOUT_MS = 25;
/** A secret that must not appear in a response. */
const SECRET = 'topsecret';

const thrown =
  (value: unknown): Map =>
  () => {
    throw value;
  };

/** A thenable with the given behavior, as of a careless promise library. */
const thenable = (then: (resolve: (value: unknown) => void, reject: (error: unknown) => void) => void) => ({
  then,
});

function cycle(visitor: Visitor): unknown {
  const content: Record<string, unknown> = { ...mapSoundly(visitor).content };
  content['itself'] = content;
  return { content };
}

function nested(depth: number): object {
  let value: object = {};
  for (let level = 0; level < depth; level += 1) value = { value };
  return value;
}

/** A proxy that throws on every access. */
const untouchable = (): object => {
  const refuse = (): never => {
    throw new Error(SECRET);
  };
  const names = Object.getOwnPropertyNames(Reflect);
  return new Proxy({}, Object.fromEntries(names.map((name) => [name, refuse])));
};

/** An error that throws when it is read. */
function unreadableError(): Error {
  const error = new Error(SECRET);
  for (const name of ['stack', 'message', 'cause', 'name']) {
    Object.defineProperty(error, name, {
      get() {
        throw new Error(SECRET);
      },
    });
  }
  return error;
}

function selfCausedError(): Error {
  const error = new Error(SECRET);
  error.cause = error;
  return error;
}

const HUGE = { content: { text: 'x'.repeat(10_000_000) } };
const MANY_VALUES = { content: { list: Array.from({ length: 1_000_000 }, (_, index) => index) } };
const MANY_GROUPS = { groups: Array.from({ length: 1_000_000 }, () => 'a') };

const FAILURES: [kind: string, map: Map][] = [
  ['throws an error', thrown(new Error(SECRET))],
  ['throws nothing', thrown(undefined)],
  ['throws null', thrown(null)],
  ['throws a string', thrown(SECRET)],
  ['throws a symbol', thrown(Symbol(SECRET))],
  ['throws an error that is its own cause', thrown(selfCausedError())],
  ['throws an error that cannot be read', thrown(unreadableError())],
  ['throws a proxy that throws on every access', () => Promise.reject(untouchable())],
  ['rejects', () => Promise.reject(new Error(SECRET))],
  ['rejects with nothing', () => Promise.reject(undefined)],
  [
    'rejects after a while',
    async () => {
      await new Promise(setImmediate);
      throw new Error(SECRET);
    },
  ],
  [
    'returns a promise of a promise that rejects',
    async () => Promise.resolve(Promise.reject(new Error(SECRET))),
  ],
  [
    'returns a thenable that throws',
    () =>
      thenable(() => {
        throw new Error(SECRET);
      }),
  ],
  [
    'returns an object whose then getter throws',
    () => ({
      get then(): never {
        throw new Error(SECRET);
      },
    }),
  ],
  ['returns a proxy that throws on every access', () => untouchable()],
];

const INVALID_USERS: [kind: string, map: Map][] = [
  ['returns nothing', () => undefined],
  ['returns null', () => null],
  ['returns a string', () => SECRET],
  ['returns a number', () => 1],
  ['returns an array', () => [SECRET]],
  ['returns a Map', () => new Map([['groups', ['admin']]])],
  ['returns a function', () => () => ({ groups: ['admin'] })],
  ['returns a cycle', cycle],
  ['returns a deep object', () => ({ content: nested(10_000) })],
  ['returns ten megabytes', () => HUGE],
  ['returns a million values', () => MANY_VALUES],
  ['returns a million groups', () => MANY_GROUPS],
  [
    'returns a getter that throws',
    () => ({
      get content(): never {
        throw new Error(SECRET);
      },
    }),
  ],
  [
    'returns an object whose toJSON returns another user',
    (visitor) => ({
      ...mapSoundly(visitor),
      toJSON: () => ({ groups: ['admin'] }),
    }),
  ],
  [
    'returns content whose toJSON returns something else',
    (visitor) => ({
      content: { ...mapSoundly(visitor).content, toJSON: () => ({ name: 'Eve' }) },
    }),
  ],
  ['returns a __proto__ from JSON', () => JSON.parse('{"__proto__":{"groups":["admin"]}}') as unknown],
  ['returns only inherited properties', () => Object.create({ groups: ['admin'] }) as unknown],
  [
    'returns reserved claims',
    (visitor) => ({ ...mapSoundly(visitor), exp: 9_999_999_999, host: 'docs.evil.example' }),
  ],
  ['returns a sparse array', () => ({ groups: Object.assign(Array(3), ['a', 'b']) as unknown })],
  ['returns an invalid date', (visitor) => ({ ...mapSoundly(visitor), expiresAt: NaN })],
  [
    'returns a revoked proxy as content',
    () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      return { content: proxy };
    },
  ],
];

const never = (): Promise<never> => new Promise(() => undefined);

const LATE: [kind: string, map: Map][] = [
  ['never answers', never],
  [
    'never answers, and looks at its signal',
    (_, { signal }) => {
      signal.addEventListener('abort', () => undefined);
      return never();
    },
  ],
  ['returns a thenable that never settles', () => thenable(() => undefined)],
  ['returns a promise of a promise that never settles', async () => Promise.resolve(never())],
  [
    'rejects when it is aborted',
    (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error(SECRET)));
      }),
  ],
];

/** Faults that do not affect the visitor: the token is correct. */
const HARMLESS: [kind: string, map: Map][] = [
  [
    'returns a thenable that settles twice',
    (visitor) =>
      thenable((resolve, reject) => {
        resolve(mapSoundly(visitor));
        resolve({ groups: ['admin'] });
        reject(new Error(SECRET));
      }),
  ],
  [
    'returns a thenable that resolves and throws',
    (visitor) =>
      thenable((resolve) => {
        resolve(mapSoundly(visitor));
        throw new Error(SECRET);
      }),
  ],
  [
    'changes its result afterwards',
    (visitor) => {
      const user: MintlifyUser = { ...mapSoundly(visitor), groups: ['readers'] };
      setImmediate(() => {
        user.groups?.push('admin');
        user.content = { name: 'Eve' };
      });
      return user;
    },
  ],
  [
    'deletes the user of the request',
    (visitor, { request }) => {
      delete (request as { user?: unknown }).user;
      return mapSoundly(visitor);
    },
  ],
  [
    'puts another user on the request',
    (visitor, { request }) => {
      (request as { user?: unknown }).user = { tenant: 'sound', name: 'Eve' };
      return mapSoundly(visitor);
    },
  ],
  [
    'leaves a rejected promise behind',
    (visitor) => {
      Promise.reject(new Error(SECRET)).catch(() => undefined);
      return mapSoundly(visitor);
    },
  ],
];

describeFaults('a claim mapper', (run) => {
  const groups: [faults: [kind: string, map: Map][], answer: DesignedAnswer][] = [
    [FAILURES, FAILED],
    [INVALID_USERS, INVALID],
    [LATE, TOO_LATE],
    [HARMLESS, LOGIN],
  ];
  const faults = groups.flatMap(([kinds, expected]) =>
    kinds.map(([kind, map]) => ({
      kind,
      map,
      expected,
      answer: `${expected.status} ${expected.code ?? ''}`.trim(),
    })),
  );

  it.each(faults)('that $kind gives $answer, and does not affect other tenants', ({ kind, map, expected }) =>
    run(async (lab) => {
      let current: Map = map;
      const claimMapper = mapperWith((visitor, context) => current(visitor as Visitor, context));
      await lab.start({ claimMapper, mapperTimeoutMs: MAPPER_TIMEOUT_MS });
      await lab.inject({ kind, expected });
      current = mapSoundly;
      await lab.expectRecovery();
    }),
  );

  it.each([
    ['resolves after the timeout', (settle: () => void) => settle(), 'resolve'],
    ['rejects after the timeout', (settle: () => void) => settle(), 'reject'],
  ] as const)('that %s is answered with 503 before, and dropped then', (kind, settle, how) =>
    run(async (lab) => {
      const waiting: (() => void)[] = [];
      let isLate = true;
      const claimMapper = mapperWith((visitor) => {
        if (!isLate) return mapSoundly(visitor as Visitor);
        return new Promise((resolve, reject) => {
          waiting.push(() =>
            how === 'resolve' ? resolve(mapSoundly(visitor as Visitor)) : reject(new Error(SECRET)),
          );
        });
      });
      await lab.start({ claimMapper, mapperTimeoutMs: MAPPER_TIMEOUT_MS });
      await lab.inject({ kind, expected: TOO_LATE });
      for (const late of waiting.splice(0)) settle(late);
      isLate = false;
      await lab.expectRecovery();
    }),
  );
});
