import { describe, expect, it, jest } from '@jest/globals';
import type { ModuleRef } from '@nestjs/core';
import type { TenantSource } from 'nestjs-mintlify-personalization';
import { resolveHostProvider } from '../../../../libs/mintlify-personalization/src/options/host-provider.js';

const TOKEN = Symbol('source');
const SOURCE = { token: TOKEN, option: 'tenantSource', method: 'load' } as const;

const getFrom = (get: (...parts: unknown[]) => unknown): TenantSource | undefined =>
  resolveHostProvider<TenantSource>({ get } as unknown as ModuleRef, SOURCE);

describe('What the host app provides for a port', () => {
  it('is asked for by its token, in the module of the library alone', () => {
    const source = { load: () => undefined };
    const get = jest.fn(() => source);
    expect(getFrom(get)).toBe(source);
    expect(get.mock.calls).toEqual([[TOKEN, { strict: true }]]);
  });

  it.each([undefined, null])('is %p where the option is not set', (nothing) => {
    expect(getFrom(() => nothing)).toBeUndefined();
  });

  it.each([[{}], [{ load: 'acme' }]])('is refused without the method: %j', (provider) => {
    expect(() => getFrom(() => provider)).toThrow(
      expect.objectContaining({
        code: 'invalid_option',
        message: 'tenantSource has no load() method. Implement the interface of that name.',
      }),
    );
  });

  it('is refused where Nest makes one for each request, with its error as the cause', () => {
    const cause = new Error('It is marked as a scoped provider.');
    const get = (): never => {
      throw cause;
    };
    expect(() => getFrom(get)).toThrow(
      expect.objectContaining({
        code: 'invalid_option',
        cause,
        message:
          'tenantSource is request-scoped or transient, or injects what is. It serves all requests: make it a ' +
          'singleton, and read what belongs to a request from the parameters.',
      }),
    );
  });
});
