import { sign as signBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type {
  DocsMode,
  MintlifyPersonalizationOptions,
  SigningKey,
  SigningKeyFunction,
} from 'nestjs-mintlify-personalization';
import { KeyRing } from '../../../support/key-ring.support.js';
import { edPair, KEYS_BY_MODE, pkcs8, privateJwk, spki } from '../../../support/keys.support.js';
import { backgroundWork, Held, startTenants, type Tenants } from '../../../support/tenants.support.js';
import { piecesOf } from './private-key.refusals.contract.js';

/** Starts with a function that gives a new key at each call, and says which key signs a token. */
async function startRotating(options: Partial<MintlifyPersonalizationOptions> = {}) {
  const ring = new KeyRing('personalization');
  const signingKey = jest.fn<SigningKeyFunction>(() => ring.next());
  const started = await startTenants({ signingKey, signingKeyMaxAgeSeconds: 60, ...options });
  const sign = async (): Promise<number> => ring.signerOf(await started.signing.sign({}));
  return { ...started, ring, signingKey, sign };
}

/** Lets the key grow too old, has somebody sign, and waits for what that begins. */
async function rotate({ age, signing }: Tenants, seconds = 60): Promise<void> {
  age.pass(seconds);
  await signing.sign({});
  await backgroundWork();
}

describe.each(Object.keys(KEYS_BY_MODE) as DocsMode[])('signingKey as a function, for %s', (mode) => {
  const pair = KEYS_BY_MODE[mode];
  const algorithm = mode === 'authentication' ? 'EdDSA' : 'ES256';
  const digest = mode === 'authentication' ? null : 'sha256';
  const given: Record<string, SigningKey> = {
    PEM: pkcs8(pair),
    'a JWK': privateJwk(pair),
    'a JWK as text': JSON.stringify(privateJwk(pair)),
    'a KeyObject': pair.privateKey,
    'a TokenSigner': {
      algorithm,
      sign: (input) => signBytes(digest, input, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }),
    },
  };

  it.each(Object.keys(given))('may give %s, at once or later', async (name) => {
    const ring = new KeyRing(mode);
    ring.pairs.push(pair);
    const key = given[name] as SigningKey;
    for (const signingKey of [() => key, () => Promise.resolve(key)]) {
      const { signing } = await startTenants({ mode, signingKey });
      expect(ring.isSignedWith(0, await signing.sign({}))).toBe(true);
    }
  });
});

