import { describe, expect, it } from '@jest/globals';
import { decodeJwt, jwtVerify, type JWTPayload } from 'jose';
import { BackendProcess } from '../support/backend-process.support.js';
import { readArrival } from '../support/docs-arrival.support.js';
import { ledger } from '../support/fault-ledger.support.js';
import { ecPair, pkcs8 } from '../support/keys.support.js';
import { SteadyLoad, type Outcome } from '../support/steady-load.support.js';

const RATE_PER_SECOND = 500;
const LONGEST_END_MS = 10_000;
/** The embedded database takes seconds to start. */
const BACKEND_TIMEOUT_MS = 120_000;
const KEYS = ecPair();

interface Claims extends JWTPayload {
  readonly content?: { readonly name?: string; readonly firstName?: string };
}

/** Visitors with a wrong token, or with that of another visitor. */
async function findWrong(
  outcomes: readonly Outcome[],
  isOwn: (claims: Claims, name: string) => boolean,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { name, location } of outcomes) {
    const { token } = readArrival(location);
    // Verified with the time of its creation, since this runs after the process ended.
    const { iat = 0 } = decodeJwt(token);
    const options = { algorithms: ['ES256'], currentDate: new Date(iat * 1_000) };
    const verified = await jwtVerify<Claims>(token, KEYS.publicKey, options).catch(() => undefined);
    const isRight = verified !== undefined && isOwn(verified.payload, name);
    ledger.addToken(isRight);
    if (!isRight) wrong.push(name);
  }
  return wrong;
}

/** Stops a process during a steady load, and returns the outcome of each request. */
async function endUnderLoad(backend: BackendProcess, load: SteadyLoad, answers: number): Promise<Outcome[]> {
  try {
    load.start();
    await load.reaches(answers);
    const ended = backend.ends();
    const start = performance.now();
    backend.child.kill('SIGTERM');
    await ended;
    expect(performance.now() - start).toBeLessThan(LONGEST_END_MS);
    ledger.addInjections('a process: SIGTERM under load', 1);
  } finally {
    backend.child.kill('SIGKILL');
    await load.stop();
  }
  expect(load.outcomes.filter(({ isHalf }) => isHalf)).toEqual([]);
  return load.outcomes;
}

describe('SIGTERM at 500 requests per second', () => {
  it.each(['Express', 'Fastify'])(
    'finishes all open requests, then exits within ten seconds (%s)',
    async (platform) => {
      const command = [process.execPath, 'test/faults/shutdown.app.js', platform];
      const backend = new BackendProcess({ SIGNING_KEY: pkcs8(KEYS) }, command);
      const [, url = ''] = await backend.says(/Backend (\S+)/);
      const headersFor = (name: string) => ({ 'x-visitor': name });
      const outcomes = await endUnderLoad(
        backend,
        new SteadyLoad(`${url}/docs-login`, RATE_PER_SECOND, headersFor),
        RATE_PER_SECOND,
      );
      const [, names = ''] = await backend.says(/Being answered: (.*)\./);
      const begun = new Set(names.split(' '));
      expect(begun.size).toBeGreaterThan(10);
      expect(outcomes.filter(({ name, status }) => begun.has(name) && status !== 302)).toEqual([]);
      const arrived = outcomes.filter(({ status }) => status === 302);
      expect(await findWrong(arrived, ({ content }, name) => content?.name === name)).toEqual([]);
      expect(backend.errors).toBe('');
    },
  );

  it(
    'stops the reference backend within ten seconds, without truncated responses',
    async () => {
      const backend = new BackendProcess({
        DOCS_URL: 'https://docs.acme.example',
        MINTLIFY_PRIVATE_KEY: pkcs8(KEYS),
      });
      const [, url = ''] = await backend.says(/Backend +(\S+)[^]*Ctrl-C/);
      const login = await fetch(`${url}/login`, {
        method: 'POST',
        body: new URLSearchParams({ email: 'ada@acme.example', password: 'docs-demo' }),
        redirect: 'manual',
      });
      const cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      const outcomes = await endUnderLoad(
        backend,
        new SteadyLoad(`${url}/docs-login`, RATE_PER_SECOND, () => ({ cookie })),
        // It needs two queries on the embedded database per request, so it handles only some of them.
        20,
      );
      expect([...new Set(outcomes.map(({ status }) => status))].filter((status) => status !== 302)).toEqual(
        outcomes.some(({ status }) => status === undefined) ? [undefined] : [],
      );
      const arrived = outcomes.filter(({ status }) => status === 302);
      expect(await findWrong(arrived, ({ content }) => content?.firstName === 'Ada')).toEqual([]);
      expect([backend.child.exitCode, backend.errors]).toEqual([0, '']);
    },
    BACKEND_TIMEOUT_MS,
  );
});
