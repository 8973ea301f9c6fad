import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ForbiddenException, Module, UnauthorizedException } from '@nestjs/common';
import {
  CLAIM_MAPPER,
  IdentityService,
  InvalidMintlifyUserError,
  MintlifyPersonalizationError,
  MintlifyPersonalizationModule,
  MintlifySigningService,
  type ClaimMapper,
  type ClaimMappingContext,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { errorOf, NOW_SECONDS, SERVICES_ONLY, startModule } from '../../../support/modules.support.js';
import { FULL_USER } from '../../../support/users.support.js';

/** Starts the library with a mapper that is this function. */
async function startIdentity(map: ClaimMapper<string>['map']) {
  @Module({ providers: [{ provide: CLAIM_MAPPER, useValue: { map } }] })
  class DocsModule {}
  const library = MintlifyPersonalizationModule.forRoot({ ...SERVICES_ONLY, mapperTimeoutMs: 300 });
  const module = await startModule({ imports: [library, DocsModule] });
  return { identity: module.get(IdentityService), signing: module.get(MintlifySigningService) };
}

const thenable = {
  // oxlint-disable-next-line unicorn/no-thenable -- as the query builders of some databases are
  then: (resolve: (user: MintlifyUser) => void): void => resolve(FULL_USER),
};

describe('IdentityService', () => {
  it.each<[string, ClaimMapper<string>['map']]>([
    ['at once', () => FULL_USER],
    ['later', () => Promise.resolve(FULL_USER)],
    ['as a thenable', () => thenable as Promise<MintlifyUser>],
  ])('gives the user that the mapper gives %s, validated', async (_, map) => {
    const { identity } = await startIdentity(map);
    const user = await identity.identify('ada', {});
    expect(user).toMatchObject({ ...FULL_USER, expiresAt: NOW_SECONDS + 1_209_600 });
    expect(Object.isFrozen(user)).toBe(true);
  });

  it('tells the mapper principal, docs site and request', async () => {
    const calls: [string, ClaimMappingContext][] = [];
    const { identity } = await startIdentity((principal, context) => {
      calls.push([principal, context]);
      return {};
    });
    const request = { id: 'request' };
    await identity.identify('ada', request);
    const [principal, context] = calls[0] ?? [];
    expect(principal).toBe('ada');
    expect(context?.request).toBe(request);
    expect(context?.site).toEqual({
      url: 'https://docs.foo.com',
      origin: 'https://docs.foo.com',
      host: 'docs.foo.com',
      basePath: '',
      mode: 'personalization',
    });
    expect(Object.isFrozen(context?.site)).toBe(true);
    expect(context?.signal).toBeInstanceOf(AbortSignal);
    expect(context?.signal.aborted).toBe(false);
  });

  it('gives what the signing service takes without looking at it again', async () => {
    const { identity, signing } = await startIdentity(() => FULL_USER);
    await expect(signing.sign(await identity.identify('ada', {}))).resolves.toMatch(/^eyJ/);
  });

  it.each([undefined, null, false])('does not ask the mapper who %s is', async (principal) => {
    const map = jest.fn(() => FULL_USER);
    const { identity } = await startIdentity(map);
    expect(await errorOf(() => identity.identify(principal, {}))).toMatchObject({
      code: 'unauthenticated',
      message: expect.stringContaining('Add a guard'),
    });
    expect(map).not.toHaveBeenCalled();
  });

  it.each(['', 0, 'ada', {}])('takes %j for a principal', async (principal) => {
    const { identity } = await startIdentity((given) => ({ content: { given } }));
    expect((await identity.identify(principal, {})).content).toEqual({ given: principal });
  });

  const cause = new Error('canary: the database said no');
  it.each<[string, ClaimMapper<string>['map']]>([
    [
      'throws',
      () => {
        throw cause;
      },
    ],
    ['rejects', () => Promise.reject(cause)],
  ])('says that a mapper failed when it %s, with the cause and without its message', async (_, map) => {
    const { identity } = await startIdentity(map);
    const error = await errorOf(() => identity.identify('ada', {}));
    expect(error).toBeInstanceOf(MintlifyPersonalizationError);
    expect(error).toMatchObject({ code: 'claim_mapper_failed', cause });
    expect(String(error)).not.toContain('canary');
  });

  it('keeps what a mapper throws that is no error', async () => {
    const { identity } = await startIdentity(() => Promise.reject('a text'));
    expect(await errorOf(() => identity.identify('ada', {}))).toMatchObject({
      code: 'claim_mapper_failed',
      cause: 'a text',
    });
  });

  it.each(['unauthenticated', 'unknown_tenant', 'invalid_token', 'signer_failed'] as const)(
    'takes an error %s that a mapper throws for a failure of the mapper',
    async (code) => {
      const cause = new MintlifyPersonalizationError(code, 'The account is closed.');
      const { identity } = await startIdentity(() => Promise.reject(cause));
      const error = await errorOf(() => identity.identify('ada', {}));
      expect(error).toMatchObject({ code: 'claim_mapper_failed', cause });
    },
  );

  it.each([new UnauthorizedException('Gone.'), new ForbiddenException('Blocked.')])(
    'passes on a refusal of the mapper as it is: %p',
    async (refusal) => {
      const later = await startIdentity(() => Promise.reject(refusal));
      await expect(later.identity.identify('ada', {})).rejects.toBe(refusal);
      const atOnce = await startIdentity(() => {
        throw refusal;
      });
      await expect(atOnce.identity.identify('ada', {})).rejects.toBe(refusal);
    },
  );

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a host', { host: 'docs.evil.com' }],
    ['a wrong group', { groups: [5] }],
  ])('refuses a mapper that gives %s', async (_, user) => {
    const { identity } = await startIdentity(() => user as MintlifyUser);
    expect(await errorOf(() => identity.identify('ada', {}))).toBeInstanceOf(InvalidMintlifyUserError);
  });
});

