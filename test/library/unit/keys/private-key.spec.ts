import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { importPrivateKey as importKey } from '../../../../libs/mintlify-personalization/src/keys/private-key.js';
import { KEY_KINDS } from '../../../../libs/mintlify-personalization/src/mintlify/key-kind.js';
import type { DocsMode } from 'nestjs-mintlify-personalization';
import {
  BASE64_MANGLINGS,
  BREAK_MANGLINGS,
  WRAP_MANGLINGS,
  type Mangling,
} from '../../../support/key-text.support.js';
import {
  ecPair,
  ecparamGenkey,
  edPair,
  KEYS_BY_MODE,
  pkcs8,
  privateDocsKeys,
  privateJwk,
  sec1,
} from '../../../support/keys.support.js';

/** The forms of PEM that a key of each mode comes in. */
const FORMS: Record<DocsMode, Record<string, string>> = {
  personalization: { PKCS8: pkcs8(), SEC1: sec1(), 'openssl ecparam -genkey': ecparamGenkey() },
  authentication: { PKCS8: pkcs8(privateDocsKeys) },
};
const MODES = Object.keys(FORMS) as DocsMode[];
const ALGORITHMS: Record<DocsMode, string[]> = {
  personalization: ['ES256'],
  // The second is the newer name of the first on this curve: RFC 9864, section 2.2.
  authentication: ['EdDSA', 'Ed25519'],
};

const one = (manglings: Record<string, Mangling>) => fc.constantFrom(...Object.keys(manglings));

describe.each(MODES)('importPrivateKey for %s', (mode) => {
  const pair = KEYS_BY_MODE[mode];
  const forms = Object.values(FORMS[mode]);
  const importPrivateKey = async (key: unknown) => importKey(key, KEY_KINDS[mode]).key;
  const bringsDocsKey = async (key: unknown): Promise<boolean> => {
    const imported = await importPrivateKey(key);
    return imported.type === 'private' && imported.equals(pair.privateKey);
  };

  it.each(Object.keys(FORMS[mode]))('takes a PEM: %s', async (form) => {
    expect(await bringsDocsKey(FORMS[mode][form])).toBe(true);
  });

  it.each(Object.keys(BREAK_MANGLINGS))('takes a PEM with %s', async (name) => {
    for (const pem of forms) expect(await bringsDocsKey(BREAK_MANGLINGS[name]?.(pem))).toBe(true);
  });

  it.each(Object.keys(WRAP_MANGLINGS))('takes a PEM with %s around it', async (name) => {
    for (const pem of forms) expect(await bringsDocsKey(WRAP_MANGLINGS[name]?.(pem))).toBe(true);
  });

  it.each(Object.keys(BASE64_MANGLINGS))('takes a PEM as %s', async (name) => {
    for (const pem of forms) expect(await bringsDocsKey(BASE64_MANGLINGS[name]?.(pem))).toBe(true);
  });

  it('takes a PEM that was written as a JSON text, once and twice', async () => {
    const once = JSON.stringify(pkcs8(pair));
    expect(await bringsDocsKey(once)).toBe(true);
    expect(await bringsDocsKey(JSON.stringify(once))).toBe(true);
  });

  it('takes a PEM with words around it, as some tools write them', async () => {
    expect(await bringsDocsKey(`Bag Attributes\n  friendlyName: docs\n${pkcs8(pair)}`)).toBe(true);
  });

  it('takes a PEM in any combination of these states', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...forms),
        one(BREAK_MANGLINGS),
        fc.array(one(WRAP_MANGLINGS), { maxLength: 3 }),
        one(BASE64_MANGLINGS),
        fc.array(one(WRAP_MANGLINGS), { maxLength: 2 }),
        async (pem, breaks, inside, base64, outside) => {
          const manglings = [
            BREAK_MANGLINGS[breaks],
            ...inside.map((name) => WRAP_MANGLINGS[name]),
            BASE64_MANGLINGS[base64],
            ...outside.map((name) => WRAP_MANGLINGS[name]),
          ];
          const mangled = manglings.reduce((text, mangle) => mangle?.(text) ?? text, pem);
          expect(await bringsDocsKey(mangled)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes a JWK as an object, with and without what says how to use it', async () => {
    expect(await bringsDocsKey(privateJwk(pair))).toBe(true);
    for (const alg of ALGORITHMS[mode]) {
      const used = { use: 'sig', alg, key_ops: ['sign', 'verify'], kid: 'a', ext: true };
      expect(await bringsDocsKey({ ...privateJwk(pair), ...used })).toBe(true);
    }
  });

  it('leaves the JWK that it was given as it was', async () => {
    const jwk = Object.freeze({ ...privateJwk(pair), kid: 'a' });
    await importPrivateKey(jwk);
    expect(jwk).toEqual({ ...privateJwk(pair), kid: 'a' });
  });

  it.each([
    ['in one line', (jwk: object) => JSON.stringify(jwk)],
    ['in many lines', (jwk: object) => JSON.stringify(jwk, undefined, 2)],
    ['in single quotes', (jwk: object) => `'${JSON.stringify(jwk)}'`],
    ['with a byte order mark', (jwk: object) => `\uFEFF${JSON.stringify(jwk)}`],
    ['in base64', (jwk: object) => Buffer.from(JSON.stringify(jwk)).toString('base64')],
    ['in base64url', (jwk: object) => Buffer.from(JSON.stringify(jwk)).toString('base64url')],
    ['written as a JSON text', (jwk: object) => JSON.stringify(JSON.stringify(jwk))],
  ])('takes a JWK as JSON text %s', async (_, write) => {
    expect(await bringsDocsKey(write(privateJwk(pair)))).toBe(true);
  });

  it('takes a JWK whose parts are spelled as other encoders spell them', async () => {
    const { privateKey } = mode === 'authentication' ? edPair() : ecPair();
    const { d = '', ...jwk } = privateKey.export({ format: 'jwk' });
    const base64 = Buffer.from(d, 'base64url').toString('base64');
    for (const spelling of [base64, `${d}=`, base64.replace(/^.{20}/, '$&\n')]) {
      const imported = await importPrivateKey({ ...jwk, d: spelling });
      expect(imported.equals(privateKey)).toBe(true);
    }
  });

  it('takes a KeyObject', async () => {
    expect(await bringsDocsKey(pair.privateKey)).toBe(true);
    for (const pem of forms) expect(await bringsDocsKey(createPrivateKey(pem))).toBe(true);
  });

  it('takes every key that Node makes, whatever bytes it begins with', async () => {
    for (let round = 0; round < 50; round += 1) {
      const { privateKey } = mode === 'authentication' ? edPair() : ecPair();
      const jwk = await importPrivateKey(privateKey.export({ format: 'jwk' }));
      const pem = await importPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' }));
      expect([jwk.equals(privateKey), pem.equals(privateKey)]).toEqual([true, true]);
    }
  });
});
