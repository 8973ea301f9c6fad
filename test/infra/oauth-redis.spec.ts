import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { reservePorts } from '../../src/start/reserve-ports.js';
import { BackendProcess } from '../support/backend-process.support.js';
import { DocsLogin } from '../support/oauth-login.support.js';
import { PostgresServer, sharedDatabase } from '../support/postgres.support.js';
import { startRedis, type RedisServer } from '../support/redis.support.js';

const DOCS = 'https://docs.foo.com';
const START_TIMEOUT_MS = 60_000;

describe('two processes of the reference backend with one Redis and one Postgres server', () => {
  let redis: RedisServer;
  let postgres: PostgresServer;
  const processes: BackendProcess[] = [];
  let here: string;
  let there: string;
  let docs: DocsLogin;

  beforeAll(async () => {
    const wanted = ['REDIS', 'POSTGRES', 'HERE', 'THERE'].map((variable) => ({ variable, port: 0 }));
    const ports = await reservePorts(wanted);
    redis = await startRedis(ports.get('REDIS') ?? 0);
    postgres = await PostgresServer.start(ports.get('POSTGRES') ?? 0);
    here = `http://localhost:${ports.get('HERE')}`;
    there = `http://localhost:${ports.get('THERE')}`;
    for (const origin of [here, there]) {
      processes.push(
        new BackendProcess({
          PORT: new URL(origin).port,
          PUBLIC_URL: here, // as behind a load balancer
          REDIS_URL: redis.url,
          ...sharedDatabase(postgres),
          SESSION_SECRET: 'a secret that both processes have, long enough',
          OAUTH_DOCS_URL: DOCS,
        }),
      );
    }
    await Promise.all(processes.map((each) => each.says(/Ctrl-C/)));
    docs = new DocsLogin({ origin: here, redirectUri: `${DOCS}/mintlify-oauth-callback` });
  }, START_TIMEOUT_MS);

  afterAll(async () => {
    for (const { child } of processes) child.kill('SIGKILL');
    await redis?.close();
    await postgres?.close();
  });

  const infoAt = (origin: string, token: string) =>
    fetch(`${origin}/docs/oauth/user-info`, { headers: { authorization: `Bearer ${token}`, origin: DOCS } });

  it('redeem a code of the other process once, and accept the token in both', async () => {
    const request = await docs.begin();
    await request.visitor.logIn('ada@acme.example');
    const { left } = await request.visitor.follow(request.address);
    const answer = await docs.redeem(request, left as URL, there);
    expect(answer.status).toBe(200);
    const { access_token: token } = (await answer.json()) as { access_token: string };
    for (const origin of [here, there]) {
      const info = await infoAt(origin, token);
      expect(await info.json()).toMatchObject({ content: { firstName: 'Ada' } });
    }
    for (const origin of [here, there]) {
      const second = await docs.redeem(request, left as URL, origin);
      expect(await second.json()).toMatchObject({ error: 'invalid_grant' });
    }
  });

  it('redeem a code once, even with simultaneous requests', async () => {
    for (let round = 0; round < 10; round += 1) {
      const request = await docs.begin();
      await request.visitor.logIn('ada@acme.example');
      const { left } = await request.visitor.follow(request.address);
      const answers = await Promise.all(
        [here, there, here, there].map((origin) => docs.redeem(request, left as URL, origin)),
      );
      // Possibly none, if the server has detected the second use and revoked the grant (RFC 6749, section 4.1.2).
      const [first, ...others] = answers.map(({ status }) => status).toSorted((a, b) => a - b);
      expect([200, 400]).toContain(first);
      expect(others).toEqual([400, 400, 400]);
    }
  });

  it('continue a login that started in the other process', async () => {
    const request = await docs.begin();
    const began = await request.visitor.follow(request.address);
    const interaction = began.way.find((path) => path.startsWith('/oauth/interaction/')) ?? '';
    await request.visitor.logIn('grace@globex.example');
    const atOther = await request.visitor.ask(there + interaction);
    const { left } = await request.visitor.follow(atOther.headers.get('location') ?? '');
    expect((await docs.redeem(request, left as URL)).status).toBe(200);
  });

  it('store only entries that expire in Redis', async () => {
    await docs.accessToken('ada@acme.example');
    const client = new Redis(redis.url);
    try {
      const keys = await client.keys('*');
      expect(keys.length).toBeGreaterThan(0);
      for (const key of keys) expect(await client.ttl(key)).toBeGreaterThan(0);
    } finally {
      client.disconnect();
    }
  });
});
