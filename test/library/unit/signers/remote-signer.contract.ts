import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RemoteTokenSigner, RemoteTokenSignerOptions } from 'nestjs-mintlify-personalization/aws-kms';
import { MintlifyPersonalizationError } from '../../../../libs/mintlify-personalization/src/errors.js';
import type { FaultyServer, ReceivedRequest } from '../../../support/faulty-server.support.js';
import { errorOf } from '../../../support/modules.support.js';
import { inspectAll, PATIENT, signAndVerify, signingInputOf } from '../../../support/remote-signers.support.js';
import { until } from '../../../support/until.support.js';

/** A key service on this machine, and how a signer of it is made. */
export interface Harness<Fault extends string> {
  readonly serve: () => Promise<FaultyServer<Fault> & { readonly signRequests: ReceivedRequest[] }>;
  readonly start: (url: string, options: RemoteTokenSignerOptions) => Promise<RemoteTokenSigner>;
  /** What may be over in a moment. */
  readonly passing: readonly Fault[];
  /** What another try would only repeat. */
  readonly lasting: readonly Fault[];
}

/** So long that only a service that hangs reaches it. */
const AMPLE_MS = 20_000;
/** So short that waiting for it is no burden, and an answer from this machine still comes in time. */
const SHORT_MS = 250;
const SECRET = /topsecret|AKIA|dG9wc2VjcmV0|eyJ/i;

