import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ForbiddenException, UnauthorizedException } from '@nestjs/common';
import type { TenantResolver, TenantSource } from 'nestjs-mintlify-personalization';
import { MintlifyPersonalizationError } from '../../../../libs/mintlify-personalization/src/errors.js';
import {
  MAX_SOURCE_CALLS,
  TenantCalls,
  unknownTenant,
} from '../../../../libs/mintlify-personalization/src/tenancy/tenant-calls.js';
import { Held } from '../../../support/clock.support.js';

const AWAY = new Error('canary: the database db-7 is away');
const ORIGIN = 'https://docs.acme.example';

const callsOf = (tenantTimeoutMs = 10, maxConcurrentHandshakes = 1_000): TenantCalls =>
  new TenantCalls({ tenantTimeoutMs, maxConcurrentHandshakes });

const resolverOf = (resolve: (principal: unknown, request: unknown) => unknown): TenantResolver => ({
  resolve: resolve as TenantResolver['resolve'],
});
const sourceOf = (methods: {
  load?: (tenantId: string, signal: AbortSignal) => unknown;
  knowsOrigin?: (origin: string) => unknown;
}): TenantSource => ({ load: () => undefined, ...methods }) as TenantSource;

async function errorOf(run: () => unknown): Promise<MintlifyPersonalizationError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof MintlifyPersonalizationError) return error;
    throw error;
  }
  throw new Error('There was no error.');
}

describe('A call of the tenant resolver', () => {
  it('brings whatever it answers', async () => {
    const resolve = jest.fn((principal: unknown) => principal);
    const request = {};
    expect(await callsOf().findTenantId(resolverOf(resolve), 'acme', request)).toBe('acme');
    expect(resolve.mock.calls).toEqual([['acme', request]]);
  });

  it('brings without a promise what it answers without one', () => {
    expect(
      callsOf().findTenantId(
        resolverOf(() => 'acme'),
        {},
        {},
      ),
    ).toBe('acme');
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw AWAY;
      },
    ],
    ['rejects', () => Promise.reject(AWAY)],
  ])('that %s ends in an error without a tenant, whose cause it is', async (_, resolve) => {
    const error = await errorOf(() => callsOf().findTenantId(resolverOf(resolve), 'acme', {}));
    expect(error).toMatchObject({
      code: 'tenant_resolver_failed',
      message: 'The tenant resolver threw an error. See the cause.',
      cause: AWAY,
    });
    expect(error).not.toHaveProperty('tenantId');
  });

  it('may end in an error of the library, as it is', async () => {
    const closed = new MintlifyPersonalizationError('unauthenticated', 'The account is closed.');
    expect(
      await errorOf(() =>
        callsOf().findTenantId(
          resolverOf(() => Promise.reject(closed)),
          'acme',
          {},
        ),
      ),
    ).toBe(closed);
  });
});

describe('A refusal of the visitor', () => {
  it.each([new UnauthorizedException('Gone.'), new ForbiddenException('Suspended.')])(
    'is passed on as it is by resolver and source: %p',
    async (refusal) => {
      const resolver = resolverOf(() => Promise.reject(refusal));
      await expect(callsOf().findTenantId(resolver, 'acme', {})).rejects.toBe(refusal);
      const source = sourceOf({ load: () => Promise.reject(refusal) });
      await expect(callsOf().loadOptions(source, 'acme', false)).rejects.toBe(refusal);
    },
  );

  it('is a failure where the source is asked about an origin: there is no visitor', async () => {
    const refusal = new ForbiddenException();
    const source = sourceOf({ knowsOrigin: () => Promise.reject(refusal) });
    expect(await errorOf(() => callsOf().knowsOrigin(source, ORIGIN, false))).toMatchObject({
      code: 'tenant_source_failed',
      cause: refusal,
    });
  });
});

describe('A call of the tenant source', () => {
  it('brings the options of a tenant', async () => {
    const load = jest.fn((_id: string, _signal: AbortSignal) => Promise.resolve({ docsUrl: ORIGIN }));
    expect(await callsOf().loadOptions(sourceOf({ load }), 'acme', false)).toEqual({ docsUrl: ORIGIN });
    expect(load.mock.calls).toEqual([['acme', expect.any(AbortSignal)]]);
  });

  it.each([
    ['gives undefined', sourceOf({ load: () => undefined })],
    ['gives null', sourceOf({ load: () => null })],
    ['is none', undefined],
  ])('knows no tenant where it %s', async (_, source) => {
    expect(await errorOf(() => callsOf().loadOptions(source, 'acme', false))).toMatchObject({
      code: 'unknown_tenant',
      tenantId: 'acme',
    });
  });

  it('that fails ends in an error that names the tenant, whose cause it is', async () => {
    const source = sourceOf({ load: () => Promise.reject(AWAY) });
    expect(await errorOf(() => callsOf().loadOptions(source, 'acme', false))).toMatchObject({
      code: 'tenant_source_failed',
      tenantId: 'acme',
      message: 'Tenant "acme": The tenant source threw an error. See the cause.',
      cause: AWAY,
    });
  });

  it('may end in an error of the library, which is given the name of the tenant', async () => {
    const ended = new MintlifyPersonalizationError('unknown_tenant', 'The contract has ended.');
    const source = sourceOf({ load: () => Promise.reject(ended) });
    expect(await errorOf(() => callsOf().loadOptions(source, 'acme', false))).toMatchObject({
      code: 'unknown_tenant',
      message: 'Tenant "acme": The contract has ended.',
    });
  });

  it.each([
    [true, true],
    [false, false],
    ['yes', false],
    [1, false],
    [undefined, false],
  ])('confirms an origin by true alone: %p is %p', async (answer, isKnown) => {
    const knowsOrigin = jest.fn((_origin: string) => answer);
    expect(await callsOf().knowsOrigin(sourceOf({ knowsOrigin }), ORIGIN, false)).toBe(isKnown);
    expect(knowsOrigin.mock.calls).toEqual([[ORIGIN]]);
  });

  it.each([
    ['has no knowsOrigin()', sourceOf({})],
    ['is none', undefined],
  ])('confirms no origin where it %s', async (_, source) => {
    expect(await callsOf().knowsOrigin(source, ORIGIN, false)).toBe(false);
  });

  it('about an origin that fails ends in an error without a tenant', async () => {
    const source = sourceOf({ knowsOrigin: () => Promise.reject(AWAY) });
    expect(await errorOf(() => callsOf().knowsOrigin(source, ORIGIN, false))).toMatchObject({
      code: 'tenant_source_failed',
      message: 'The tenant source threw an error. See the cause.',
      cause: AWAY,
    });
  });
});