describe('signingKey as a function', () => {
  it('is called at start, and not for the tokens of its first minutes', async () => {
    const { signingKey, sign, age } = await startRotating({ signingKeyMaxAgeSeconds: undefined });
    expect(signingKey).toHaveBeenCalledTimes(1);
    expect(signingKey).toHaveBeenCalledWith();
    for (const seconds of [0, 1, 298.999]) {
      age.pass(seconds);
      expect(await sign()).toBe(0);
    }
    await backgroundWork();
    expect(signingKey).toHaveBeenCalledTimes(1);
    age.pass(0.001);
    await sign();
    expect(signingKey).toHaveBeenCalledTimes(2);
  });

  it.each([1, 60, 86_400])(
    'is called again after signingKeyMaxAgeSeconds of %i, not before',
    async (seconds) => {
      const { signingKey, sign, age } = await startRotating({ signingKeyMaxAgeSeconds: seconds });
      for (let calls = 1; calls <= 3; calls += 1) {
        age.pass(seconds - 0.001);
        expect(await sign()).toBe(calls - 1);
        await backgroundWork();
        expect(signingKey).toHaveBeenCalledTimes(calls);
        age.pass(0.001);
        await sign();
        await backgroundWork();
        expect(signingKey).toHaveBeenCalledTimes(calls + 1);
        expect(await sign()).toBe(calls);
      }
    },
  );

  it('is left alone while nobody comes, however long that is', async () => {
    const { signingKey, age } = await startRotating();
    age.pass(1_000_000);
    await backgroundWork();
    expect(signingKey).toHaveBeenCalledTimes(1);
  });

  it('keeps nobody waiting: the old key signs until the new one is there', async () => {
    const { signingKey, sign, age, ring } = await startRotating();
    const held = new Held<SigningKey>();
    signingKey.mockImplementationOnce(() => held.promise);
    age.pass(60);
    expect(await sign()).toBe(0);
    age.pass(5_000);
    expect(await sign()).toBe(0);
    held.resolve(ring.next());
    await backgroundWork();
    expect(await sign()).toBe(1);
  });

  it('is called once for however many come meanwhile', async () => {
    const { signingKey, sign, age, ring } = await startRotating();
    const held = new Held<SigningKey>();
    signingKey.mockImplementationOnce(() => held.promise);
    age.pass(60);
    expect(new Set(await Promise.all(Array.from({ length: 200 }, sign)))).toEqual(new Set([0]));
    await backgroundWork();
    age.pass(600);
    await sign();
    expect(signingKey).toHaveBeenCalledTimes(2);
    held.resolve(ring.next());
    await backgroundWork();
    expect(new Set(await Promise.all(Array.from({ length: 200 }, sign)))).toEqual(new Set([1]));
    expect(signingKey).toHaveBeenCalledTimes(2);
  });

  it('counts the age of a key from when it was there, not from when it was asked for', async () => {
    const { signingKey, sign, age, ring } = await startRotating();
    const held = new Held<SigningKey>();
    signingKey.mockImplementationOnce(() => held.promise);
    age.pass(60);
    await sign();
    age.pass(50);
    held.resolve(ring.next());
    await backgroundWork();
    age.pass(59.999);
    await sign();
    expect(signingKey).toHaveBeenCalledTimes(2);
  });

  it('pays no heed to the time of day, whichever way it is set', async () => {
    const { signingKey, sign, clock, age } = await startRotating();
    for (const stepMs of [86_400_000, -172_800_000, 4e11]) {
      clock.nowMs += stepMs;
      expect(await sign()).toBe(0);
    }
    await backgroundWork();
    expect(signingKey).toHaveBeenCalledTimes(1);
    age.pass(60);
    clock.nowMs -= 3_600_000;
    await sign();
    expect(signingKey).toHaveBeenCalledTimes(2);
  });

  it('serves all tenants without a key of their own, and those with one have theirs', async () => {
    const own = new KeyRing('personalization');
    const ofAcme = jest.fn<SigningKeyFunction>(() => own.next());
    const tenants = { foo: {}, bar: { docsUrl: 'https://bar.example' }, acme: { signingKey: ofAcme } };
    const { signingKey, signing, age, ring } = await startRotating({ tenants });
    expect([signingKey, ofAcme].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    age.pass(60);
    for (const tenantId of [undefined, 'foo', 'bar']) {
      expect(ring.signerOf(await signing.sign({}, { tenantId }))).toBe(tenantId === undefined ? 0 : 1);
      await backgroundWork();
    }
    expect([signingKey, ofAcme].map(({ mock }) => mock.calls.length)).toEqual([2, 1]);
    expect(own.signerOf(await signing.sign({}, { tenantId: 'acme' }))).toBe(0);
    expect([signingKey, ofAcme].map(({ mock }) => mock.calls.length)).toEqual([2, 2]);
  });
});

const WRONG: Record<string, SigningKeyFunction> = {
  throws: () => {
    throw new Error(`no such key: ${pkcs8()}`);
  },
  rejects: () => Promise.reject(new Error(`no such key: ${pkcs8()}`)),
  'rejects with what is no error': () => Promise.reject(pkcs8()),
  'gives nothing': () => undefined as unknown as string,
  'gives a public key': () => spki(),
  'gives a key of the other mode': () => pkcs8(edPair()),
  'gives half of a key': () => pkcs8().slice(0, -40),
  'gives a function': () => (() => pkcs8()) as unknown as string,
  'gives a TokenSigner of the other mode': () => ({ algorithm: 'EdDSA', sign: () => new Uint8Array(64) }),
};

describe.each(Object.keys(WRONG))('signingKey as a function that later %s', (what) => {
  const wrong = WRONG[what] as SigningKeyFunction;

  it('leaves the old key in use, and is tried again after five seconds, not before', async () => {
    const started = await startRotating();
    const { signingKey, sign, age, ring } = started;
    signingKey.mockImplementation(wrong);
    await rotate(started);
    for (let failures = 1; failures <= 3; failures += 1) {
      expect(signingKey).toHaveBeenCalledTimes(1 + failures);
      age.pass(4.999);
      await Promise.all(Array.from({ length: 20 }, sign));
      await backgroundWork();
      expect(signingKey).toHaveBeenCalledTimes(1 + failures);
      await rotate(started, 0.001);
    }
    expect(await sign()).toBe(0);
    signingKey.mockImplementation(() => ring.next());
    await rotate(started, 5);
    expect(await sign()).toBe(1);
    age.pass(59.999);
    expect(await sign()).toBe(1);
    await rotate(started, 0.001);
    expect(await sign()).toBe(2);
  });

  it('says so in the log, once for each failure, and nothing of a key', async () => {
    const started = await startRotating();
    started.signingKey.mockImplementation(wrong);
    await rotate(started);
    await started.sign();
    expect(started.logs.lines).toHaveLength(1);
    expect(started.logs.text).toMatch(/^error The signing key could not be read again.* goes on signing\./);
    expect(piecesOf(pkcs8()).filter((piece) => started.logs.text.includes(piece))).toEqual([]);
    await rotate(started, 5);
    expect(started.logs.lines).toHaveLength(2);
  });
});

describe('signingKey as a function that fails', () => {
  it.each([
    ['throws', () => Promise.reject(new Error('away'))],
    ['gives a wrong key', () => spki()],
  ])('names in the log the tenant whose function %s', async (_, wrong) => {
    const own = new KeyRing('personalization');
    const ofAcme = jest.fn<SigningKeyFunction>(() => own.next());
    const { signing, age, logs } = await startRotating({ tenants: { acme: { signingKey: ofAcme } } });
    ofAcme.mockImplementation(wrong);
    age.pass(60);
    expect(own.signerOf(await signing.sign({}, { tenantId: 'acme' }))).toBe(0);
    await backgroundWork();
    expect(logs.lines).toHaveLength(1);
    expect(logs.text).toContain('Tenant "acme": signingKey is');
  });

  it.each([
    [
      'its name and its code',
      Object.assign(new TypeError('canary'), { code: 'ECONNREFUSED' }),
      'TypeError ECONNREFUSED',
    ],
    ['its name', new RangeError('canary'), 'RangeError'],
    ['nothing of what is no error', 'canary', 'an unknown error'],
    [
      'nothing that is no name',
      Object.assign(new Error('canary'), { name: 'canary!', code: 5 }),
      'an unknown error',
    ],
  ])('says of the cause in the log %s', async (_, cause, says) => {
    const started = await startRotating();
    started.signingKey.mockImplementation(() => Promise.reject(cause));
    await rotate(started);
    expect(started.logs.text).toContain('could not be read again; the one before it');
    expect(started.logs.text).toContain(`signingKey is a function, and it threw ${says}. Look`);
    expect(started.logs.text).not.toContain('canary');
  });

  it('is tried again sooner where its keys are to be younger than five seconds', async () => {
    const started = await startRotating({ signingKeyMaxAgeSeconds: 2 });
    started.signingKey.mockImplementation(() => Promise.reject(new Error('away')));
    await rotate(started, 2);
    await rotate(started, 1.999);
    expect(started.signingKey).toHaveBeenCalledTimes(2);
    await rotate(started, 0.001);
    expect(started.signingKey).toHaveBeenCalledTimes(3);
  });
});

describe('signingKey as a function that does not answer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is given up after ten seconds, and what it gives later is not used', async () => {
    const { signingKey, sign, age, ring, logs } = await startRotating();
    const held = new Held<SigningKey>();
    signingKey.mockImplementationOnce(() => held.promise);
    age.pass(60);
    await sign();
    await jest.advanceTimersByTimeAsync(9_999);
    expect(logs.lines).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(logs.text).toContain('took longer than 10 seconds');
    held.resolve(ring.next());
    await jest.advanceTimersByTimeAsync(1);
    expect(await sign()).toBe(0);
    expect(signingKey).toHaveBeenCalledTimes(2);
    age.pass(5);
    await sign();
    await jest.advanceTimersByTimeAsync(1);
    expect(signingKey).toHaveBeenCalledTimes(3);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('stops the app at start after ten seconds', async () => {
    const asked = new Held<undefined>();
    const outcome = jest.fn();
    const starting = startTenants({
      signingKey: () => {
        asked.resolve(undefined);
        return new Promise<never>(() => undefined);
      },
    }).catch(outcome);
    await asked.promise;
    await jest.advanceTimersByTimeAsync(9_999);
    expect(outcome).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    await starting;
    expect(outcome).toHaveBeenCalledWith(
      expect.objectContaining({
        code: 'signing_key_unavailable',
        message: expect.stringMatching(
          /^signingKey is a function, and it took longer than 10 seconds\. Look/,
        ),
      }),
    );
  });
});
