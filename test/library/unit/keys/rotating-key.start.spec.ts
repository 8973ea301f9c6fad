import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import {
  MintlifyPersonalizationError,
  type MintlifyPersonalizationOptions,
  type SigningKeyFunction,
  type TokenSigner,
} from 'nestjs-mintlify-personalization';
import { edPair, pkcs8, spki } from '../../../support/keys.support.js';
import { errorOf } from '../../../support/modules.support.js';
import { KeyRing } from '../../../support/key-ring.support.js';
import { sourceOf, startTenants } from '../../../support/tenants.support.js';
import { piecesOf } from './private-key.refusals.contract.js';

const away = new Error(`no secret of this name: ${pkcs8()}`);
const otherSigner: TokenSigner = { algorithm: 'EdDSA', sign: () => new Uint8Array(64) };

/** What a function may do wrong, the code and the words for it. */
const WRONG: [what: string, wrong: () => unknown, code: string, says: string][] = [
  [
    'throws',
    () => {
      throw away;
    },
    'signing_key_unavailable',
    'signingKey is a function, and it threw Error. Look at',
  ],
  ['rejects', () => Promise.reject(away), 'signing_key_unavailable', 'it threw Error'],
  ['gives nothing', () => undefined, 'invalid_signing_key', 'is empty or undefined. Set the environment'],
  ['gives nothing later', () => Promise.resolve(null), 'invalid_signing_key', 'is empty or undefined'],
  ['gives a public key', () => spki(), 'invalid_signing_key', 'is a public key'],
  ['gives a key of the other mode', () => pkcs8(edPair()), 'invalid_signing_key', 'wrong kind (Ed25519)'],
  ['gives an unknown text', () => Promise.resolve('hunter2'), 'invalid_signing_key', 'neither a PEM text'],
  ['gives a function', () => () => pkcs8(), 'invalid_signing_key', 'is neither PEM text'],
  ['gives a signer of the other mode', () => otherSigner, 'invalid_option', 'of another algorithm'],
];

const mistakeOf = (options: Partial<MintlifyPersonalizationOptions>) => errorOf(() => startTenants(options));

describe('signingKey as a function that at start', () => {
  it.each(WRONG)('%s stops the app', async (_, wrong, code, says) => {
    const error = await mistakeOf({ signingKey: wrong as SigningKeyFunction });
    expect(error).toBeInstanceOf(MintlifyPersonalizationError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(says) });
    const { message, stack, tenantId } = error as MintlifyPersonalizationError;
    expect(tenantId).toBeUndefined();
    expect(piecesOf(pkcs8()).filter((piece) => `${message}${stack}`.includes(piece))).toEqual([]);
  });

  it.each(WRONG)('%s stops the app, and names the tenant that has it', async (_, wrong, code, says) => {
    const tenants = { foo: {}, acme: { signingKey: wrong as SigningKeyFunction } };
    expect(await mistakeOf({ tenants })).toMatchObject({
      code,
      tenantId: 'acme',
      message: expect.stringMatching(/^Tenant "acme": signingKey /),
    });
    expect(await mistakeOf({ tenants })).toMatchObject({ message: expect.stringContaining(says) });
  });

  it('throws is told by its name alone, also for a tenant: its message may quote the key', async () => {
    const signingKey: SigningKeyFunction = () => Promise.reject(new SyntaxError(`canary ${pkcs8()}`));
    for (const options of [{ signingKey }, { tenants: { acme: { signingKey } } }]) {
      const error = await mistakeOf(options);
      expect(inspect(error, { depth: 9 })).toContain('it threw SyntaxError. Look');
      expect(inspect(error, { depth: 9 })).not.toContain('canary');
    }
  });

  it('has an error of this library to say is heard', async () => {
    const own = new MintlifyPersonalizationError('signing_key_unavailable', 'The vault is sealed.');
    expect(await mistakeOf({ signingKey: () => Promise.reject(own) })).toBe(own);
  });

  it('is wrong for a tenant of a tenant source fails for that tenant alone, until it is mended', async () => {
    const ring = new KeyRing('personalization');
    let signingKey: SigningKeyFunction = () => spki();
    const tenantSource = sourceOf(() => Promise.resolve({ signingKey: () => signingKey() }));
    const { signing } = await startTenants({ tenantSource });
    expect(await errorOf(() => signing.sign({}, { tenantId: 'acme' }))).toMatchObject({
      code: 'invalid_signing_key',
      tenantId: 'acme',
    });
    await expect(signing.sign({})).resolves.toBeDefined();
    signingKey = () => ring.next();
    expect(ring.signerOf(await signing.sign({}, { tenantId: 'acme' }))).toBe(0);
  });
});

describe('keyId beside a signingKey that is a function', () => {
  const signingKey: SigningKeyFunction = () => pkcs8();
  const says = /keyId stands beside a signingKey that is a function.*Leave keyId out.*"kid".*TokenSigner/;

  it('stops the app, since it would name every key', async () => {
    expect(await mistakeOf({ keyId: 'a', signingKey })).toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(says),
    });
  });

  it.each([
    ['both are the tenant’s', { tenants: { acme: { keyId: 'a', signingKey } } }],
    ['the function is the default', { signingKey, tenants: { acme: { keyId: 'a' } } }],
  ])('stops the app and names the tenant where %s', async (_, options) => {
    expect(await mistakeOf(options)).toMatchObject({
      code: 'invalid_option',
      tenantId: 'acme',
      message: expect.stringMatching(says),
    });
  });

  it('is no matter where it names the key of the default and the function is a tenant’s', async () => {
    await expect(startTenants({ keyId: 'a', tenants: { acme: { signingKey } } })).resolves.toBeDefined();
  });
});
