import { describe, expect, it } from '@jest/globals';
import { Inject, Injectable, Scope, type Type } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { array, assert, asyncProperty, integer, scheduler } from 'fast-check';
import { createVerifier } from 'fast-jwt';
import { decodeProtectedHeader } from 'jose';
import {
  ClaimMapperFor,
  type ClaimMapper,
  type ClaimMappingContext,
  type DocsMode,
  type MintlifyUser,
  type TenantOptions,
} from 'nestjs-mintlify-personalization';
import { spki, type KeyPair } from '../../../support/keys.support.js';
import { errorOf, NOW_MS, NOW_SECONDS } from '../../../support/modules.support.js';
import { keyPairFor, resolverOf, sourceOf, startTenants } from '../../../support/tenants.support.js';

const TENANTS = 50;
const LOGINS = 400;
const RUNS = 3;

interface Customer {
  readonly id: string;
  readonly mode: DocsMode;
  readonly host: string;
  readonly keys: KeyPair;
  readonly sessionLifetimeSeconds: number;
  readonly isInOptions: boolean;
  readonly mapper: 'default' | 'own' | 'request-scoped';
  /** Whether a function gives the key. */
  readonly isKeyLoaded: boolean;
}

interface Visitor {
  readonly customer: string;
  readonly number: number;
}

/** Every mixture of mode, kind of key, place and mapper. */
const CUSTOMERS = Array.from({ length: TENANTS }, (_, index): Customer => {
  const mode = index % 2 === 0 ? 'personalization' : 'authentication';
  return {
    id: `customer-${index}`,
    mode,
    host: `docs-${index}.example`,
    keys: keyPairFor(mode),
    sessionLifetimeSeconds: 10_000 + index,
    isInOptions: index % 3 === 0,
    mapper: (['default', 'own', 'request-scoped', 'default', 'own'] as const)[index % 5] ?? 'default',
    isKeyLoaded: index % 7 < 3,
  };
});

type Delay = <T>(value: T) => Promise<T>;

const optionsOf = (
  { id, mode, host, keys, sessionLifetimeSeconds, isKeyLoaded }: Customer,
  delay: Delay,
): TenantOptions => ({
  docsUrl: `https://${host}`,
  mode,
  signingKey: isKeyLoaded ? () => delay(keys.privateKey) : keys.privateKey,
  ...(!isKeyLoaded && { keyId: `key-of-${id}` }),
  sessionLifetimeSeconds,
  claims: { aud: true, jti: true },
});

/** Says who was mapped, for whom, by which mapper. */
function mapLater(
  name: string,
  delay: Delay,
  visitor: unknown,
  context: ClaimMappingContext,
): Promise<MintlifyUser> {
  const { customer, number } = visitor as Visitor;
  const { tenantId = 'none', site } = context;
  return delay({ groups: [name, customer, String(number), tenantId, site.host] });
}

function mappersFor(delay: Delay): Type<ClaimMapper>[] {
  return CUSTOMERS.filter(({ mapper }) => mapper !== 'default').map(({ id, mapper }) => {
    const name = `mapper of ${id}`;
    @Injectable()
    @ClaimMapperFor(id)
    class OwnMapper implements ClaimMapper {
      map(visitor: unknown, context: ClaimMappingContext): Promise<MintlifyUser> {
        return mapLater(name, delay, visitor, context);
      }
    }
    @Injectable({ scope: Scope.REQUEST })
    @ClaimMapperFor(id)
    class VisitMapper implements ClaimMapper {
      constructor(@Inject(REQUEST) private readonly request: { visitor: Visitor }) {}

      /** Takes the visitor from its scope. */
      map(_: unknown, context: ClaimMappingContext): Promise<MintlifyUser> {
        return mapLater(name, delay, this.request.visitor, context);
      }
    }
    return mapper === 'own' ? OwnMapper : VisitMapper;
  });
}