describe('IdentityService, while a mapper works,', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits for mapperTimeoutMs, then gives up and tells the mapper to stop', async () => {
    const signals: AbortSignal[] = [];
    const { identity } = await startIdentity((_, { signal }) => {
      signals.push(signal);
      return new Promise<never>(() => undefined);
    });
    const outcome = jest.fn();
    const identifying = identity.identify('ada', {}).catch(outcome);
    await jest.advanceTimersByTimeAsync(299);
    expect(outcome).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    await identifying;
    const timeout: unknown = expect.objectContaining({
      code: 'claim_mapper_timeout',
      message: expect.stringContaining('300 ms'),
    });
    expect(outcome).toHaveBeenCalledWith(timeout);
    expect(signals.map(({ aborted, reason }) => [aborted, reason as unknown])).toEqual([[true, timeout]]);
  });

  it('gives a mapper that asks late for its signal one that is aborted', async () => {
    const contexts: ClaimMappingContext[] = [];
    const { identity } = await startIdentity((_, context) => {
      contexts.push(context);
      return new Promise<never>(() => undefined);
    });
    const identifying = errorOf(() => identity.identify('ada', {}));
    await jest.advanceTimersByTimeAsync(300);
    await identifying;
    expect(contexts.map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  it('drops what a mapper says after its time', async () => {
    const { identity } = await startIdentity(
      () => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 500)),
    );
    const identifying = errorOf(() => identity.identify('ada', {}));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await identifying).toMatchObject({ code: 'claim_mapper_timeout' });
  });

  it('makes no timer for a mapper that answers at once, and leaves none for one that answers in time', async () => {
    const setTimer = jest.spyOn(globalThis, 'setTimeout');
    const direct = await startIdentity(() => FULL_USER);
    setTimer.mockClear();
    await direct.identity.identify('ada', {});
    expect(setTimer).not.toHaveBeenCalled();
    const later = await startIdentity(() => Promise.resolve(FULL_USER));
    await later.identity.identify('ada', {});
    expect(jest.getTimerCount()).toBe(0);
    setTimer.mockRestore();
  });

  it('takes no heed of a step of the wall clock', async () => {
    const { identity } = await startIdentity(
      () => new Promise((resolve) => setTimeout(() => resolve(FULL_USER), 200)),
    );
    const identifying = identity.identify('ada', {});
    jest.setSystemTime(Date.now() + 3_600_000);
    await jest.advanceTimersByTimeAsync(200);
    await expect(identifying).resolves.toMatchObject(FULL_USER);
  });
});
