import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DocsOriginRegistry } from '../../../../libs/mintlify-personalization/src/tenancy/docs-origin.registry.js';
import type { Tenant } from '../../../../libs/mintlify-personalization/src/tenancy/tenant.js';
import { HandMovedClock, Held } from '../../../support/clock.support.js';

const A = 'https://docs.a.example';
const B = 'https://docs.b.example';

describe('the origins of docs', () => {
  let age: HandMovedClock;
  let known: boolean;
  const ask = jest.fn((_origin: string, _isKnown: boolean): Promise<boolean> => Promise.resolve(known));
  const asked = () =>
    ask.mock.calls.map(([origin, isKnown]) => `${origin}, ${isKnown ? 'known' : 'unknown'}`);
  /** Lets what was promised arrive. */
  const arrival = (): Promise<void> => new Promise(setImmediate);

  beforeEach(() => {
    age = new HandMovedClock();
    known = true;
    ask.mockClear();
    ask.mockImplementation(() => Promise.resolve(known));
  });

  const registry = (max = 10) => {
    const tenant = { docsOrigins: new Set([A]) } as Partial<Tenant> as Tenant;
    return new DocsOriginRegistry([tenant], ask, { max, maxAgeMs: 100_000 }, age);
  };

  it('are those of the options without a question', () => {
    expect(registry().isConfigured(A)).toBe(true);
    expect(registry().isConfigured(B)).toBe(false);
    expect(ask).not.toHaveBeenCalled();
  });

  it('are asked about once at a time, and again when they are as old as tenants may be', async () => {
    const origins = registry();
    await Promise.all([origins.confirm(B), origins.confirm(B)]);
    age.pass(99);
    expect(origins.confirm(B)).toBe(true);
    expect(ask).toHaveBeenCalledTimes(1);
    age.pass(2);
    expect(await origins.confirm(B)).toBe(true);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('are unknown for five seconds', async () => {
    const origins = registry();
    known = false;
    expect(await origins.confirm(B)).toBe(false);
    known = true;
    age.pass(4);
    expect(await origins.confirm(B)).toBe(false);
    age.pass(2);
    expect(await origins.confirm(B)).toBe(true);
  });

  it('are not kept where the question fails', async () => {
    const origins = registry();
    ask.mockImplementationOnce(() => Promise.reject(new Error('away')));
    await expect(origins.confirm(B)).rejects.toThrow('away');
    expect(await origins.confirm(B)).toBe(true);
  });

  it('are forgotten, also what is about to be said', async () => {
    const origins = registry();
    const held = new Held<boolean>();
    ask.mockImplementationOnce(() => held.promise);
    const old = origins.confirm(B);
    origins.forget();
    known = false;
    held.resolve(true);
    expect(await old).toBe(true);
    expect(await origins.confirm(B)).toBe(false);
  });

  it('are used while they are asked about again, and up to twice their age while that fails', async () => {
    const origins = registry();
    await origins.confirm(B);
    ask.mockRejectedValue(new Error('away'));
    age.pass(100);
    expect(origins.confirm(B)).toBe(true);
    await arrival();
    age.pass(4.999);
    expect(origins.confirm(B)).toBe(true);
    expect(asked()).toEqual([`${B}, unknown`, `${B}, known`]);
    age.pass(0.001);
    expect(origins.confirm(B)).toBe(true);
    expect(ask).toHaveBeenCalledTimes(3);
    await arrival();
    age.pass(95.001);
    await expect(origins.confirm(B)).rejects.toThrow('away');
  });

  it('are gone once the source says so', async () => {
    const origins = registry();
    await origins.confirm(B);
    known = false;
    age.pass(100);
    expect(origins.confirm(B)).toBe(true);
    await arrival();
    expect(origins.confirm(B)).toBe(false);
  });

  it('are asked about after they were forgotten, though the answer before was no', async () => {
    const origins = registry();
    const held = new Held<boolean>();
    ask.mockImplementationOnce(() => held.promise);
    const old = origins.confirm(B);
    origins.forget();
    held.resolve(false);
    expect(await old).toBe(false);
    expect(await origins.confirm(B)).toBe(true);
  });

  it('are bounded in bytes', async () => {
    const origins = registry(2);
    for (let number = 0; number < 5; number += 1) await origins.confirm(`https://${number}.example`);
    ask.mockClear();
    await origins.confirm('https://4.example');
    await origins.confirm('https://0.example');
    expect(asked()).toEqual(['https://0.example, unknown']);
  });

  it('stay known while any number of others is asked about', async () => {
    const origins = registry(1);
    await origins.confirm(B);
    known = false;
    for (let number = 0; number < 5_000; number += 1) await origins.confirm(`https://${number}.example`);
    expect(origins.confirm(B)).toBe(true);
    expect(ask).toHaveBeenCalledTimes(5_001);
  });

  it('are unknown as long as there is room for those that are', async () => {
    const origins = registry();
    known = false;
    const longest = (number: number): string => `https://${String(number).padStart(253, '0')}:65535`;
    for (let number = 0; number < 1_000; number += 1) await origins.confirm(longest(number));
    ask.mockClear();
    expect(origins.confirm(longest(999))).toBe(false);
    expect(await origins.confirm(longest(0))).toBe(false);
    expect(asked()).toEqual([`${longest(0)}, unknown`]);
  });
});
