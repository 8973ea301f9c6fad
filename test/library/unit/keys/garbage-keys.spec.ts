import { ok } from 'node:assert/strict';
import { it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  MintlifyPersonalizationError,
  type DocsMode,
  type SigningKey,
} from 'nestjs-mintlify-personalization';
import { createTokenSigner } from '../../../../libs/mintlify-personalization/src/keys/create-token-signer.js';
import { KEYS_BY_MODE, pkcs8, privateJwk, spki } from '../../../support/keys.support.js';
import { propertyRuns } from '../../../support/property-runs.support.js';
import { throwingProxy } from '../../../support/throwing-proxy.support.js';
import { formMistakesOf } from './key-form-mistakes.contract.js';

const modes = fc.constantFrom<DocsMode>('personalization', 'authentication');
const errorOf = (key: unknown, mode: DocsMode): Promise<unknown> =>
  createTokenSigner(key as SigningKey, mode, 1_000).then(
    () => undefined,
    (error: unknown) => error,
  );

/** What no key of a person's holds, and may stand in an error without telling of one. */
async function readVocabulary(): Promise<string> {
  const keys = [...formMistakesOf(KEYS_BY_MODE.personalization).map(([, key]) => key), '?', {}, 5, undefined];
  const jwks = [{ kty: 'RSA', d: '' }, { kty: 'oct' }, { kty: 5 }, { kty: 'EC' }, privateJwk()];
  const pems = ['PUBLIC KEY', 'PRIVATE KEY', 'CERTIFICATE', 'OPENSSH PRIVATE KEY', 'EC PARAMETERS'].map(
    (label) => `-----BEGIN ${label}-----MII=-----END ${label}-----`,
  );
  const all = [...keys, ...jwks, ...pems, '{', '[]', { sign: () => new Uint8Array(64), algorithm: 'x' }];
  const errors = await Promise.all(all.map((key) => errorOf(key, 'authentication')));
  return errors.map(String).join('\n');
}

const runsOf = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - 7) }, (_, start) => text.slice(start, start + 8));

const secret = fc.string({
  unit: fc.constantFrom(...Array.from('abcdefghijkmopqrstuvwxyz0123456789')),
  minLength: 8,
  maxLength: 40,
});
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  secret,
  secret.map((name) => `/run/secrets/${name}`),
  secret.map((name) => `C:\\keys\\${name}.pem`),
  secret.map((name) => `op://${name}/key`),
  secret.map((name) => `\${${name}}`),
  secret.map((name) => `${name}.pem`),
  secret.map((name) => name.toUpperCase()),
  secret.map((body) => `-----BEGIN PRIVATE KEY-----n${body}n-----END PRIVATE KEY-----`),
  secret.map((body) => `----BEGIN PRIVATE KEY----${body}----END PRIVATE KEY----`),
  secret.map(
    (label) => `-----BEGIN ${label.toUpperCase()}-----\n${label}\n-----END ${label.toUpperCase()}-----`,
  ),
  secret.map((body) => JSON.stringify({ [body]: `-----BEGIN ${body}` })),
  secret.map((body) => JSON.stringify({ kty: body, crv: body, d: body, kid: body, alg: body })),
  fc
    .uint8Array({ maxLength: 60 })
    .map((bytes) => Buffer.from([0x30, bytes.length, ...bytes]).toString('base64')),
  // Pieces of real keys, cut anywhere.
  fc
    .tuple(fc.constantFrom(pkcs8(), spki(), JSON.stringify(privateJwk())), fc.nat(400), fc.nat(400))
    .map(([key, start, length]) => key.slice(start, start + length)),
);
const member = fc.oneof(
  secret,
  fc.anything(),
  fc.constantFrom('EC', 'OKP', 'P-256', 'Ed25519', 'sig', 'ES256'),
);
const jwk = fc.record(
  {
    kty: member,
    crv: member,
    d: member,
    x: member,
    y: member,
    kid: member,
    use: member,
    alg: member,
    key_ops: member,
  },
  { requiredKeys: [] },
);
const signer = fc.record(
  { sign: fc.constant(() => new Uint8Array(64)), algorithm: member, keyId: member },
  { requiredKeys: ['sign'] },
);
/** The makings of a proxy: fast-check would trip over the proxy itself. */
class ProxyRecipe {
  constructor(
    readonly target: object,
    readonly trap: 'get' | 'has' | 'ownKeys' | 'getPrototypeOf' | 'getOwnPropertyDescriptor',
    readonly secret: string,
  ) {}

  make(): object {
    return throwingProxy(this.target, this.trap, this.secret);
  }
}
const traps = fc.constantFrom('get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor');
const proxy = fc
  .tuple(jwk, traps, secret)
  .map(([target, trap, message]) => new ProxyRecipe(target, trap, message));
const garbage = fc.oneof(
  text,
  jwk,
  signer,
  proxy,
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
);

const textsOf = (key: unknown): string[] => {
  if (typeof key === 'string') return [key];
  try {
    return Object.values(Object(key) as object).filter((value) => typeof value === 'string');
  } catch {
    return [];
  }
};

it('Whatever stands in the place of a key ends in an error of the library that repeats no eight characters of it', async () => {
  const vocabulary = await readVocabulary();
  await fc.assert(
    fc.asyncProperty(garbage, modes, async (given, mode) => {
      const key: unknown = given instanceof ProxyRecipe ? given.make() : given;
      const error = await errorOf(key, mode);
      if (error === undefined) return; // A key or a signer after all.
      ok(error instanceof MintlifyPersonalizationError, 'is not an error of the library');
      ok(error.cause === undefined, 'has a cause');
      ok(error.message.startsWith('signingKey '), 'does not name the option');
      const repeated = textsOf(key)
        .flatMap(runsOf)
        .filter((run) => error.message.includes(run) && !vocabulary.includes(run));
      ok(repeated.length === 0, `repeats ${repeated.join()}`);
    }),
    propertyRuns(500),
  );
});
