import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DocsOriginRegistry } from '../../../libs/mintlify-personalization/src/tenancy/docs-origin.registry.js';
import type { Tenant } from '../../../libs/mintlify-personalization/src/tenancy/tenant.js';
import { HandMovedClock, Held } from '../../support/clock.support.js';

const A = 'https://docs.a.example';
const B = 'https://docs.b.example';

describe('the origins of docs', () => {
  let age: HandMovedClock;
  let known: boolean;
  const ask = jest.fn((_origin: string): Promise<boolean> => Promise.resolve(known));

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
    expect(registry().isStatic(A)).toBe(true);
    expect(registry().isStatic(B)).toBe(false);
    expect(ask).not.toHaveBeenCalled();
  });

  it('are asked about once at a time, and kept as long as tenants are', async () => {
    const origins = registry();
    await Promise.all([origins.confirm(B), origins.confirm(B)]);
    age.pass(99);
    expect(origins.confirm(B)).toBe(true);
    expect(ask).toHaveBeenCalledTimes(1);
    age.pass(2);
    expect(await origins.confirm(B)).toBe(true);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('are strangers for five seconds', async () => {
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

  it('are bounded in number', async () => {
    const origins = registry(2);
    for (let number = 0; number < 5; number += 1) await origins.confirm(`https://${number}.example`);
    ask.mockClear();
    await origins.confirm('https://4.example');
    await origins.confirm('https://0.example');
    expect(ask.mock.calls).toEqual([['https://0.example']]);
  });
});