/** Holds a key service's signer to what all of them promise when the service fails. */
export function describeRemoteSigner<Fault extends string>(service: string, harness: Harness<Fault>): void {
  describe(`A signer of ${service}`, () => {
    type Server = Awaited<ReturnType<typeof harness.serve>>;
    const opened: Server[] = [];

    const start = async (
      options: RemoteTokenSignerOptions = {},
    ): Promise<{ server: Server; signer: RemoteTokenSigner }> => {
      const server = await harness.serve();
      opened.push(server);
      const signer = await harness.start(server.url, { attemptTimeoutMs: AMPLE_MS, ...options });
      server.requests.length = 0; // the ones of its start
      return { server, signer };
    };
    const sign = (signer: RemoteTokenSigner, signal = PATIENT): Promise<Uint8Array> =>
      Promise.resolve(signer.sign(signingInputOf(signer), signal));

    beforeEach(() => {
      // Time moves when a test says so; the network's own timers are left alone.
      jest.useFakeTimers({
        doNotFake: [
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'setImmediate',
          'clearImmediate',
          'nextTick',
          'queueMicrotask',
          'hrtime',
        ],
      });
    });
    afterEach(async () => {
      jest.useRealTimers();
      await Promise.all(opened.splice(0).map((server) => server.close()));
    });

    it('makes tokens that verify, with one request each', async () => {
      const { server, signer } = await start();
      await expect(signAndVerify(signer)).resolves.toBeDefined();
      await expect(signAndVerify(signer)).resolves.toBeDefined();
      expect(server.requests).toHaveLength(2);
      expect(server.signRequests).toHaveLength(2);
    });

    it('makes many tokens at once', async () => {
      const { signer } = await start();
      const inputs = Array.from({ length: 100 }, (_, index) => signingInputOf(signer, index));
      await expect(Promise.all(inputs.map((input) => signAndVerify(signer, input)))).resolves.toHaveLength(
        100,
      );
    });

    it.each(['hang', 'stall'] as const)('tries twice a service that does %s, and says so', async (fault) => {
      const { server, signer } = await start({ attemptTimeoutMs: SHORT_MS });
      server.fault = fault;
      const error = await errorOf(() => sign(signer));
      expect(error).toMatchObject({ code: 'signer_timeout', message: expect.stringContaining('250 ms') });
      expect(server.requests).toHaveLength(2);
    });

    it.each([...harness.passing, 'reset', 'garbage'] as const)(
      'tries twice where the service answers with %s, and says so',
      async (fault) => {
        const { server, signer } = await start();
        server.fault = fault;
        expect(await errorOf(() => sign(signer))).toMatchObject({ code: 'signer_failed' });
        expect(server.requests).toHaveLength(2);
      },
    );

    it.each([...harness.passing, 'reset', 'garbage'] as const)(
      'makes a token where the service answers once with %s',
      async (fault) => {
        const { server, signer } = await start();
        server.nextFaults = [fault];
        await expect(signAndVerify(signer)).resolves.toBeDefined();
        expect(server.requests).toHaveLength(2);
      },
    );

    it.each(['hang', 'stall'] as const)('makes a token where the service does %s once', async (fault) => {
      const { server, signer } = await start({ attemptTimeoutMs: SHORT_MS });
      server.nextFaults = [fault];
      await expect(signAndVerify(signer)).resolves.toBeDefined();
      expect(server.requests).toHaveLength(2);
    });

    it.each(harness.lasting)(
      'tries once where the service answers with %s, and makes no token',
      async (fault) => {
        const { server, signer } = await start();
        server.fault = fault;
        expect(await errorOf(() => sign(signer))).toMatchObject({ code: 'signer_failed' });
        expect(server.requests).toHaveLength(1);
      },
    );

    it.each([...harness.passing, ...harness.lasting, 'reset', 'garbage', 'hang'] as const)(
      'shows no secret in its error when the service answers with %s',
      async (fault) => {
        const { server, signer } = await start({ attemptTimeoutMs: SHORT_MS, breakerFailures: 1 });
        server.fault = fault;
        const failed = await errorOf(() => sign(signer));
        const unavailable = await errorOf(() => sign(signer));
        expect(unavailable).toMatchObject({ code: 'signer_unavailable' });
        for (const error of [failed, unavailable]) {
          expect(error).toBeInstanceOf(MintlifyPersonalizationError);
          expect(inspectAll(error)).not.toMatch(SECRET);
        }
      },
    );

    it('shows no secret when it is inspected', async () => {
      const { signer } = await start({ keyId: 'docs-2026' });
      expect(inspectAll(signer)).toContain('docs-2026');
      expect(inspectAll(signer)).not.toMatch(SECRET);
    });

    it('leaves a service alone that failed often, and asks again when the pause is over', async () => {
      const { server, signer } = await start({ breakerFailures: 3, breakerPauseMs: 5_000 });
      server.fault = harness.lasting[0];
      for (let failures = 0; failures < 3; failures += 1) {
        expect(await errorOf(() => sign(signer))).toMatchObject({ code: 'signer_failed' });
      }
      expect(server.requests).toHaveLength(3);
      expect(await errorOf(() => sign(signer))).toMatchObject({ code: 'signer_unavailable' });
      jest.advanceTimersByTime(4_999);
      server.fault = undefined;
      expect(await errorOf(() => sign(signer))).toMatchObject({ code: 'signer_unavailable' });
      expect(server.requests).toHaveLength(3);
      jest.advanceTimersByTime(1);
      await expect(signAndVerify(signer)).resolves.toBeDefined();
      await expect(signAndVerify(signer)).resolves.toBeDefined();
      expect(server.requests).toHaveLength(5);
    });

    it('counts failures in a row: a token between them begins anew', async () => {
      const { server, signer } = await start({ breakerFailures: 2 });
      for (let round = 0; round < 3; round += 1) {
        server.nextFaults = harness.lasting.slice(0, 1);
        expect(await errorOf(() => sign(signer))).toMatchObject({ code: 'signer_failed' });
        await expect(signAndVerify(signer)).resolves.toBeDefined();
      }
    });

    it('goes on leaving it alone when it fails again after the pause', async () => {
      const { server, signer } = await start({ breakerFailures: 1, breakerPauseMs: 5_000 });
      server.fault = harness.lasting[0];
      await errorOf(() => sign(signer));
      jest.advanceTimersByTime(5_000);
      expect(await errorOf(() => sign(signer))).toMatchObject({ code: 'signer_failed' });
      expect(await errorOf(() => sign(signer))).toMatchObject({ code: 'signer_unavailable' });
      jest.advanceTimersByTime(4_999);
      expect(await errorOf(() => sign(signer))).toMatchObject({ code: 'signer_unavailable' });
      expect(server.requests).toHaveLength(2);
    });

    it('sends one request after the pause, and answers all others at once meanwhile', async () => {
      const { server, signer } = await start({ breakerFailures: 1, attemptTimeoutMs: SHORT_MS });
      server.fault = harness.lasting[0];
      await errorOf(() => sign(signer));
      jest.advanceTimersByTime(5_000);
      server.nextFaults = ['hang'];
      server.fault = undefined;
      const first = sign(signer);
      const others = [1, 2, 3].map(() => errorOf(() => sign(signer)));
      for (const error of await Promise.all(others))
        expect(error).toMatchObject({ code: 'signer_unavailable' });
      expect(server.requests.length).toBeLessThanOrEqual(2);
      await expect(first).resolves.toHaveLength(64);
    });

    it('measures the pause by a clock that nobody sets', async () => {
      const { server, signer } = await start({ breakerFailures: 1, breakerPauseMs: 5_000 });
      server.fault = harness.lasting[0];
      await errorOf(() => sign(signer));
      server.fault = undefined;
      const now = Date.now();
      jest.setSystemTime(now + 3_600_000);
      expect(await errorOf(() => sign(signer))).toMatchObject({ code: 'signer_unavailable' });
      jest.setSystemTime(now - 3_600_000);
      jest.advanceTimersByTime(5_000);
      await expect(signAndVerify(signer)).resolves.toBeDefined();
    });

    it('stands alone: the trouble of one is none of another', async () => {
      const [first, second] = [await start({ breakerFailures: 1 }), await start({ breakerFailures: 1 })];
      first.server.fault = harness.lasting[0];
      await errorOf(() => sign(first.signer));
      expect(await errorOf(() => sign(first.signer))).toMatchObject({ code: 'signer_unavailable' });
      await expect(signAndVerify(second.signer)).resolves.toBeDefined();
    });

    it('stops at once when its caller gives up, hangs up and tries no more', async () => {
      const { server, signer } = await start();
      server.fault = 'hang';
      const caller = new AbortController();
      const signing = errorOf(() => sign(signer, caller.signal));
      await until(() => server.requests.length === 1);
      const reason = new MintlifyPersonalizationError('signer_timeout', 'It took too long.');
      caller.abort(reason);
      expect(await signing).toBe(reason);
      await until(() => server.requests.every(({ isAbandoned }) => isAbandoned));
      expect(server.requests).toHaveLength(1);
    });

    it('counts a caller who gave up as a failure of the service', async () => {
      const { server, signer } = await start({ breakerFailures: 1 });
      server.fault = 'hang';
      const caller = new AbortController();
      const signing = errorOf(() => sign(signer, caller.signal));
      await until(() => server.requests.length === 1);
      caller.abort(new Error('topsecret'));
      const error = await signing;
      expect(error).toMatchObject({ code: 'signer_timeout' });
      expect(inspectAll(error)).not.toMatch(SECRET);
      expect(await errorOf(() => sign(signer))).toMatchObject({ code: 'signer_unavailable' });
    });

    it('asks nothing for a caller who has given up already', async () => {
      const { server, signer } = await start();
      expect(await errorOf(() => sign(signer, AbortSignal.abort()))).toMatchObject({
        code: 'signer_timeout',
      });
      expect(server.requests).toHaveLength(0);
    });

    it('signs nothing once it is closed', async () => {
      const { server, signer } = await start();
      signer.close();
      expect(await errorOf(() => sign(signer))).toMatchObject({ code: 'signer_failed' });
      expect(server.requests).toHaveLength(0);
    });

    it.each([...harness.passing, 'reset', 'garbage'] as const)(
      'starts though the service answers once with %s',
      async (fault) => {
        const server = await harness.serve();
        opened.push(server);
        server.nextFaults = [fault, undefined, fault];
        const signer = await harness.start(server.url, {});
        await expect(signAndVerify(signer)).resolves.toBeDefined();
      },
    );

    it('does not start while the service is down, and says so without a secret', async () => {
      const server = await harness.serve();
      opened.push(server);
      server.fault = 'hang';
      const error = await errorOf(() => harness.start(server.url, { startTimeoutMs: SHORT_MS }));
      expect(error).toMatchObject({ code: 'signer_timeout' });
      expect(inspectAll(error)).not.toMatch(SECRET);
      expect(server.requests).toHaveLength(2);
    });

    it.each(harness.lasting)('does not start where its first signature comes as %s', async (fault) => {
      const server = await harness.serve();
      opened.push(server);
      server.nextFaults = [undefined, fault];
      const error = await errorOf(() => harness.start(server.url, {}));
      expect(error).toMatchObject({ code: 'invalid_signing_key' });
      expect(inspectAll(error)).not.toMatch(SECRET);
    });

    it.each([
      ['attemptTimeoutMs', 0],
      ['attemptTimeoutMs', 60_001],
      ['startTimeoutMs', 1.5],
      ['breakerFailures', '5'],
      ['breakerPauseMs', NaN],
      ['keyId', ' '],
      ['attemptTimeout', 100],
    ])('does not start with %s: %j', async (option, value) => {
      const error = await errorOf(() => harness.start('http://127.0.0.1:1', { [option]: value }));
      expect(error).toMatchObject({ code: 'invalid_option', message: expect.stringContaining(option) });
    });
  });
}
