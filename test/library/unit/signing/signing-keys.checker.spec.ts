import { describe, expect, it, jest } from '@jest/globals';
import {
  MintlifyPersonalizationError,
  MintlifyPersonalizationModule,
  SigningKeysChecker,
  type MintlifyPersonalizationOptions,
  type TokenSigner,
} from 'nestjs-mintlify-personalization';
import { MONOTONIC_CLOCK } from '../../../../libs/mintlify-personalization/src/time/monotonic-clock.js';
import { Test } from '@nestjs/testing';
import { docsKeys, ecPair, privateDocsKeys } from '../../../support/keys.support.js';
import { SERVICES_ONLY } from '../../../support/modules.support.js';
import { sign } from 'node:crypto';

/** A signer of the host app, whose key may be looked at from outside. */
function signerOf(overrides: Partial<TokenSigner & { publicKey: unknown; breaker: string }> = {}) {
  return {
    algorithm: 'ES256' as const,
    sign: jest.fn((input: Uint8Array) =>
      sign('sha256', input, { key: docsKeys.privateKey, dsaEncoding: 'ieee-p1363' }),
    ),
    ...overrides,
  };
}

async function start(options: Partial<MintlifyPersonalizationOptions>) {
  const age = { nowMs: 1_000_000, now: () => age.nowMs };
  const module = await Test.createTestingModule({
    imports: [MintlifyPersonalizationModule.forRoot({ ...SERVICES_ONLY, ...options })],
  })
    .overrideProvider(MONOTONIC_CLOCK)
    .useValue(age)
    .compile();
  return { checker: module.get(SigningKeysChecker), age };
}

describe('SigningKeysChecker', () => {
  it('tells of the default docs site and of each tenant of the options', async () => {
    const { checker } = await start({
      keyId: '2026-11',
      tenants: { acme: {}, globex: { signingKey: ecPair().privateKey } },
    });
    expect(await checker.check()).toStrictEqual([
      { outcome: 'ok', keyId: '2026-11' },
      { tenantId: 'acme', outcome: 'ok', keyId: '2026-11' },
      { tenantId: 'globex', outcome: 'ok' },
    ]);
  });

  it('verifies what a key of private docs signs as well', async () => {
    const { checker } = await start({ mode: 'authentication', signingKey: privateDocsKeys.privateKey });
    expect(await checker.check()).toStrictEqual([{ outcome: 'ok' }]);
  });

  it('signs once with a key that tenants share', async () => {
    const signer = signerOf();
    const { checker } = await start({ signingKey: signer, tenants: { acme: {}, globex: {} } });
    expect(await checker.check()).toHaveLength(3);
    expect(signer.sign).toHaveBeenCalledTimes(1);
  });

  it.each<[string, object, string]>([
    ['throws', { sign: () => Promise.reject(new Error('canary')) }, 'signer_failed'],
    [
      'is left alone',
      {
        sign: () => {
          throw new MintlifyPersonalizationError('signer_unavailable', 'canary');
        },
      },
      'signer_unavailable',
    ],
    ['gives something else', { sign: () => new Uint8Array(63) }, 'signer_failed'],
    ['signs with another key than it says', { publicKey: ecPair().publicKey }, 'signer_failed'],
  ])('says that a signer %s, in a code', async (_, overrides, outcome) => {
    const { checker } = await start({ signingKey: signerOf(overrides) });
    expect(await checker.check()).toStrictEqual([{ outcome }]);
  });

  it('reports the breaker of a key service', async () => {
    const { checker } = await start({ signingKey: signerOf({ breaker: 'open' }) });
    expect(await checker.check()).toStrictEqual([{ outcome: 'ok', breaker: 'open' }]);
  });

  it('signs something that is no token', async () => {
    const signed: string[] = [];
    const signer = signerOf();
    const { checker } = await start({
      signingKey: {
        ...signer,
        sign: (input) => {
          signed.push(Buffer.from(input).toString());
          return sign('sha256', input, { key: docsKeys.privateKey, dsaEncoding: 'ieee-p1363' });
        },
      },
    });
    await checker.check();
    expect(signed).toEqual(['nestjs-mintlify-personalization: does this key sign?']);
  });

  it('keeps its answer for five seconds', async () => {
    const signer = signerOf();
    const { checker, age } = await start({ signingKey: signer });
    await Promise.all([checker.check(), checker.check()]);
    age.nowMs = 1_004_999;
    await checker.check();
    expect(signer.sign).toHaveBeenCalledTimes(1);
    age.nowMs = 1_005_000;
    await checker.check();
    expect(signer.sign).toHaveBeenCalledTimes(2);
  });

  it('has nothing to tell where nothing signs', async () => {
    const { checker } = await start({ signingKey: undefined });
    expect(await checker.check()).toStrictEqual([]);
  });
});
