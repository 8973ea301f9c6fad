import { it } from '@jest/globals';
import {
  TenantRegistry,
  type MintlifyPersonalizationOptions,
  type TenantSource,
} from 'nestjs-mintlify-personalization';
import {
  describeFaults,
  FAULTY,
  headersOf,
  LOGIN,
  NamedVisitorGuard,
  siteOf,
  SOUND,
  type DesignedAnswer,
  type FaultLab,
  type Visitor,
} from '../support/fault-lab.support.js';
import { resolverOf } from '../support/tenants.support.js';
import { SESSION_PATH } from '../support/user-info.support.js';

const TENANT_TIMEOUT_MS = 25;
const SECRET = 'topsecret';

const UNKNOWN: DesignedAnswer = { status: 404, code: 'unknown_tenant' };
const RESOLVER_FAILED: DesignedAnswer = { status: 500, code: 'tenant_resolver_failed' };
const RESOLVER_LATE: DesignedAnswer = { status: 503, code: 'tenant_resolver_timeout' };
const SOURCE_FAILED: DesignedAnswer = { status: 503, code: 'tenant_source_failed' };
const SOURCE_LATE: DesignedAnswer = { status: 503, code: 'tenant_source_timeout' };
const INVALID: DesignedAnswer = { status: 500, code: 'invalid_option' };
const INVALID_KEY: DesignedAnswer = { status: 500, code: 'invalid_signing_key' };

const fail = (): never => {
  throw new Error(SECRET);
};
const never = (): Promise<never> => new Promise(() => undefined);
const untouchable = (): object =>
  new Proxy({}, Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((name) => [name, fail])));

type Fault = [kind: string, does: () => unknown, expected: DesignedAnswer];

const RESOLVER_FAULTS: Fault[] = [
  ['throws', fail, RESOLVER_FAILED],
  ['rejects with nothing', () => Promise.reject(undefined), RESOLVER_FAILED],
  ['rejects with a proxy that throws on every access', () => Promise.reject(untouchable()), RESOLVER_FAILED],
  ['never answers', never, RESOLVER_LATE],
  ['returns an object', () => ({ id: SOUND }), UNKNOWN],
  ['returns an array with a tenant id', () => [SOUND], UNKNOWN],
  ['returns an empty string', () => '', UNKNOWN],
  ['returns null', () => null, UNKNOWN],
  ['returns a symbol', () => Symbol(SOUND), UNKNOWN],
  ['returns a path', () => `../${SOUND}`, UNKNOWN],
  ['returns a megabyte', () => 'a'.repeat(1_000_000), UNKNOWN],
  ['returns __proto__', () => '__proto__', UNKNOWN],
];

const SOURCE_FAULTS: Fault[] = [
  ['throws', fail, SOURCE_FAILED],
  ['rejects', () => Promise.reject(new Error(SECRET)), SOURCE_FAILED],
  ['rejects with a proxy that throws on every access', () => Promise.reject(untouchable()), SOURCE_FAILED],
  ['never answers', never, SOURCE_LATE],
  ['finds no tenant', () => undefined, UNKNOWN],
  ['returns a string', () => SECRET, INVALID],
  ['returns an array', () => [], INVALID],
  ['returns an unknown option', () => ({ ...siteOf(FAULTY), algorithm: 'none' }), INVALID],
  ['returns a token lifetime of a minute', () => ({ ...siteOf(FAULTY), tokenLifetimeSeconds: 60 }), INVALID],
  ['returns docs over http', () => ({ ...siteOf(FAULTY), docsUrl: 'http://docs.faulty.example' }), INVALID],
  ['returns an invalid key', () => ({ ...siteOf(FAULTY), signingKey: SECRET }), INVALID_KEY],
];

const resolverWith = (resolveFaultily: (visitor: Visitor) => unknown) =>
  resolverOf((visitor) => {
    const { tenant } = visitor as Visitor;
    return tenant === FAULTY ? resolveFaultily(visitor as Visitor) : tenant;
  });

const nameOf = ({ status, code = '' }: DesignedAnswer): string => `${status} ${code}`.trim();

describeFaults('a tenant resolver', (run) => {
  it.each(
    RESOLVER_FAULTS.map(([kind, does, expected]) => ({ kind, does, expected, answer: nameOf(expected) })),
  )('that $kind is answered with $answer, and concerns no one else', ({ kind, does, expected }) =>
    run(async (lab) => {
      let current: (visitor: Visitor) => unknown = does;
      await lab.start({
        tenantResolver: resolverWith((visitor) => current(visitor)),
        tenantTimeoutMs: TENANT_TIMEOUT_MS,
      });
      await lab.inject({ kind, expected });
      current = ({ tenant }) => tenant;
      await lab.expectRecovery();
    }),
  );

  it('that answers after the timeout gives 503, and its late answer is ignored', () =>
    run(async (lab) => {
      const waiting: (() => void)[] = [];
      let isLate = true;
      const late = ({ tenant }: Visitor): unknown =>
        isLate ? new Promise((resolve) => waiting.push(() => resolve(tenant))) : tenant;
      await lab.start({ tenantResolver: resolverWith(late), tenantTimeoutMs: TENANT_TIMEOUT_MS });
      await lab.inject({ kind: 'answers after the timeout', expected: RESOLVER_LATE });
      isLate = false;
      for (const settle of waiting.splice(0)) settle();
      await lab.expectRecovery();
    }));
});

/** A source that finds the faulty tenant once it is healthy. */
class Source implements TenantSource {
  static does: () => unknown;
  static knows: (origin: string) => unknown;

  load = (() => Source.does()) as TenantSource['load'];
  knowsOrigin = ((origin: string) => Source.knows(origin)) as TenantSource['knowsOrigin'];
}

