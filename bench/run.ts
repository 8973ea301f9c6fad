import 'reflect-metadata';
import { benchHttp } from './http.js';
import { benchMemory } from './memory.js';
import { printFigures, type BenchFigures } from './print.js';
import { benchSign } from './sign.js';
import { benchStart } from './start.js';
import { benchTenants } from './tenants.js';

const SIGN_ROUNDS = 7;
const HTTP_ROUNDS = 5;
const TENANT_ROUNDS = 7;
const MEMORY_ROUNDS = 7;
const START_ROUNDS = 9;

/** `npm run bench` prints tables, or only one JSON object with `--json`. */
async function run(asJson: boolean): Promise<void> {
  const figures = await measure();
  if (asJson) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else printFigures(figures);
}

/** Runs one benchmark at a time, so that each has the machine to itself. */
async function measure(): Promise<BenchFigures> {
  const sign = await benchSign(SIGN_ROUNDS);
  const login = {
    fastify: await benchHttp('login', 'fastify', HTTP_ROUNDS),
    express: await benchHttp('login', 'express', HTTP_ROUNDS),
  };
  const userInfo = {
    fastify: await benchHttp('userInfo', 'fastify', HTTP_ROUNDS),
    express: await benchHttp('userInfo', 'express', HTTP_ROUNDS),
  };
  return {
    sign,
    http: { fastify: login.fastify.rates, express: login.express.rates },
    userInfo: { fastify: userInfo.fastify.rates, express: userInfo.express.rates },
    cpuMicroseconds: {
      login: { fastify: login.fastify.cpuMicroseconds, express: login.express.cpuMicroseconds },
      userInfo: { fastify: userInfo.fastify.cpuMicroseconds, express: userInfo.express.cpuMicroseconds },
    },
    tenants: await benchTenants(TENANT_ROUNDS),
    memory: {
      login: await benchMemory('login', MEMORY_ROUNDS),
      userInfo: await benchMemory('userInfo', MEMORY_ROUNDS),
    },
    start: await benchStart(START_ROUNDS),
  };
}

void run(process.argv.includes('--json'));
