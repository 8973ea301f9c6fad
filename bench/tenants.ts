import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { generateKeyPairSync } from 'node:crypto';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  IdentityService,
  MintlifyPersonalizationError,
  MintlifyPersonalizationModule,
  MintlifySigningService,
  type ClaimMapper,
  type MintlifyUser,
  type TenantOptions,
  type TenantResolver,
  type TenantSource,
} from 'nestjs-mintlify-personalization';
import { inFlight, interleave, type Contestant } from './rounds.js';

const MANY = 10_000;
const UNKNOWN_IDS = 1_000_000;
const AT_ONCE = 1_000;
const MEGABYTE = 2 ** 20;

/** Visitors a second, 32 in flight, where the tenant source has one tenant, and where it has 10,000. */
export interface TenantRates {
  readonly one: number | null;
  readonly tenThousand: number | null;
  /** The second by the first: 1 where the number of tenants costs nothing. */
  readonly ratio: number;
}

/** What tenants cost as they become many. */
export interface TenantFigures {
  /** The way to the tenant, its mapper and its validator, and nothing else. */
  readonly identified: TenantRates;
  /** The same and a token: what a login costs. */
  readonly signed: TenantRates;
  /** Megabytes in use before and after visitors of a million tenants that do not exist. */
  readonly heap: { readonly before: number; readonly after: number };
}

/** As small a user as can be, so that the way to the tenant is measured. */
class BenchMapper implements ClaimMapper {
  map(): MintlifyUser {
    return {};
  }
}

class BenchResolver implements TenantResolver<string> {
  resolve(principal: string): string {
    return principal;
  }
}

/** Knows `tenant-0` and so on; nobody else. */
class BenchSource implements TenantSource {
  load(tenantId: string): Promise<TenantOptions | undefined> {
    const isKnown = tenantId.startsWith('tenant-');
    return Promise.resolve(isKnown ? { docsUrl: `https://${tenantId}.foo.com` } : undefined);
  }
}

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      signingKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
      handshakes: { jwt: { guards: [] } },
      claimMapper: BenchMapper,
      tenantResolver: BenchResolver,
      tenantSource: BenchSource,
    }),
  ],
})
class BenchModule {}

/** Visitors of one tenant against visitors of 10,000, in one run; and what a million unknown ids leave behind. */
export async function benchTenants(rounds: number): Promise<TenantFigures> {
  const contestants = {
    one: await visitorsOf(1, false),
    tenThousand: await visitorsOf(MANY, false),
    oneSigned: await visitorsOf(1, true),
    tenThousandSigned: await visitorsOf(MANY, true),
  };
  const figures = await interleave(contestants, rounds);
  return {
    identified: compare(figures.one, figures.tenThousand),
    signed: compare(figures.oneSigned, figures.tenThousandSigned),
    heap: await heapOfUnknownIds(),
  };
}

function compare(one: number | null, tenThousand: number | null): TenantRates {
  return { one, tenThousand, ratio: Number(((tenThousand ?? 0) / (one ?? 0)).toFixed(2)) };
}

async function visitorsOf(tenants: number, isSigned: boolean): Promise<Contestant> {
  const { identity, signing } = await startServices();
  const ids = Array.from({ length: tenants }, (_, index) => `tenant-${index}`);
  for (const id of ids) await identity.identify(id, {});
  let visits = 0;
  return inFlight(async () => {
    // A prime step: all of them come, and never two neighbours in a row.
    visits = (visits + 7_919) % tenants;
    const user = await identity.identify(ids[visits] ?? '', {});
    if (isSigned) await signing.sign(user);
  });
}

async function heapOfUnknownIds(): Promise<{ before: number; after: number }> {
  const { identity } = await startServices();
  const visit = async (number: number): Promise<void> => {
    try {
      await identity.identify(`unknown-${number}`, {});
    } catch (error) {
      if (error instanceof MintlifyPersonalizationError && error.code === 'unknown_tenant') return;
      throw error;
    }
    throw new Error(`unknown-${number} is a tenant: the figure would mean nothing.`);
  };
  const before = await heapInUse();
  for (let from = 0; from < UNKNOWN_IDS; from += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => visit(from + index)));
  }
  return { before, after: await heapInUse() };
}

async function startServices(): Promise<{ identity: IdentityService; signing: MintlifySigningService }> {
  const app = await NestFactory.createApplicationContext(BenchModule, { logger: false });
  return {
    identity: app.get(IdentityService, { strict: false }),
    signing: app.get(MintlifySigningService, { strict: false }),
  };
}

/** Megabytes, one decimal. */
async function heapInUse(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round += 1) {
    await new Promise(setImmediate);
    collectGarbage();
  }
  return Number((process.memoryUsage().heapUsed / MEGABYTE).toFixed(1));
}
