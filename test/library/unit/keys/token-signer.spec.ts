import { sign as signBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { compactVerify } from 'jose';
import { MintlifyPersonalizationError, type TokenSigner } from 'nestjs-mintlify-personalization';
import { docsKeys, spki } from '../../../support/keys.support.js';
import { errorOf, NOW_MS, startSigning, type Signing } from '../../../support/modules.support.js';

const signature = (input: Uint8Array): Uint8Array =>
  signBytes('sha256', input, { key: docsKeys.privateKey, dsaEncoding: 'ieee-p1363' });

const startWith = (sign: TokenSigner['sign'], options: object = {}): Promise<Signing> =>
  startSigning({ signingKey: { algorithm: 'ES256', sign }, ...options });

describe('A TokenSigner', () => {
  it.each<[string, TokenSigner['sign']]>([
    ['at once', (input) => signature(input)],
    ['later', (input) => Promise.resolve(signature(input))],
    ['in an array of its own', (input) => Uint8Array.from(signature(input))],
    [
      'as a part of a larger buffer',
      (input) => new Uint8Array([...signature(input), 1, 2, 3, ...signature(input)]).subarray(0, 64),
    ],
  ])('may give the signature %s', async (_, sign) => {
    const { service } = await startWith(sign);
    await expect(compactVerify(await service.sign({}), docsKeys.publicKey)).resolves.toBeDefined();
  });

  it('gets the bytes of header and payload, which are the token up to its last dot', async () => {
    const inputs: string[] = [];
    const { service } = await startWith((input) => {
      inputs.push(Buffer.from(input).toString('latin1'));
      return signature(input);
    });
    const token = await service.sign({ content: { name: 'Åse' } });
    expect(inputs).toEqual([token.slice(0, token.lastIndexOf('.'))]);
  });

  it('is called as a method of its object', async () => {
    class KeyService implements TokenSigner {
      readonly algorithm = 'ES256';
      #key = docsKeys.privateKey;
      sign(input: Uint8Array): Uint8Array {
        return signBytes('sha256', input, { key: this.#key, dsaEncoding: 'ieee-p1363' });
      }
    }
    const { service } = await startSigning({ signingKey: new KeyService() });
    await expect(compactVerify(await service.sign({}), docsKeys.publicKey)).resolves.toBeDefined();
  });

  const down = new Error('the key service is down');
  it.each<[string, TokenSigner['sign']]>([
    [
      'throws',
      () => {
        throw down;
      },
    ],
    ['rejects', () => Promise.reject(down)],
  ])('that %s makes signer_failed, with the cause', async (_, sign) => {
    const { service } = await startWith(sign);
    const error = await errorOf(() => service.sign({}));
    expect(error).toBeInstanceOf(MintlifyPersonalizationError);
    expect(error).toMatchObject({ code: 'signer_failed', cause: down });
    expect(String(error)).not.toContain('down');
  });

  it('may say by itself what failed', async () => {
    const own = new MintlifyPersonalizationError('signer_timeout', 'The key service is slow.');
    const { service } = await startWith(() => Promise.reject(own));
    expect(await errorOf(() => service.sign({}))).toBe(own);
  });

  it.each<[string, unknown]>([
    ['63 bytes', new Uint8Array(63)],
    ['65 bytes', new Uint8Array(65)],
    ['DER', signBytes('sha256', Buffer.from('x'), docsKeys.privateKey)],
    ['nothing', undefined],
    ['null', null],
    ['a text of 64 characters', 'x'.repeat(64)],
    ['an array of 64 numbers', Array.from({ length: 64 }, () => 0)],
    ['32 words of two bytes', new Uint16Array(32)],
    ['an ArrayBuffer', new ArrayBuffer(64)],
    ['an object that says it is 64 long', { length: 64 }],
  ])('that gives %s makes signer_failed', async (_, given) => {
    const { service } = await startWith(() => given as Uint8Array);
    expect(await errorOf(() => service.sign({}))).toMatchObject({ code: 'signer_failed' });
  });

  it.each([
    [10, 5_000, 'kept'],
    [10, 4_999, 'kept'],
    [10, 5_001, 'token_stale'],
    [10, 60_000, 'token_stale'],
    [10, -1, 'token_stale'],
    [10, -3_600_000, 'token_stale'],
    [1, 500, 'kept'],
    [1, 1_001, 'token_stale'],
  ])(
    'of a token of %i s that is back when the clock moved by %i ms: %s',
    async (lifetime, movedMs, outcome) => {
      const clock = { move: (): void => undefined };
      const { service, ...started } = await startWith(
        (input) => {
          clock.move();
          return signature(input);
        },
        { tokenLifetimeSeconds: lifetime },
      );
      started.clock.nowMs = Math.floor(NOW_MS / 1_000) * 1_000;
      clock.move = () => {
        started.clock.nowMs += movedMs;
      };
      const result = await service.sign({}).catch((error: unknown) => error);
      const code = (result as { code?: string }).code ?? 'kept';
      expect(code).toBe(outcome);
    },
  );

  it('of another algorithm stops the app at start', async () => {
    const signer = { algorithm: 'EdDSA', sign: signature } as unknown as TokenSigner;
    expect(await errorOf(() => startSigning({ signingKey: signer }))).toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(/signingKey.*ES256/),
    });
  });

  it('is not needed without a handshake, and a key that is there is checked all the same', async () => {
    await expect(startSigning({ signingKey: undefined })).resolves.toBeDefined();
    for (const signingKey of [spki(), '']) {
      expect(await errorOf(() => startSigning({ signingKey }))).toMatchObject({
        code: 'invalid_signing_key',
      });
    }
    const handshakes = { jwt: { guards: [] } };
    expect(await errorOf(() => startSigning({ signingKey: undefined, handshakes }))).toMatchObject({
      code: 'invalid_signing_key',
    });
  });
});

describe('A TokenSigner that does not answer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('makes signer_timeout after signerTimeoutMs, not before, and is told to stop', async () => {
    const signals: AbortSignal[] = [];
    const { service } = await startWith(
      (_, signal) => {
        signals.push(signal);
        return new Promise<never>(() => undefined);
      },
      { signerTimeoutMs: 300 },
    );
    const outcome = jest.fn();
    const signing = service.sign({}).catch(outcome);
    await jest.advanceTimersByTimeAsync(299);
    expect(outcome).not.toHaveBeenCalled();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    await jest.advanceTimersByTimeAsync(1);
    await signing;
    expect(outcome).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'signer_timeout', message: expect.stringContaining('300 ms') }),
    );
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('leaves no timer behind when it answers in time', async () => {
    const { service } = await startWith((input) => Promise.resolve(signature(input)));
    await service.sign({});
    expect(jest.getTimerCount()).toBe(0);
  });

  it('may fail afterwards without anybody noticing', async () => {
    const { service } = await startWith(
      () => new Promise<never>((_, reject) => setTimeout(() => reject(new Error('too late')), 500)),
      { signerTimeoutMs: 100 },
    );
    const signing = errorOf(() => service.sign({}));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await signing).toMatchObject({ code: 'signer_timeout' });
  });
});
