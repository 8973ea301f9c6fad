import { expect, it, jest } from '@jest/globals';
import {
  TenantRegistry,
  type DocsMode,
  type SigningKeyFunction,
  type TenantOptions,
} from 'nestjs-mintlify-personalization';
import { monotonicClock } from '../../../libs/mintlify-personalization/src/time/monotonic-clock.js';
import { describeOnEveryHost, type Host } from '../../support/apps.support.js';
import { KeyRing } from '../../support/key-ring.support.js';
import { KEYS_BY_MODE } from '../../support/keys.support.js';
import { bearer } from '../../support/sessions.support.js';
import { resolverOf, sourceOf } from '../../support/tenants.support.js';

// Hundreds of logins, on a machine that may do other things meanwhile.
jest.setTimeout(120_000);

const ROTATIONS = 30;
const VISITORS = 6;
const MODES = Object.keys(KEYS_BY_MODE) as DocsMode[];

const tokenOf = (location: string | undefined): string => (location ?? '').split('#')[1] ?? '';

/** Visitors who log in again and again, none waiting for another, until the keys have rotated often enough. */
async function keepLoggingIn(
  host: Host,
  rotate: () => void,
  isDone: () => boolean,
): Promise<{ statuses: Set<number>; tokens: string[] }> {
  const session = await bearer();
  const statuses = new Set<number>();
  const tokens: string[] = [];
  const visit = async (): Promise<void> => {
    while (!isDone()) {
      const response = await host.get('/docs-login?redirect=/a', session);
      statuses.add(response.status);
      tokens.push(tokenOf(response.get('location')));
      if (tokens.length % VISITORS === 0) rotate();
    }
  };
  await Promise.all(Array.from({ length: VISITORS }, visit));
  return { statuses, tokens };
}

describeOnEveryHost('docs login while keys rotate', ({ boot }) => {
  it.each(MODES)(
    'is never refused, and each token names the key that signed it: a function, %s',
    async (mode) => {
      let laterMs = 0;
      const startMs = monotonicClock.now();
      const clock = jest.spyOn(monotonicClock, 'now').mockImplementation(() => startMs + laterMs);
      try {
        const ring = new KeyRing(mode);
        const signingKey = jest.fn<SigningKeyFunction>(() => Promise.resolve(ring.next()));
        const host = await boot({ options: { mode, signingKey, signingKeyMaxAgeSeconds: 60 } });
        const { statuses, tokens } = await keepLoggingIn(
          host,
          () => {
            laterMs += 60_000;
          },
          () => ring.pairs.length > ROTATIONS,
        );
        expect([...statuses]).toEqual([302]);
        const signers = tokens.map((token) => ring.signerOf(token));
        expect(new Set(signers).size).toBeGreaterThan(ROTATIONS / 2);
        expect(host.logs.text).not.toMatch(/error|warn/);
      } finally {
        clock.mockRestore();
      }
    },
  );

  it('goes on with the old key while the new one cannot be read, and says so in the log', async () => {
    let laterMs = 0;
    const startMs = monotonicClock.now();
    const clock = jest.spyOn(monotonicClock, 'now').mockImplementation(() => startMs + laterMs);
    try {
      const ring = new KeyRing('authentication');
      const signingKey = jest.fn<SigningKeyFunction>(() => ring.next());
      const host = await boot({ options: { mode: 'authentication', signingKey } });
      const login = async (): Promise<number> => {
        const response = await host.get('/docs-login', await bearer()).expect(302);
        return ring.signerOf(tokenOf(response.get('location')));
      };
      signingKey.mockImplementationOnce(() => Promise.reject(new Error('canary')));
      laterMs += 300_000;
      expect([await login(), await login()]).toEqual([0, 0]);
      expect(host.logs.text).toMatch(/error The signing key could not be read again/);
      expect(host.logs.text).not.toContain('canary');
      expect(signingKey).toHaveBeenCalledTimes(2);
      laterMs += 5_000;
      await login();
      expect(await login()).toBe(1);
    } finally {
      clock.mockRestore();
    }
  });

  it.each(MODES)(
    'is never refused, and each token is as new as its request: a tenant source, %s',
    async (mode) => {
      const ring = new KeyRing(mode);
      let options: TenantOptions = {};
      const change = (): void => {
        options = { docsUrl: 'https://docs.tenant.example', mode, signingKey: ring.next() };
      };
      change();
      const host = await boot({
        options: {
          tenantResolver: resolverOf(() => 'tenant'),
          tenantSource: sourceOf(() => Promise.resolve(options)),
        },
      });
      const { statuses, tokens } = await keepLoggingIn(
        host,
        () => {
          change();
          host.app.get(TenantRegistry, { strict: false }).invalidate('tenant');
        },
        () => ring.pairs.length > ROTATIONS,
      );
      expect([...statuses]).toEqual([302]);
      const signers = tokens.map((token) => ring.signerOf(token));
      expect(new Set(signers).size).toBeGreaterThan(ROTATIONS / 2);
      const response = await host.get('/docs-login', await bearer()).expect(302);
      expect(ring.signerOf(tokenOf(response.get('location')))).toBe(ring.pairs.length - 1);
      expect(host.logs.text).not.toMatch(/error|warn/);
    },
  );
});
