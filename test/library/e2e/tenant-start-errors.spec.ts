import { createPublicKey } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { Injectable, Scope } from '@nestjs/common';
import {
  ClaimMapperFor,
  MintlifyPersonalizationError,
  type ClaimMapper,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import { DOCS_PRIVATE_KEY } from '../../support/docs-arrival.support.js';
import { docsOf, sourceOf } from '../../support/tenants.support.js';

class PlainMapper implements ClaimMapper {
  map(): MintlifyUser {
    return {};
  }
}

@ClaimMapperFor('acme')
class AcmeMapper extends PlainMapper {}

@ClaimMapperFor('acme', 'globex')
class SharedMapper extends PlainMapper {}

@Injectable({ scope: Scope.REQUEST })
class RequestPort {
  resolve = (): undefined => undefined;
  load = (): undefined => undefined;
}

/** Tenants as a JavaScript host could write them. */
const withAcme = (acme: unknown): HostSetup => loosely({ tenants: { globex: docsOf('globex'), acme } });
const loosely = (options: Record<string, unknown>): HostSetup => ({ options });

describeOnEveryHost('a mistake in the options of tenants', ({ boot }) => {
  it.each<[string, string, RegExp, HostSetup]>([
    ['a misspelt option', 'invalid_option', /docsURL .*Did you mean docsUrl\?/, withAcme({ docsURL: '' })],
    ['an unknown option', 'invalid_option', /colour is not an option/, withAcme({ colour: 'red' })],
    [
      'a wrong value',
      'invalid_option',
      /tokenLifetimeSeconds.*1 to 10/,
      withAcme({ tokenLifetimeSeconds: 60 }),
    ],
    ['an address in the clear', 'invalid_option', /docsUrl.*TLS/, withAcme({ docsUrl: 'http://a.example' })],
    ['nothing', 'invalid_option', /must be an object/, withAcme(undefined)],
    ['no key', 'invalid_signing_key', /environment variable/, withAcme({ signingKey: '' })],
    [
      'a public key',
      'invalid_signing_key',
      /private one/,
      withAcme({ signingKey: createPublicKey(DOCS_PRIVATE_KEY) }),
    ],
    [
      "the default's key in another mode",
      'invalid_signing_key',
      /Ed25519/,
      withAcme({ mode: 'authentication' }),
    ],
    [
      'a key function that fails',
      'signing_key_unavailable',
      /signingKey is a function/,
      withAcme({ signingKey: () => Promise.reject(new Error('away')) }),
    ],
    [
      'two mappers',
      'claim_mapper_conflict',
      /AcmeMapper in HostModule, SharedMapper in HostModule.*@ClaimMapperFor\('acme'\)/,
      {
        options: { tenants: { acme: {}, globex: {} } },
        host: { providers: [AcmeMapper, SharedMapper] },
      },
    ],
    [
      'a mapper and no such tenant',
      'unknown_tenant',
      /option tenants.*@ClaimMapperFor\('acme'\)/,
      { options: { tenants: { globex: {} } }, host: { providers: [AcmeMapper] } },
    ],
    [
      'no mapper',
      'claim_mapper_missing',
      /@ClaimMapperFor\('acme'\)/,
      loosely({ tenants: { acme: {} }, claimMapper: undefined }),
    ],
  ])('stops the app at start, and names the tenant that has %s', async (_, code, message, setup) => {
    const failure: unknown = await boot(setup).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MintlifyPersonalizationError);
    expect(failure).toMatchObject({
      code,
      tenantId: 'acme',
      message: expect.stringMatching(/^Tenant "acme": /),
    });
    expect((failure as Error).message).toMatch(message);
  });

  it.each<[string, RegExp, HostSetup]>([
    ['a wrong tenant id', /^tenants has the tenant id "Acme"/, loosely({ tenants: { Acme: {} } })],
    ['a list of tenants', /^tenants must be an object/, loosely({ tenants: [{}] })],
    ['no time', /^tenantTimeoutMs must be/, loosely({ tenantTimeoutMs: 0 })],
    ['no age', /^tenantMaxAgeSeconds must be/, loosely({ tenantMaxAgeSeconds: -1 })],
    ['no room', /^maxCachedTenants must be/, loosely({ maxCachedTenants: 0 })],
    ['a resolver that is an instance', /^tenantResolver must be a class/, loosely({ tenantResolver: {} })],
    ['a source that is an instance', /^tenantSource must be a class/, loosely({ tenantSource: {} })],
    [
      'a resolver of one request',
      /^tenantResolver is request-scoped/,
      loosely({ tenantResolver: RequestPort }),
    ],
    ['a source of one request', /^tenantSource is request-scoped/, loosely({ tenantSource: RequestPort })],
    [
      'a resolver that resolves nothing',
      /^tenantResolver has no resolve/,
      loosely({ tenantResolver: PlainMapper }),
    ],
    ['a source that loads nothing', /^tenantSource has no load/, loosely({ tenantSource: PlainMapper })],
  ])('stops the app at start when it has %s', async (_, message, setup) => {
    const failure = boot(setup);
    await expect(failure).rejects.toBeInstanceOf(MintlifyPersonalizationError);
    await expect(failure).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringMatching(message),
    });
  });

  it('does not stop an app whose tenant source may know the tenant of a mapper', async () => {
    const options = { tenantSource: sourceOf(docsOf) };
    await expect(boot({ options, host: { providers: [SharedMapper] } })).resolves.toBeDefined();
  });
});