const withSource = (): Partial<MintlifyPersonalizationOptions> => ({
  tenants: { [SOUND]: siteOf(SOUND) },
  tenantSource: Source,
  tenantTimeoutMs: TENANT_TIMEOUT_MS,
  tenantMaxAgeSeconds: 100,
});

const forget = (lab: FaultLab): void => lab.app.get(TenantRegistry, { strict: false }).invalidate(FAULTY);

describeFaults('a tenant source', (run) => {
  it.each(
    SOURCE_FAULTS.map(([kind, does, expected]) => ({ kind, does, expected, answer: nameOf(expected) })),
  )('that $kind is answered with $answer, and concerns no one else', ({ kind, does, expected }) =>
    run(async (lab) => {
      Source.does = does;
      await lab.start(withSource());
      await lab.inject({ kind, expected });
      Source.does = () => siteOf(FAULTY);
      await lab.expectRecovery();
    }),
  );

  it('that answers after the timeout gives 503, and is called again', () =>
    run(async (lab) => {
      const waiting: (() => void)[] = [];
      Source.does = () => new Promise((resolve) => waiting.push(() => resolve(siteOf(FAULTY))));
      await lab.start(withSource());
      await lab.inject({ kind: 'answers after the timeout', expected: SOURCE_LATE });
      Source.does = () => siteOf(FAULTY);
      for (const settle of waiting.splice(0)) settle();
      await lab.expectRecovery();
    }));

  it('that fails every second time gives a login or 503', () =>
    run(async (lab) => {
      let calls = 0;
      Source.does = () => {
        calls += 1;
        return calls % 2 === 0 ? siteOf(FAULTY) : fail();
      };
      await lab.start(withSource());
      await lab.inject({
        kind: 'fails every second time',
        times: 200,
        expected: [LOGIN, SOURCE_FAILED],
        beforeEach: () => forget(lab),
      });
      Source.does = () => siteOf(FAULTY);
      await lab.expectRecovery();
    }));

  it.each<Fault>([
    ['is unavailable while the tenant is cached', fail, LOGIN],
    ['hangs while the tenant is cached', never, LOGIN],
    [
      'returns an invalid key while the tenant is cached',
      () => ({ ...siteOf(FAULTY), signingKey: SECRET }),
      LOGIN,
    ],
  ])('that %s keeps serving the cached tenant', (kind, does, expected) =>
    run(async (lab) => {
      Source.does = () => siteOf(FAULTY);
      await lab.start(withSource());
      await lab.expectRecovery(1);
      Source.does = does;
      lab.age.pass(100);
      // Each batch arrives when the source is due for a retry, and all of them before the cached tenant expires.
      await lab.inject({ kind, expected, beforeEach: () => lab.age.pass(6) });
      Source.does = () => siteOf(FAULTY);
      lab.age.pass(6);
      await lab.expectRecovery();
    }),
  );

  it('that is unavailable for too long gives 503 until it is back', () =>
    run(async (lab) => {
      Source.does = () => siteOf(FAULTY);
      await lab.start(withSource());
      await lab.expectRecovery(1);
      Source.does = fail;
      lab.age.pass(201);
      await lab.inject({ kind: 'is unavailable for too long', expected: SOURCE_FAILED });
      Source.does = () => siteOf(FAULTY);
      await lab.expectRecovery();
    }));
});

const KNOWS_FAULTS: [kind: string, knows: () => unknown, preflight: number][] = [
  ['throws', fail, 503],
  ['rejects', () => Promise.reject(new Error(SECRET)), 503],
  ['never answers', never, 503],
  ['returns a string', () => 'yes', 403],
  ['returns an object', () => ({}), 403],
];

describeFaults('knowsOrigin() of a tenant source', (run) => {
  const ORIGIN = 'https://docs.faulty.example';

  /** The status of the response, and whether the page can read it. */
  const ask = async (lab: FaultLab, visitor: Visitor, origin = ORIGIN, method = 'GET') => {
    const headers = { origin, 'access-control-request-method': 'GET', ...headersOf(visitor) };
    const answer = await lab.get(SESSION_PATH, headers, method);
    const isReadable = answer.headers['access-control-allow-origin'] === origin;
    return { ...answer, summary: `${answer.status}${isReadable ? ', readable' : ''}` };
  };

  it.each(KNOWS_FAULTS)('that %s is ignored for the origins of the tenant itself', (kind, knows, preflight) =>
    run(async (lab) => {
      Source.does = () => siteOf(FAULTY);
      Source.knows = knows;
      const handshakes = {
        jwt: { guards: [NamedVisitorGuard] },
        sharedSession: { guards: [NamedVisitorGuard] },
      };
      await lab.start({ ...withSource(), handshakes });
      const isUnknown = preflight === 403;
      await lab.injectInto(kind, isUnknown ? '403' : '200, readable', async (visitor) => {
        const { status, summary, body } = await ask(lab, visitor);
        return status === 200 && !body.includes(visitor.name) ? 'another visitor' : summary;
      });
      await lab.injectInto(
        kind,
        '403',
        async (visitor) => (await ask(lab, visitor, 'https://evil.example')).summary,
      );
      await lab.injectInto(kind, String(preflight), async (visitor) => {
        lab.age.pass(10);
        return (await ask(lab, visitor, ORIGIN, 'OPTIONS')).summary;
      });
      Source.knows = (origin) => origin === ORIGIN;
      lab.age.pass(10);
      const visitor = lab.visitor();
      const { summary, body } = await ask(lab, visitor);
      lab.expectAnswers([summary, String(body.includes(visitor.name))], ['200, readable', 'true']);
    }),
  );
});
