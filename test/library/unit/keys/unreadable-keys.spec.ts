import { webcrypto } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  MintlifyPersonalizationError,
  type SigningKey,
  type TokenSigner,
} from 'nestjs-mintlify-personalization';
import { exportPublicJwk } from '../../../../libs/mintlify-personalization/src/keys/public-jwk.js';
import { pkcs8, privateJwk } from '../../../support/keys.support.js';
import { errorOf, startSigning } from '../../../support/modules.support.js';
import { throwingProxy } from '../../../support/throwing-proxy.support.js';

const SECRET = 'hunter2-hunter2-hunter2';
const MEMBERS = ['kty', 'crv', 'd', 'x', 'y', 'kid', 'use', 'alg', 'key_ops', 'sign'];
const sign = (): Uint8Array => new Uint8Array(64);

/** An object with one property whose getter throws an error that quotes a secret. */
function withThrowingGetter(object: object, name: string): object {
  return Object.defineProperty({ ...object }, name, {
    enumerable: true,
    get: () => {
      throw new Error(SECRET);
    },
  });
}

const startWith = (signingKey: unknown) =>
  errorOf(() => startSigning({ signingKey: signingKey as SigningKey }));

/** What matters of the error that a key ends in. */
async function refusalOf(key: unknown): Promise<object> {
  const error = await startWith(key);
  if (!(error instanceof MintlifyPersonalizationError)) return { isOwn: false };
  const { code, message, stack, cause } = error;
  const hasFix = /^signingKey .*\. (?:Pass|Make) /.test(message);
  return { code, hasFix, isQuoting: `${message} ${stack}`.includes('hunter2'), cause };
}
const refused = (code: string): object => ({ code, hasFix: true, isQuoting: false, cause: undefined });
const UNREADABLE = refused('invalid_signing_key');

describe('A signingKey that throws when it is read is an error of the library:', () => {
  it.each(MEMBERS)('a JWK with a getter for "%s"', async (name) => {
    expect(await refusalOf(withThrowingGetter(privateJwk(), name))).toEqual(UNREADABLE);
  });

  it('an object with a getter for what is no part of a JWK', async () => {
    expect(await refusalOf(withThrowingGetter({}, 'key'))).toEqual(UNREADABLE);
    expect(await refusalOf(withThrowingGetter({}, 'keys'))).toEqual(UNREADABLE);
  });

  it.each([
    ['get', privateJwk()],
    ['has', privateJwk()],
    ['ownKeys', {}],
  ] as const)('a proxy whose trap "%s" throws', async (trap, target) => {
    expect(await refusalOf(throwingProxy(target, trap, SECRET))).toEqual(UNREADABLE);
  });

  it('a revoked proxy', async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(await refusalOf(proxy)).toEqual(UNREADABLE);
  });

  it('in a list of operations', async () => {
    const operations = Object.defineProperty(['verify'], '0', {
      get: () => {
        throw new Error(SECRET);
      },
    });
    expect(await refusalOf({ ...privateJwk(), key_ops: operations })).toEqual(UNREADABLE);
  });

  it('where the public half is exported', async () => {
    const key = withThrowingGetter(privateJwk(), 'sign') as SigningKey;
    expect(await errorOf(() => exportPublicJwk(key))).toMatchObject({ code: 'invalid_signing_key' });
  });

  it.each(['algorithm', 'keyId'])('a TokenSigner with a getter for "%s"', async (name) => {
    const signer = withThrowingGetter({ algorithm: 'ES256', sign }, name);
    expect(await refusalOf(signer)).toEqual(refused('invalid_option'));
    expect(String(await startWith(signer))).toContain(`TokenSigner whose ${name} throws`);
  });

  it('a curve that is an object', async () => {
    const crv = {
      toString: () => {
        throw new Error(SECRET);
      },
    };
    expect(await startWith({ ...privateJwk(), crv })).toMatchObject({ code: 'invalid_signing_key' });
  });
});

describe('What was checked is what signs:', () => {
  it('each member of a JWK is read once', async () => {
    const jwk: Record<string, unknown> = { ...privateJwk(), kid: 'a' };
    const reads: string[] = [];
    const counting = new Proxy(jwk, {
      get: (target, name) => (reads.push(String(name)), target[String(name)]),
    });
    await startSigning({ signingKey: counting as SigningKey });
    const members = reads.filter((name) => Object.keys(jwk).includes(name));
    expect(members.toSorted()).toEqual(Object.keys(jwk).toSorted());
  });

  it('the algorithm and the key id of a TokenSigner are read once', async () => {
    const answers = { algorithm: ['ES256', 'none'], keyId: ['a', 'b'] };
    const signer = {
      get algorithm() {
        return answers.algorithm.shift();
      },
      get keyId() {
        return answers.keyId.shift();
      },
      sign,
    };
    const { service } = await startSigning({ signingKey: signer as TokenSigner });
    const [header = ''] = (await service.sign({})).split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'ES256', kid: 'a' });
  });

  it('a TokenSigner may throw where it is not asked for anything that signing needs', async () => {
    for (const name of ['publicKey', 'breaker']) {
      const signer = withThrowingGetter({ algorithm: 'ES256', sign }, name) as TokenSigner;
      await expect(startSigning({ signingKey: signer })).resolves.toBeDefined();
    }
  });
});

it('A CryptoKey is refused by its name, with what makes it a KeyObject', async () => {
  const key = await webcrypto.subtle.importKey(
    'pkcs8',
    Buffer.from(pkcs8().replaceAll(/-----.*-----|\s/g, ''), 'base64'),
    { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['sign'],
  );
  expect(await startWith(key)).toMatchObject({
    code: 'invalid_signing_key',
    message: 'signingKey is a CryptoKey. Pass a KeyObject: KeyObject.from(key).',
  });
});
