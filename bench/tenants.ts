import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MintlifyPersonalizationError } from 'nestjs-mintlify-personalization';
import { Child } from './child-calls.js';
import { inFlight, interleave, type Contestant } from './rounds.js';
import type { TenantCpuCalls } from './tenant-cpu.js';
import { startServices, visitorsOf } from './tenant-services.js';

const MANY = 10_000;
const UNKNOWN_IDS = 1_000_000;
/** The number of concurrent calls of a tenant source that the library allows. */
const AT_ONCE = 64;
const MEGABYTE = 2 ** 20;
const NANOSECONDS_PER_MICROSECOND = 1_000;

/** Visitors per second, 32 in flight, with one tenant and with 10,000. */
export interface TenantRates {
  readonly one: number | null;
  readonly tenThousand: number | null;
  /** The second divided by the first: 1 if the number of tenants costs nothing. */
  readonly ratio: number;
}

/** What many tenants cost. */
export interface TenantFigures {
  /** Only finding the tenant, its mapper and the validation. */
  readonly identified: TenantRates;
  /** The same plus a token: the cost of a login. */
  readonly signed: TenantRates;
  /** Additional microseconds of CPU to identify a visitor with 10,000 tenants instead of one. */
  readonly extraMicroseconds: number;
  /** Megabytes in use before and after visitors of a million unknown tenants. */
  readonly heap: { readonly before: number; readonly after: number };
}

/** Compares visitors of one tenant with visitors of 10,000, and measures what a million unknown ids leave behind. */
export async function benchTenants(rounds: number): Promise<TenantFigures> {
  const extraMicroseconds = await benchExtraCpu(rounds);
  const contestants = {
    one: await identifying(1),
    tenThousand: await identifying(MANY),
    oneSigned: await signing(1),
    tenThousandSigned: await signing(MANY),
  };
  const figures = await interleave(contestants, rounds);
  return {
    identified: compare(figures.one, figures.tenThousand),
    signed: compare(figures.oneSigned, figures.tenThousandSigned),
    extraMicroseconds,
    heap: await heapOfUnknownIds(),
  };
}

function compare(one: number | null, tenThousand: number | null): TenantRates {
  return { one, tenThousand, ratio: Number(((tenThousand ?? 0) / (one ?? 0)).toFixed(2)) };
}

async function identifying(tenants: number): Promise<Contestant> {
  return inFlight(await visitorsOf(tenants, await startServices()));
}

async function signing(tenants: number): Promise<Contestant> {
  const services = await startServices();
  const identify = await visitorsOf(tenants, services);
  return inFlight(async () => services.signing.sign(await identify()));
}

/** Each number of tenants has its own process, so that neither pays for the garbage of the other. */
async function benchExtraCpu(rounds: number): Promise<number> {
  const startChild = () => new Child<TenantCpuCalls>(new URL('tenant-cpu.js', import.meta.url));
  const [few, many] = [startChild(), startChild()];
  try {
    await few.call('load', 1);
    await many.call('load', MANY);
    const contestants = {
      one: () => few.call('nanosecondsPerVisit'),
      tenThousand: () => many.call('nanosecondsPerVisit'),
    };
    const { one, tenThousand } = await interleave(contestants, rounds);
    return ((tenThousand ?? 0) - (one ?? 0)) / NANOSECONDS_PER_MICROSECOND;
  } finally {
    few.stop();
    many.stop();
  }
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
    throw new Error(`unknown-${number} is a tenant, so the figure would be meaningless.`);
  };
  const before = await heapInUse();
  for (let from = 0; from < UNKNOWN_IDS; from += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => visit(from + index)));
  }
  return { before, after: await heapInUse() };
}

/** Megabytes with one decimal. */
async function heapInUse(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round += 1) {
    await new Promise(setImmediate);
    collectGarbage();
  }
  return Number((process.memoryUsage().heapUsed / MEGABYTE).toFixed(1));
}
