import { afterEach, describe, expect, it } from '@jest/globals';
import { BackendProcess } from '../../support/backend-process.support.js';
import { until } from '../../support/until.support.js';
import { START_TIMEOUT_MS } from './backend-fixture.js';

interface LogLine {
  level: string;
  context?: string;
  message: unknown;
  params?: Record<string, string>;
}

describe('the log of the reference backend', () => {
  const runs: BackendProcess[] = [];

  afterEach(() => {
    for (const { child } of runs.splice(0)) child.kill('SIGKILL');
  });

  const start = (environment: Record<string, string>) => {
    const run = new BackendProcess(environment);
    runs.push(run);
    return run;
  };

  const linesOf = (output: string) =>
    output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);

  it(
    'has one JSON object per line with LOG_FORMAT=json, also for audit events',
    async () => {
      const run = start({ LOG_FORMAT: 'json' });
      await run.says(/Acme Cloud is ready/);
      const backendUrl = linesOf(run.output).find(({ params }) => params)?.params?.['backendUrl'] ?? '';
      const body = new URLSearchParams({ email: 'ada@acme.example', password: 'docs-demo' });
      const login = await fetch(`${backendUrl}/login`, { method: 'POST', body, redirect: 'manual' });
      const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
      await fetch(`${backendUrl}/docs-login`, { headers: { cookie }, redirect: 'manual' });
      await fetch(`${backendUrl}/docs/user-info`, { headers: { origin: 'https://evil.example' } });
      await until(() => run.output.includes('origin_not_allowed'));

      const events = linesOf(run.output).filter(({ context }) => context === 'MintlifyAudit');
      expect(events).toEqual([
        expect.objectContaining({
          level: 'log',
          message: expect.objectContaining({ type: 'playground_keys.issued', outcome: 'ok' }),
        }),
        expect.objectContaining({
          level: 'log',
          message: expect.objectContaining({
            type: 'login.succeeded',
            outcome: 'ok',
            tenantId: 'acme',
            subject: expect.stringMatching(/^[\w-]{22}$/),
          }),
        }),
        expect.objectContaining({
          level: 'warn',
          message: expect.objectContaining({ type: 'user_info.refused', outcome: 'origin_not_allowed' }),
        }),
      ]);
      run.child.kill('SIGTERM');
      expect(await run.ends()).toBe(0);
      expect(() => linesOf(run.output)).not.toThrow();
      expect(run.errors).toBe('');
    },
    START_TIMEOUT_MS,
  );

  it(
    'reports a failed start in one JSON object',
    async () => {
      const run = start({ LOG_FORMAT: 'json', PORT: 'http' });
      expect(await run.ends()).toBe(1);
      expect(linesOf(run.errors)).toEqual([
        expect.objectContaining({ level: 'fatal', message: expect.stringMatching(/^PORT is not a port/) }),
      ]);
    },
    START_TIMEOUT_MS,
  );
});
