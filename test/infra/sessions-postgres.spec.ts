import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { reservePorts } from '../../src/start/reserve-ports.js';
import { BackendProcess } from '../support/backend-process.support.js';
import { PostgresServer } from '../support/postgres.support.js';

jest.setTimeout(240_000);

describe('two processes of the reference backend with one Postgres server', () => {
  let postgres: PostgresServer;
  let ports: ReadonlyMap<string, number>;
  let here: string;
  let there: string;
  const processes: BackendProcess[] = [];

  const start = async (variable: string, environment: Record<string, string>): Promise<BackendProcess> => {
    const backend = new BackendProcess({
      PORT: String(ports.get(variable)),
      DATABASE_URL: postgres.url,
      SESSION_SECRET: 'a secret that both processes have, long enough',
      TENANT_KEYS_SECRET: 'another secret of these tests, as long as that',
      ...environment,
    });
    processes.push(backend);
    await backend.says(/Ctrl-C/);
    return backend;
  };

  beforeAll(async () => {
    ports = await reservePorts(
      ['POSTGRES', 'HERE', 'THERE'].map((variable) => ({ variable, port: 0, host: '127.0.0.1' })),
    );
    postgres = await PostgresServer.start(ports.get('POSTGRES') ?? 0);
    [here = '', there = ''] = ['HERE', 'THERE'].map((variable) => `http://localhost:${ports.get(variable)}`);
  });

  afterAll(async () => {
    for (const { child } of processes) child.kill('SIGKILL');
    await postgres?.close();
  });

  const logIn = (origin: string) =>
    fetch(`${origin}/login`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'ada@acme.example', password: 'docs-demo' }),
      redirect: 'manual',
    });
  const isLoggedIn = async (origin: string, cookie: string): Promise<boolean> =>
    (await (await fetch(origin, { headers: { cookie } })).text()).includes('Ada Lovelace');

  it('have and print no demo accounts without SEED_DEMO=1', async () => {
    const plain = await start('HERE', {});
    expect(plain.output).not.toMatch(/ada@acme|docs-demo/);
    expect((await logIn(here)).status).toBe(401);
    plain.child.kill('SIGTERM');
    await plain.ends();

    const demo = await start('HERE', { SEED_DEMO: '1' });
    expect(demo.output).toMatch(/ada@acme\.example[^]*docs\n/);
    expect((await logIn(here)).status).toBe(303);
  });

  it('share a session and its logout', async () => {
    const atOther = await start('THERE', {});
    const cookie = (await logIn(here)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect([await isLoggedIn(here, cookie), await isLoggedIn(there, cookie)]).toEqual([true, true]);
    await fetch(`${there}/logout`, { method: 'POST', headers: { cookie }, redirect: 'manual' });
    expect([await isLoggedIn(here, cookie), await isLoggedIn(there, cookie)]).toEqual([false, false]);

    // A process that starts later accepts it too.
    atOther.child.kill('SIGTERM');
    await atOther.ends();
    await start('THERE', {});
    expect(await isLoggedIn(there, cookie)).toBe(false);
  });
});
