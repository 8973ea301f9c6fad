import 'reflect-metadata';
import { answerParent } from './child-calls.js';
import { startServices, visitorsOf } from './tenant-services.js';

const VISITS_PER_ROUND = 50_000;
const IN_FLIGHT = 32;
const NANOSECONDS_PER_MICROSECOND = 1_000;

/** The functions of a process with loaded tenants. */
export interface TenantCpuCalls {
  load(tenants: number): Promise<void>;
  /** CPU nanoseconds of the whole process per visitor, on average. */
  nanosecondsPerVisit(): Promise<number>;
}

let visit: () => Promise<unknown> = () => Promise.reject(new Error('No tenants are loaded.'));

async function nanosecondsPerVisit(): Promise<number> {
  const start = process.cpuUsage();
  const lane = async (): Promise<void> => {
    for (let visits = 0; visits < VISITS_PER_ROUND / IN_FLIGHT; visits += 1) await visit();
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  const { user, system } = process.cpuUsage(start);
  return ((user + system) * NANOSECONDS_PER_MICROSECOND) / VISITS_PER_ROUND;
}

answerParent<TenantCpuCalls>({
  load: async (tenants) => {
    visit = await visitorsOf(tenants, await startServices());
  },
  nanosecondsPerVisit,
});
