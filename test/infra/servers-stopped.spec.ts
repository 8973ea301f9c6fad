import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { reservePorts } from '../../src/start/reserve-ports.js';
import { BackendProcess } from '../support/backend-process.support.js';
import { readArrival } from '../support/docs-arrival.support.js';
import { DocsLogin } from '../support/oauth-login.support.js';
import { PostgresServer, sharedDatabase } from '../support/postgres.support.js';
import { startRedis, type RedisServer } from '../support/redis.support.js';
import { until } from '../support/until.support.js';

const DOCS = 'https://docs.foo.com';
const TIMES = 3;
const VISITS = 50;
const RECOVERY_LIMIT_MS = 20_000;

jest.setTimeout(120_000);

describe('the reference backend, while its servers are stopped and started,', () => {
  let postgres: PostgresServer;
  let redis: RedisServer;
  let redisPort: number;
  let backend: BackendProcess;
  let origin: string;
  let docs: DocsLogin;
  let cookie: string;

  beforeAll(async () => {
    const wanted = ['POSTGRES', 'REDIS', 'BACKEND'].map((variable) => ({ variable, port: 0 }));
    const ports = await reservePorts(wanted);
    redisPort = ports.get('REDIS') ?? 0;
    [postgres, redis] = await Promise.all([
      PostgresServer.start(ports.get('POSTGRES') ?? 0),
      startRedis(redisPort),
    ]);
    origin = `http://localhost:${ports.get('BACKEND')}`;
    backend = new BackendProcess({
      PORT: new URL(origin).port,
      ...sharedDatabase(postgres),
      REDIS_URL: redis.url,
      SESSION_SECRET: 'a secret of these tests, long enough for HS256',
      OAUTH_DOCS_URL: DOCS,
    });
    await backend.says(/Ctrl-C/);
    docs = new DocsLogin({ origin, redirectUri: `${DOCS}/mintlify-oauth-callback` });
    const login = await logIn();
    cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  });

  afterAll(async () => {
    backend?.child.kill('SIGKILL');
    await postgres?.close();
    await redis?.close();
  });

  const logIn = () =>
    fetch(`${origin}/login`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'ada@acme.example', password: 'docs-demo' }),
      redirect: 'manual',
    });

  const visit = () => fetch(`${origin}/docs-login`, { headers: { cookie }, redirect: 'manual' });

  /** The responses to many simultaneous visits: status, whether there is a Retry-After, whether there is a token. */
  const visitOften = async (): Promise<string[]> => {
    const answers = await Promise.all(
      Array.from({ length: VISITS }, async () => {
        const { status, headers } = await visit();
        const hasToken = readArrival(headers.get('location') ?? '').token !== '';
        return `${status}${headers.has('retry-after') ? ', again' : ''}${hasToken ? ', token' : ''}`;
      }),
    );
    return [...new Set(answers)];
  };

  const expectAlive = (): void => {
    expect(backend.child.exitCode).toBeNull();
    expect(backend.errors).not.toMatch(/Unhandled|uncaught/i);
  };

  it('answers 503 while the database is unavailable, and logs visitors in when it is back', async () => {
    expect(await visitOften()).toEqual(['302, token']);
    for (let time = 0; time < TIMES; time += 1) {
      // Some visits happen during the stop: they get a correct token or none.
      const [during] = await Promise.all([visitOften(), postgres.stop()]);
      expect(during.filter((answer) => !/^(?:302, token|503, again|500)$/.test(answer))).toEqual([]);
      expect(await visitOften()).toEqual(['503, again']);
      expect((await logIn()).status).toBe(503);
      expectAlive();
      await postgres.start();
      await until(async () => (await visit()).status === 302, RECOVERY_LIMIT_MS);
      expect(await visitOften()).toEqual(['302, token']);
    }
  });

  it('continues docs logins while Redis is unavailable, and OAuth when it is back', async () => {
    const token = await docs.accessToken('ada@acme.example');
    const infoStatus = async (accessToken: string): Promise<number> => {
      const headers = { authorization: `Bearer ${accessToken}`, origin: DOCS };
      return (await fetch(`${origin}/docs/oauth/user-info`, { headers })).status;
    };
    expect(await infoStatus(token)).toBe(200);
    for (let time = 0; time < TIMES; time += 1) {
      await redis.close();
      expect(await visitOften()).toEqual(['302, token']);
      // A token is verified with the server's keys, so Redis is not needed for it.
      expect(await infoStatus(token)).toBe(200);
      const request = await docs.begin();
      const { left, page } = await request.visitor.follow(request.address);
      expect([left, page?.status, page?.headers.has('retry-after')]).toEqual([undefined, 503, true]);
      expectAlive();
      redis = await startRedis(redisPort);
      // It reconnects within two seconds.
      await until(async () => {
        const again = await docs.begin();
        await again.visitor.logIn('ada@acme.example');
        return (await again.visitor.follow(again.address)).left !== undefined;
      }, RECOVERY_LIMIT_MS);
      expect(await infoStatus(await docs.accessToken('ada@acme.example'))).toBe(200);
    }
  });
});
