import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { openKeyring } from '../../../libs/mintlify-docs-emulator/src/keys/public-key.source.js';
import type { PublicKeyInput } from '../../../libs/mintlify-docs-emulator/src/keys/public-key.parser.js';
import { readKeyring } from '../../../libs/mintlify-docs-emulator/src/token/keyring.reader.js';

const [first, second] = [generateKeyPairSync('ed25519').publicKey, generateKeyPairSync('ed25519').publicKey];
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;

describe('openKeyring', () => {
  it('keeps a list as it was at start', async () => {
    const list: PublicKeyInput[] = [first];
    const keyring = await openKeyring(list, 'authentication');
    list.push(second);
    expect((await keyring()).map(({ key }) => key)).toEqual([first]);
  });

  it.each([
    ['a function', (keys: () => PublicKeyInput[]) => keys],
    ['an asynchronous function', (keys: () => PublicKeyInput[]) => () => Promise.resolve(keys())],
  ])('asks %s each time', async (_, wrap) => {
    let keys: PublicKeyInput[] = [first];
    const keyring = await openKeyring(
      wrap(() => keys),
      'authentication',
    );
    keys = [second];
    expect((await keyring()).map(({ key }) => key)).toEqual([second]);
    keys = [second, first];
    expect(await keyring()).toHaveLength(2);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no key store');
      },
      /no key store/,
    ],
    ['rejects', () => Promise.reject(new Error('no key store')), /no key store/],
    ['gives no key', () => [], /publicKeys is empty/],
    ['gives no list', () => first as never, /publicKeys is empty/],
    ['gives a key of another kind', () => [p256], /publicKeys\[0\] is a key of the kind prime256v1.*Ed25519/],
  ])('refuses to start with a function that %s', async (_, keys, message) => {
    await expect(openKeyring(keys, 'authentication')).rejects.toThrow(message);
  });
});

describe('readKeyring', () => {
  it('refuses the token in words, without those of the function, when it fails later', async () => {
    const failing = () => Promise.reject(new Error('password=hunter2'));
    const error: unknown = await readKeyring(failing).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'keys-unavailable',
      message: expect.stringMatching(/the function given as publicKeys failed/),
    });
    expect(String(error)).not.toContain('hunter2');
  });
});
