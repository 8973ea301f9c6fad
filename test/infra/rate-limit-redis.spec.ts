import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { reservePorts } from '../../src/start/reserve-ports.js';
import { BackendProcess } from '../support/backend-process.support.js';
import { PostgresServer, sharedDatabase } from '../support/postgres.support.js';
import { startRedis, type RedisServer } from '../support/redis.support.js';
import { until } from '../support/until.support.js';

const START_TIMEOUT_MS = 240_000;
const LIMIT = 4;

describe('the rate limits of two processes with one Redis and one Postgres server', () => {
  let redis: RedisServer;
  let postgres: PostgresServer;
  let redisPort: number;
  const processes: BackendProcess[] = [];
  const origins: string[] = [];

  beforeAll(async () => {
    const ports = await reservePorts(
      ['REDIS', 'POSTGRES', 'HERE', 'THERE'].map((variable) => ({ variable, port: 0 })),
    );
    redisPort = ports.get('REDIS') ?? 0;
    redis = await startRedis(redisPort);
    postgres = await PostgresServer.start(ports.get('POSTGRES') ?? 0);
    for (const variable of ['HERE', 'THERE']) {
      const port = String(ports.get(variable));
      origins.push(`http://localhost:${port}`);
      processes.push(
        new BackendProcess({
          PORT: port,
          REDIS_URL: redis.url,
          ...sharedDatabase(postgres),
          SESSION_SECRET: 'a secret that both processes have, long enough',
          LOGIN_LIMIT_PER_ACCOUNT: String(LIMIT),
          DOCS_LIMIT_PER_VISITOR: String(LIMIT),
        }),
      );
    }
    await Promise.all(processes.map((each) => each.says(/Ctrl-C/)));
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    for (const { child } of processes) child.kill('SIGKILL');
    await redis?.close();
    await postgres?.close();
  });

  const at = (index: number) => origins[index % origins.length] ?? '';

  async function logIn(origin: string, email: string, password = 'docs-demo'): Promise<Response> {
    const body = new URLSearchParams({ email, password });
    return fetch(`${origin}/login`, { method: 'POST', body, redirect: 'manual' });
  }

  const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';

  it('apply to both together', async () => {
    const cookie = cookieOf(await logIn(at(0), 'ada@acme.example'));
    const visit = (origin: string) =>
      fetch(`${origin}/docs-login`, { headers: { cookie }, redirect: 'manual' });
    const answers = await Promise.all(Array.from({ length: 4 * LIMIT }, (_, index) => visit(at(index))));
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(LIMIT);
    for (const refused of answers.filter(({ status }) => status !== 302)) {
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    }
  });

  it('count an account name in both', async () => {
    const statuses = [];
    for (let round = 0; round <= LIMIT; round += 1) {
      statuses.push((await logIn(at(round), 'unknown@acme.example', 'wrong')).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 429]);
  });

  it('store only counters that expire in Redis, without account names or addresses', async () => {
    const client = new Redis(redis.url);
    try {
      const keys = await client.keys('acme:limit:*');
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) {
        expect(key).toMatch(/^acme:limit:[0-9a-f]{64}$/);
        const ttlMs = await client.pttl(key);
        expect(ttlMs).toBeGreaterThan(0);
        expect(ttlMs).toBeLessThanOrEqual(60_000);
      }
    } finally {
      client.disconnect();
    }
  });

  it('end after the announced time, and the next request starts a new window', async () => {
    const client = new Redis(redis.url);
    try {
      await client.del(...(await client.keys('acme:limit:*')));
      expect((await logIn(at(1), 'unknown@acme.example', 'wrong')).status).toBe(401);
    } finally {
      client.disconnect();
    }
  });

  it('are counted per process while Redis is unavailable, and together again afterwards', async () => {
    const email = 'grace@globex.example';
    await redis.close();
    const statuses = [];
    for (let round = 0; round <= 2 * LIMIT; round += 1) statuses.push((await logIn(at(round), email)).status);
    expect(statuses).toEqual([...Array.from({ length: 2 * LIMIT }, () => 303), 429]);
    for (const { output } of processes) {
      expect(output.match(/Redis does not answer .* on its own/g)).toHaveLength(1);
    }

    redis = await startRedis(redisPort);
    const client = new Redis(redis.url);
    try {
      const hasCounts = async () => (await client.keys('acme:limit:*')).length > 0;
      await until(async () => {
        await logIn(at(0), 'another@acme.example', 'wrong');
        return hasCounts();
      });
      expect((await logIn(at(0), 'peter@initech.example')).status).toBe(303);
    } finally {
      client.disconnect();
    }
  });
});
