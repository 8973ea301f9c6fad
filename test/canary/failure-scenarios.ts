import type { Type } from '@nestjs/common';
import {
  MintlifyPersonalizationError,
  type ClaimMapper,
  type MintlifyPersonalizationOptions,
  type TokenSigner,
} from 'nestjs-mintlify-personalization';
import { mapperOf } from '../support/apps.support.js';
import { pkcs8 } from '../support/keys.support.js';
import { resolverOf, sourceOf } from '../support/tenants.support.js';
import type { Canaries } from './canaries.js';

/** Internal failures, each with an error that contains all canaries. */
export const FAILURE_SCENARIOS: [
  string,
  number,
  (canaries: Canaries) => Partial<MintlifyPersonalizationOptions>,
][] = [
  ['nothing', 302, () => ({})],
  ['the mapper throws', 500, (canaries) => ({ claimMapper: failing(() => canaries.error()) })],
  [
    'the mapper throws an error of the library',
    500,
    (canaries) => ({
      claimMapper: failing(() => new MintlifyPersonalizationError('invalid_user', canaries.error().message)),
    }),
  ],
  [
    'the mapper throws a string',
    500,
    (canaries) => ({ claimMapper: failing(() => canaries.error().message) }),
  ],
  [
    'the mapper is too slow',
    503,
    () => ({ mapperTimeoutMs: 20, claimMapper: mapperOf(() => new Promise(() => undefined)) }),
  ],
  ...(
    [
      ['an unknown key', ({ claim }) => ({ [`role`]: claim })],
      ['a wrong group', ({ group }) => ({ groups: [group, { group }] })],
      ['a group too long', ({ group }) => ({ groups: [group.repeat(20)] })],
      ['a date', ({ user }) => ({ ...user, content: { ...user.content, at: new Date() } })],
      ['a host', ({ claim }) => ({ host: claim })],
      ['a time in milliseconds', ({ user }) => ({ ...user, expiresAt: 1_893_456_000_000 })],
      ['a key', (canaries) => ({ content: { key: pkcs8(canaries.keys) } })],
      [
        'a header with a line break',
        ({ apiKey }) => ({ apiPlaygroundInputs: { header: { 'X-Api-Key': `${apiKey}\r\nX: y` } } }),
      ],
      [
        'a getter that throws',
        (canaries) => ({
          content: {
            get name(): string {
              throw canaries.error();
            },
          },
        }),
      ],
      ['a string that is too long for a URL', ({ claim }) => ({ content: { text: claim.repeat(500) } })],
    ] as [string, (canaries: Canaries) => object][]
  ).map(
    ([what, user]) =>
      [
        `the user has ${what}`,
        500,
        (canaries: Canaries) => ({ claimMapper: mapperOf(() => user(canaries)) }),
      ] as (typeof FAILURE_SCENARIOS)[number],
  ),
  [
    'the signer throws',
    503,
    (canaries) => ({ signingKey: signerOf(() => Promise.reject(canaries.error())) }),
  ],
  [
    'the signer returns something else',
    503,
    ({ claim }) => ({ signingKey: signerOf(() => Promise.resolve(Buffer.from(claim))) }),
  ],
  [
    'the tenant resolver throws',
    500,
    (canaries) => ({ tenantResolver: resolverOf(() => Promise.reject(canaries.error())) }),
  ],
  [
    'the tenant source throws',
    503,
    (canaries) => ({
      tenantResolver: resolverOf(() => 'acme'),
      tenantSource: sourceOf(() => Promise.reject(canaries.error())),
    }),
  ],
  ...(
    [
      ['half a key', ({ keys }) => pkcs8(keys).slice(0, 120)],
      ['a key of another type', ({ keys }) => keys.publicKey.export({ format: 'pem', type: 'spki' })],
      ['an invalid key', ({ cause }) => `-----BEGIN PRIVATE KEY-----\n${cause}\n-----END PRIVATE KEY-----`],
    ] as [string, (canaries: Canaries) => string][]
  ).map(
    ([what, signingKey]) =>
      [
        `the tenant source returns ${what}`,
        500,
        (canaries: Canaries) => ({
          tenantResolver: resolverOf(() => 'acme'),
          tenantSource: sourceOf(() => ({ signingKey: signingKey(canaries) })),
        }),
      ] as (typeof FAILURE_SCENARIOS)[number],
  ),
  [
    'the tenant source returns a key function that throws',
    503,
    (canaries) => ({
      tenantResolver: resolverOf(() => 'acme'),
      tenantSource: sourceOf(() => ({ signingKey: () => Promise.reject(canaries.error()) })),
    }),
  ],
];

function failing(error: () => unknown): Type<ClaimMapper> {
  return mapperOf(() => {
    throw error();
  });
}

function signerOf(sign: TokenSigner['sign']): TokenSigner {
  return { algorithm: 'ES256', sign };
}
