import type { MemoryFigures } from './memory.js';
import type { StartFigures } from './start.js';
import type { TenantFigures, TenantRates } from './tenants.js';

/** Operations per second, or what one of them costs, by contestant; `null` if it cannot run on this machine. */
export type Rates = Readonly<Record<string, number | null>>;

/** The results of one run. */
export interface BenchFigures {
  readonly sign: Rates;
  /** Logins. */
  readonly http: { readonly fastify: Rates; readonly express: Rates };
  readonly userInfo: { readonly fastify: Rates; readonly express: Rates };
  /** Microseconds of the server's CPU per request. */
  readonly cpuMicroseconds: {
    readonly login: { readonly fastify: Rates; readonly express: Rates };
    readonly userInfo: { readonly fastify: Rates; readonly express: Rates };
  };
  readonly tenants: TenantFigures;
  readonly memory: { readonly login: MemoryFigures; readonly userInfo: MemoryFigures };
  readonly start: StartFigures;
}

/** Prints tables for a terminal. */
export function printFigures(figures: BenchFigures): void {
  const { sign, http, userInfo, cpuMicroseconds: cpu, tenants, memory, start } = figures;
  printRates('Signatures per second, 32 in flight', sign);
  printRates('Logins per second on Fastify, 32 connections', http.fastify);
  printRates('Logins per second on Express, 32 connections', http.express);
  printRates('User-info requests per second on Fastify, 32 connections', userInfo.fastify);
  printRates('User-info requests per second on Express, 32 connections', userInfo.express);
  printCosts('Microseconds of CPU per login on Fastify', cpu.login.fastify);
  printCosts('Microseconds of CPU per login on Express', cpu.login.express);
  printCosts('Microseconds of CPU per user-info request on Fastify', cpu.userInfo.fastify);
  printCosts('Microseconds of CPU per user-info request on Express', cpu.userInfo.express);
  printTenants(tenants);
  console.log('\nBytes that a request leaves on the heap until the next major collection, on Fastify');
  printRow('login', memory.login.keptBytes);
  printRow('user info', memory.userInfo.keptBytes);
  console.log('\nMilliseconds of CPU that the library adds to the start of an app');
  printRow('by itself', start.ownMs);
  printRow('with peers', start.withPeersMs);
}

function printRates(title: string, rates: Rates): void {
  const ours = rates.ours ?? 0;
  console.log(`\n${title}`);
  for (const [name, rate] of Object.entries(rates)) {
    const isOpponent = rate !== null && name !== 'ours';
    printRow(name, rate, isOpponent ? `ours is ${(ours / rate).toFixed(2)} ×` : '');
  }
}

function printCosts(title: string, costs: Rates): void {
  const ours = costs.ours ?? 0;
  console.log(`\n${title}`);
  for (const [name, cost] of Object.entries(costs)) {
    const isOpponent = cost !== null && name !== 'ours';
    printRow(name, cost, isOpponent ? `ours is ${(cost / ours).toFixed(2)} × cheaper` : '');
  }
}

function printTenants({ identified, signed, extraMicroseconds, heap }: TenantFigures): void {
  printTenantRates('Visitors identified per second, 32 in flight, by number of tenants', identified);
  printTenantRates('Visitors identified and signed for per second, 32 in flight', signed);
  console.log(
    `\nWith 10,000 tenants, identifying a visitor takes ${extraMicroseconds.toFixed(1)} µs of CPU more`,
  );
  console.log(`A million unknown tenant ids take the heap from ${heap.before} MB to ${heap.after} MB`);
}

function printTenantRates(title: string, { one, tenThousand, ratio }: TenantRates): void {
  console.log(`\n${title}`);
  printRow('1', one);
  printRow('10,000', tenThousand, `${ratio.toFixed(2)} ×`);
}

function printRow(name: string, figure: number | null, note = ''): void {
  const value = figure === null ? 'n/a' : figure.toLocaleString('en-US');
  console.log(`  ${name.padEnd(12)}${value.padStart(10)}   ${note}`.trimEnd());
}