describe('A call that takes too long', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const never = (): Promise<never> => new Promise(() => undefined);

  it.each<[string, string, string, () => unknown]>([
    [
      'of the resolver',
      'tenant_resolver_timeout',
      '',
      () => callsOf(300).findTenantId(resolverOf(never), 'a', {}),
    ],
    [
      'for the options of a tenant',
      'tenant_source_timeout',
      'Tenant "acme": ',
      () => callsOf(300).loadOptions(sourceOf({ load: never }), 'acme', false),
    ],
    [
      'about an origin',
      'tenant_source_timeout',
      '',
      () => callsOf(300).knowsOrigin(sourceOf({ knowsOrigin: never }), ORIGIN, false),
    ],
  ])('%s is given up', async (_, code, start, run) => {
    const port = code.split('_')[1];
    const outcome = errorOf(run);
    await jest.advanceTimersByTimeAsync(300);
    expect(await outcome).toMatchObject({
      code,
      message: `${start}The tenant ${port} took longer than tenantTimeoutMs (300 ms). Make it faster, or raise tenantTimeoutMs.`,
    });
  });
});

type Call = (calls: TenantCalls, answer: () => Promise<unknown>) => unknown;

const ALL_LOADS =
  'tenantSource.load() is running 64 times, which is the maximum. Make it faster, or start more processes.';
const ALL_QUESTIONS = ALL_LOADS.replace('load', 'knowsOrigin');

/** The calls that have a limit of their own: how many, what the error says, and how to make one. */
const LIMITS: [name: string, max: number, message: string, call: Call][] = [
  [
    'for the tenant of a visitor',
    3,
    'tenantResolver.resolve() is running maxConcurrentHandshakes (3) times. Make it faster, or raise the option.',
    (calls, answer) => calls.findTenantId(resolverOf(answer), 'ada', {}),
  ],
  [
    'for the options of a tenant',
    MAX_SOURCE_CALLS,
    `Tenant "acme": ${ALL_LOADS}`,
    (calls, answer) => calls.loadOptions(sourceOf({ load: answer }), 'acme', false),
  ],
  [
    'for the options of a tenant that is in use',
    MAX_SOURCE_CALLS,
    `Tenant "acme": ${ALL_LOADS}`,
    (calls, answer) => calls.loadOptions(sourceOf({ load: answer }), 'acme', true),
  ],
  [
    'about an origin',
    MAX_SOURCE_CALLS,
    ALL_QUESTIONS,
    (calls, answer) => calls.knowsOrigin(sourceOf({ knowsOrigin: answer }), ORIGIN, false),
  ],
  [
    'about an origin that is in use',
    MAX_SOURCE_CALLS,
    ALL_QUESTIONS,
    (calls, answer) => calls.knowsOrigin(sourceOf({ knowsOrigin: answer }), ORIGIN, true),
  ],
];

describe('Calls at once', () => {
  it.each(LIMITS)(
    '%s are no more than %i, and keep no other call waiting',
    async (name, max, message, call) => {
      const calls = callsOf(60_000, 3);
      const held = new Held<unknown>();
      const answer = jest.fn(() => held.promise);
      const running = Array.from({ length: max }, () => call(calls, answer));
      expect(await errorOf(() => call(calls, answer))).toMatchObject({ code: 'overloaded', message });
      expect(answer).toHaveBeenCalledTimes(max);
      for (const [other, , , callOther] of LIMITS) {
        if (other !== name) await callOther(calls, () => Promise.resolve({}));
      }
      held.resolve({});
      await Promise.all(running);
      await call(calls, answer);
      expect(answer).toHaveBeenCalledTimes(max + 1);
    },
  );

  it.each(LIMITS)('%s count no more once they fail', async (_, max, __, call) => {
    const calls = callsOf(60_000, 3);
    for (let number = 0; number <= max; number += 1) {
      expect(await errorOf(() => call(calls, () => Promise.reject(AWAY)))).toMatchObject({ cause: AWAY });
    }
  });
});

describe('The error for an unknown tenant', () => {
  it('names an id, and says where it belongs', () => {
    expect(unknownTenant('acme')).toMatchObject({
      code: 'unknown_tenant',
      tenantId: 'acme',
      message: expect.stringMatching(
        /^Tenant "acme": There is no such tenant\. Add it to the option tenants/,
      ),
    });
  });

  it('repeats nothing that is no id', () => {
    const error = unknownTenant('Canary!');
    expect(error).toMatchObject({
      code: 'unknown_tenant',
      message: expect.stringMatching(
        /^The result of the tenant resolver, or the tenantId, is not a tenant id/,
      ),
    });
    expect(error).not.toHaveProperty('tenantId');
    expect(String(error)).not.toContain('Canary');
  });
});
