import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import {
  CLAIM_MAPPER,
  ClaimMapperFor,
  MintlifyPersonalizationError,
  type MintlifyErrorCode,
} from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import { DOCS_PRIVATE_KEY } from '../../support/docs-arrival.support.js';

const pem = { format: 'pem', type: 'pkcs8' } as const;
const RSA_PEM = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export(pem).toString();
const P384_PEM = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export(pem).toString();
const GOOD_PEM = DOCS_PRIVATE_KEY.export(pem).toString();

@ClaimMapperFor()
class FirstClaimMapper {
  map(): object {
    return {};
  }
}

@ClaimMapperFor()
class SecondClaimMapper extends FirstClaimMapper {}

@ClaimMapperFor()
class NoClaimMapper {}

@Module({ providers: [FirstClaimMapper, SecondClaimMapper] })
class QuarrelModule {}

@Module({ providers: [NoClaimMapper] })
class MistakenModule {}

/** Options as a JavaScript host could write them. */
const loosely = (options: Record<string, unknown>): HostSetup => ({
  options,
});

const UNMAPPED = { claimMapper: undefined };

describeOnEveryHost('a mistake in the options', ({ boot }) => {
  it.each<[string, MintlifyErrorCode, string, RegExp, HostSetup]>([
    [
      'no key',
      'invalid_signing_key',
      'signingKey',
      /environment variable/,
      loosely({ signingKey: undefined }),
    ],
    [
      'an empty key',
      'invalid_signing_key',
      'signingKey',
      /environment variable/,
      loosely({ signingKey: ' ' }),
    ],
    ['an RSA key', 'invalid_signing_key', 'RSA', /P-256/, loosely({ signingKey: RSA_PEM })],
    ['a P-384 key', 'invalid_signing_key', 'P-384', /P-256/, loosely({ signingKey: P384_PEM })],
    [
      'half a key',
      'invalid_signing_key',
      'signingKey is a PEM without its END line',
      /Copy the whole key/,
      loosely({ signingKey: GOOD_PEM.slice(0, 90) }),
    ],
    [
      'a public key',
      'invalid_signing_key',
      'signingKey is a public key',
      /private one/,
      loosely({ signingKey: createPublicKey(DOCS_PRIVATE_KEY) }),
    ],
    [
      'a signer of another algorithm',
      'invalid_option',
      'signingKey',
      /P-256/,
      loosely({ signingKey: { algorithm: 'RS256', sign: () => new Uint8Array() } }),
    ],
    ['no docsUrl', 'invalid_option', 'docsUrl', /https:\/\/docs/, loosely({ docsUrl: undefined })],
    [
      'a docsUrl in the clear',
      'invalid_option',
      'docsUrl',
      /TLS/,
      loosely({ docsUrl: 'http://docs.acme.example' }),
    ],
    ['a relative docsUrl', 'invalid_option', 'docsUrl', /scheme and host/, loosely({ docsUrl: '/docs' })],
    [
      'a login page that is a script',
      'invalid_option',
      'loginUrl',
      /https/,
      loosely({ loginUrl: 'javascript:1' }),
    ],
    [
      'a long token lifetime',
      'invalid_option',
      'tokenLifetimeSeconds',
      /1 to 10/,
      loosely({ tokenLifetimeSeconds: 60 }),
    ],
    [
      'a misspelt option',
      'invalid_option',
      'signingkey',
      /mean signingKey/,
      loosely({ signingkey: GOOD_PEM }),
    ],
    [
      'no guards but a text',
      'invalid_option',
      'handshakes.jwt.guards',
      /list of guards/,
      loosely({ handshakes: { jwt: { guards: 'jwt' } } }),
    ],
    [
      'an empty path',
      'invalid_option',
      'handshakes.jwt.path',
      /docs-login/,
      loosely({ handshakes: { jwt: { path: '/' } } }),
    ],
    ['no claim mapper', 'claim_mapper_missing', 'claim mapper', /@ClaimMapperFor\(\)/, loosely(UNMAPPED)],
    [
      'two claim mappers',
      'claim_mapper_conflict',
      'FirstClaimMapper in QuarrelModule, SecondClaimMapper in QuarrelModule',
      /in one module only/,
      { options: UNMAPPED, host: { imports: [QuarrelModule] } },
    ],
    [
      'a marked class beside the option',
      'claim_mapper_conflict',
      'FirstClaimMapper',
      /in one module only/,
      { host: { providers: [FirstClaimMapper] } },
    ],
    [
      'a claim mapper that maps nothing',
      'claim_mapper_missing',
      'NoClaimMapper in MistakenModule',
      /Implement ClaimMapper/,
      { options: UNMAPPED, host: { imports: [MistakenModule] } },
    ],
    [
      'nothing under CLAIM_MAPPER',
      'claim_mapper_missing',
      'CLAIM_MAPPER',
      /Implement ClaimMapper/,
      { options: UNMAPPED, host: { providers: [{ provide: CLAIM_MAPPER, useValue: {} }] } },
    ],
  ])('stops the app at start, and says how to fix it: %s', async (_, code, what, fix, setup) => {
    const failure: unknown = await boot(setup).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MintlifyPersonalizationError);
    expect(failure).toMatchObject({ code, message: expect.stringContaining(what) });
    expect((failure as Error).message).toMatch(fix);
  });

  it('never shows a byte of the key', async () => {
    const failure: unknown = await boot(loosely({ signingKey: RSA_PEM })).catch((error: unknown) => error);
    const shown = String((failure as Error).stack);
    for (const line of RSA_PEM.split('\n').slice(1, -2)) expect(shown).not.toContain(line);
  });

  it('does not ask for a key, or for a claim mapper, where no handshake needs them', async () => {
    const options = { signingKey: undefined, claimMapper: undefined, handshakes: { jwt: false } } as const;
    await expect(boot({ options })).resolves.toBeDefined();
  });
});
