import 'reflect-metadata';
import { benchHttp } from './http.js';
import { benchSign } from './sign.js';
import { benchTenants, type TenantFigures, type TenantRates } from './tenants.js';

const SIGN_ROUNDS = 9;
const HTTP_ROUNDS = 5;
const TENANT_ROUNDS = 9;

type Figures = Record<string, number | null>;

/** `npm run bench` prints a table; with `--json`, one JSON object and nothing else. */
async function run(asJson: boolean): Promise<void> {
  const sign = await benchSign(SIGN_ROUNDS);
  const http = {
    fastify: await benchHttp('login', 'fastify', HTTP_ROUNDS),
    express: await benchHttp('login', 'express', HTTP_ROUNDS),
  };
  const userInfo = {
    fastify: await benchHttp('user-info', 'fastify', HTTP_ROUNDS),
    express: await benchHttp('user-info', 'express', HTTP_ROUNDS),
  };
  const tenants = await benchTenants(TENANT_ROUNDS);
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ sign, http, userInfo, tenants })}\n`);
    return;
  }
  print('Signatures a second, 32 in flight', sign);
  print('Logins a second on Fastify, 32 connections', http.fastify);
  print('Logins a second on Express, 32 connections', http.express);
  print('Users told a second on Fastify, 32 connections', userInfo.fastify);
  print('Users told a second on Express, 32 connections', userInfo.express);
  printTenants(tenants);
}

function print(title: string, figures: Figures): void {
  const ours = figures.ours ?? 0;
  console.log(`\n${title}`);
  for (const [name, figure] of Object.entries(figures)) {
    const value = figure === null ? 'not here' : figure.toLocaleString('en-US');
    const ratio = figure === null ? '' : `ours is ${(ours / figure).toFixed(2)} ×`;
    console.log(`  ${name.padEnd(12)}${value.padStart(10)}   ${name === 'ours' ? '' : ratio}`);
  }
}

function printTenants({ identified, signed, heap }: TenantFigures): void {
  printRates('Visitors identified a second, 32 in flight, by the number of tenants', identified);
  printRates('Visitors identified and signed for a second, 32 in flight', signed);
  console.log(`\nA million unknown tenant ids take the heap from ${heap.before} MB to ${heap.after} MB`);
}

function printRates(title: string, { one, tenThousand, ratio }: TenantRates): void {
  console.log(`\n${title}`);
  console.log(`  ${'1'.padEnd(12)}${(one ?? 0).toLocaleString('en-US').padStart(10)}`);
  console.log(
    `  ${'10,000'.padEnd(12)}${(tenThousand ?? 0).toLocaleString('en-US').padStart(10)}   ${ratio.toFixed(2)} ×`,
  );
}

void run(process.argv.includes('--json'));