const verifiers = new Map(
  CUSTOMERS.map(({ id, mode, keys }) => [
    id,
    createVerifier({
      key: spki(keys),
      algorithms: [mode === 'personalization' ? 'ES256' : 'EdDSA'],
      clockTimestamp: NOW_MS,
    }),
  ]),
);

/** All that a login of one customer's visitor may show, and nothing of another one. */
function expectOwnLogin(url: string, { customer: id, number }: Visitor): void {
  const customer = CUSTOMERS.find((one) => one.id === id);
  if (customer === undefined) throw new Error(`There is no ${id}.`);
  const { mode, host, mapper, isKeyLoaded, sessionLifetimeSeconds } = customer;
  const [page = '', token = ''] = url.split('#');
  expect(page).toBe(
    mode === 'personalization'
      ? `https://${host}/page-${number}`
      : `https://${host}/login/jwt-callback?redirect=%2Fpage-${number}`,
  );
  expect(decodeProtectedHeader(token)).toEqual({
    alg: mode === 'personalization' ? 'ES256' : 'EdDSA',
    ...(!isKeyLoaded && { kid: `key-of-${id}` }),
  });
  const name = mapper === 'default' ? 'default mapper' : `mapper of ${id}`;
  expect(verifiers.get(id)?.(token)).toEqual({
    ...(mode === 'authentication' && { host }),
    aud: `https://${host}`,
    iat: NOW_SECONDS,
    exp: NOW_SECONDS + 10,
    jti: expect.any(String),
    expiresAt: NOW_SECONDS + sessionLifetimeSeconds,
    groups: [name, id, String(number), id, host],
  });
}

describe('Logins of the visitors of many tenants at once', () => {
  it('never mix, in whatever order resolver, source, keys and mappers answer', async () => {
    const logins = array(integer({ min: 0, max: TENANTS - 1 }), {
      minLength: LOGINS,
      maxLength: LOGINS,
      size: 'max',
    });
    await assert(
      asyncProperty(scheduler(), logins, async (scheduler, order) => {
        let isOpen = false;
        const delay: Delay = (value) =>
          isOpen ? scheduler.schedule(Promise.resolve(value)) : Promise.resolve(value);
        const listed = CUSTOMERS.filter(({ isInOptions }) => isInOptions);
        const kept = new Map(CUSTOMERS.filter(({ isInOptions }) => !isInOptions).map((one) => [one.id, one]));
        const { identity, signing, age } = await startTenants(
          {
            tenants: Object.fromEntries(listed.map((one) => [one.id, optionsOf(one, delay)])),
            tenantResolver: resolverOf((visitor) => delay((visitor as Visitor).customer)),
            tenantSource: sourceOf(async (id) => {
              const customer = await delay(kept.get(id));
              return customer && optionsOf(customer, delay);
            }),
            claimMapper: class implements ClaimMapper {
              map: ClaimMapper['map'] = (visitor, context) =>
                mapLater('default mapper', delay, visitor, context);
            },
            // Fewer than there are, so that they also come and go.
            maxCachedTenants: 20,
            tenantTimeoutMs: 60_000,
            mapperTimeoutMs: 60_000,
          },
          { providers: mappersFor(delay) },
        );
        isOpen = true;
        const login = async (index: number, number: number): Promise<void> => {
          const visitor: Visitor = { customer: `customer-${index}`, number };
          const user = await identity.identify(visitor, { visitor });
          // Whatever was kept grows old while others are on the way.
          if (number % 10 === 0) age.pass(40);
          expectOwnLogin(await signing.createRedirectUrl(user, { redirect: `/page-${number}` }), visitor);
        };
        const visitUnknown = async (number: number): Promise<void> => {
          const visitor = { customer: `unknown-${number}`, number };
          expect(await errorOf(() => identity.identify(visitor, {}))).toMatchObject({
            code: 'unknown_tenant',
          });
        };
        const unknown = Array.from({ length: 20 }, (_, number) => visitUnknown(number));
        await scheduler.waitFor(Promise.all([...order.map(login), ...unknown]));
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  }, 120_000);
});
