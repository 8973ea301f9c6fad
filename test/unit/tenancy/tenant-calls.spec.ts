import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { TenantResolver, TenantSource } from 'nestjs-mintlify-personalization';
import { MintlifyPersonalizationError } from '../../../libs/mintlify-personalization/src/errors.js';
import {
  askForOrigin,
  findTenantId,
  loadTenantOptions,
  unknownTenant,
} from '../../../libs/mintlify-personalization/src/tenancy/tenant-calls.js';

const AWAY = new Error('canary: the database db-7 is away');
const ORIGIN = 'https://docs.acme.example';

const resolverOf = (resolve: (principal: unknown, request: unknown) => unknown): TenantResolver => ({
  resolve: resolve as TenantResolver['resolve'],
});
const sourceOf = (methods: {
  load?: (tenantId: string, signal: AbortSignal) => unknown;
  knowsOrigin?: (origin: string) => unknown;
}): TenantSource => ({ load: () => undefined, ...methods }) as TenantSource;

async function errorOf(run: () => Promise<unknown>): Promise<MintlifyPersonalizationError> {
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
    expect(await findTenantId(resolverOf(resolve), 'acme', request, 10)).toBe('acme');
    expect(resolve.mock.calls).toEqual([['acme', request]]);
  });

  it('that fails ends in an error without a tenant, whose cause it is', async () => {
    const error = await errorOf(() =>
      findTenantId(
        resolverOf(() => Promise.reject(AWAY)),
        'acme',
        {},
        10,
      ),
    );
    expect(error).toMatchObject({
      code: 'tenant_resolver_failed',
      message: 'The tenant resolver threw an error: see its cause.',
      cause: AWAY,
    });
    expect(error).not.toHaveProperty('tenantId');
  });

  it('may end in an error of the library, as it is', async () => {
    const closed = new MintlifyPersonalizationError('unauthenticated', 'The account is closed.');
    expect(
      await errorOf(() =>
        findTenantId(
          resolverOf(() => Promise.reject(closed)),
          'acme',
          {},
          10,
        ),
      ),
    ).toBe(closed);
  });
});

describe('A call of the tenant source', () => {
  it('brings the options of a tenant', async () => {
    const load = jest.fn((_id: string, _signal: AbortSignal) => Promise.resolve({ docsUrl: ORIGIN }));
    expect(await loadTenantOptions(sourceOf({ load }), 'acme', 10)).toEqual({ docsUrl: ORIGIN });
    expect(load.mock.calls).toEqual([['acme', expect.any(AbortSignal)]]);
  });

  it.each([
    ['gives undefined', sourceOf({ load: () => undefined })],
    ['gives null', sourceOf({ load: () => null })],
    ['is none', undefined],
  ])('knows no tenant where it %s', async (_, source) => {
    expect(await errorOf(() => loadTenantOptions(source, 'acme', 10))).toMatchObject({
      code: 'unknown_tenant',
      tenantId: 'acme',
    });
  });

  it('that fails ends in an error that names the tenant, whose cause it is', async () => {
    const source = sourceOf({ load: () => Promise.reject(AWAY) });
    expect(await errorOf(() => loadTenantOptions(source, 'acme', 10))).toMatchObject({
      code: 'tenant_source_failed',
      tenantId: 'acme',
      message: 'Tenant "acme": The tenant source threw an error: see its cause.',
      cause: AWAY,
    });
  });

  it('may end in an error of the library, which is given the name of the tenant', async () => {
    const ended = new MintlifyPersonalizationError('unknown_tenant', 'The contract has ended.');
    const source = sourceOf({ load: () => Promise.reject(ended) });
    expect(await errorOf(() => loadTenantOptions(source, 'acme', 10))).toMatchObject({
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
    expect(await askForOrigin(sourceOf({ knowsOrigin }), ORIGIN, 10)).toBe(isKnown);
    expect(knowsOrigin.mock.calls).toEqual([[ORIGIN]]);
  });

  it.each([
    ['has no knowsOrigin()', sourceOf({})],
    ['is none', undefined],
  ])('confirms no origin where it %s', async (_, source) => {
    expect(await askForOrigin(source, ORIGIN, 10)).toBe(false);
  });

  it('about an origin that fails ends in an error without a tenant', async () => {
    const source = sourceOf({ knowsOrigin: () => Promise.reject(AWAY) });
    expect(await errorOf(() => askForOrigin(source, ORIGIN, 10))).toMatchObject({
      code: 'tenant_source_failed',
      message: 'The tenant source threw an error: see its cause.',
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

  it.each<[string, string, string, () => Promise<unknown>]>([
    ['of the resolver', 'tenant_resolver_timeout', '', () => findTenantId(resolverOf(never), 'a', {}, 300)],
    [
      'for the options of a tenant',
      'tenant_source_timeout',
      'Tenant "acme": ',
      () => loadTenantOptions(sourceOf({ load: never }), 'acme', 300),
    ],
    [
      'about an origin',
      'tenant_source_timeout',
      '',
      () => askForOrigin(sourceOf({ knowsOrigin: never }), ORIGIN, 300),
    ],
  ])('%s is given up', async (_, code, start, run) => {
    const port = code.split('_')[1];
    const outcome = errorOf(run);
    await jest.advanceTimersByTimeAsync(300);
    expect(await outcome).toMatchObject({
      code,
      message: `${start}The tenant ${port} took longer than tenantTimeoutMs (300 ms). Make it faster, or allow more.`,
    });
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
        /^What the tenant resolver, or the caller as tenantId, gave is not the id/,
      ),
    });
    expect(error).not.toHaveProperty('tenantId');
    expect(String(error)).not.toContain('Canary');
  });
});
