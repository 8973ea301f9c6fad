import { sign } from 'node:crypto';
import { it } from '@jest/globals';
import {
  describeFaults,
  FAULTY,
  LAB_KEYS,
  LOGIN,
  mapperWith,
  mapSoundly,
  siteOf,
  SOUND,
  type DesignedAnswer,
  type FaultLab,
  type Visitor,
} from '../support/fault-lab.support.js';

const HOUR_MS = 3_600_000;
const STALE: DesignedAnswer = { status: 503, code: 'token_stale' };

/** Runs with a slow mapper and signer of the faulty tenant, during which a spec can change the clock. */
async function startWithTurns(lab: FaultLab, turns: { inMapper?: () => void; inSigner?: () => void }) {
  await lab.start({
    claimMapper: mapperWith(async (visitor) => {
      await new Promise(setImmediate);
      turns.inMapper?.();
      return mapSoundly(visitor as Visitor);
    }),
    tenants: {
      [SOUND]: siteOf(SOUND),
      [FAULTY]: {
        ...siteOf(FAULTY),
        signingKey: {
          algorithm: 'ES256',
          sign: async (signingInput: Uint8Array) => {
            await new Promise(setImmediate);
            turns.inSigner?.();
            return sign('sha256', signingInput, {
              key: LAB_KEYS.faulty.privateKey,
              dsaEncoding: 'ieee-p1363',
            });
          },
        },
      },
    },
  });
}

const DIRECTIONS = [
  ['forward', HOUR_MS],
  ['back', -HOUR_MS],
] as const;

describeFaults('a clock', (run) => {
  it.each(DIRECTIONS)('that jumps an hour %s between requests does not affect them', (direction, stepMs) =>
    run(async (lab) => {
      await startWithTurns(lab, {});
      const step = (): void => {
        lab.clock.stepMs += stepMs;
      };
      await lab.inject({
        kind: `jumps ${direction} between requests`,
        expected: LOGIN,
        times: 100,
        beforeEach: step,
      });
    }),
  );

  it.each(DIRECTIONS)(
    'that jumps an hour %s during a signature gives 503 and no token',
    (direction, stepMs) =>
      run(async (lab) => {
        const turns: Parameters<typeof startWithTurns>[1] = {};
        await startWithTurns(lab, turns);
        turns.inSigner = () => {
          lab.clock.stepMs += stepMs;
        };
        // One request at a time, so that each jump is in the middle of one signature.
        for (let visit = 0; visit < 50; visit += 1) {
          await lab.injectAlone({ kind: `jumps ${direction} during a signature`, expected: STALE });
          await lab.visitSoundly(1);
        }
        turns.inSigner = undefined;
        await lab.expectRecovery();
      }),
  );

  it.each(DIRECTIONS)(
    'that jumps an hour %s while a mapper runs gives a token with the new time',
    (direction, stepMs) =>
      run(async (lab) => {
        const turns: Parameters<typeof startWithTurns>[1] = {};
        await startWithTurns(lab, turns);
        turns.inMapper = () => {
          lab.clock.stepMs += stepMs;
        };
        for (let visit = 0; visit < 50; visit += 1) {
          await lab.injectAlone({ kind: `jumps ${direction} while a mapper runs`, expected: LOGIN });
          await lab.visitSoundly(1);
        }
      }),
  );

  it('that constantly jumps an hour back and forth gives no wrong token', () =>
    run(async (lab) => {
      const turns: Parameters<typeof startWithTurns>[1] = {};
      await startWithTurns(lab, turns);
      let calls = 0;
      turns.inSigner = () => {
        calls += 1;
        lab.clock.stepMs = calls % 2 === 1 ? HOUR_MS : 0;
      };
      for (let visit = 0; visit < 50; visit += 1) {
        await lab.injectAlone({ kind: 'jumps back and forth', expected: STALE });
      }
      turns.inSigner = undefined;
      await lab.expectRecovery();
    }));

  it('that returns no time gives no token', () =>
    run(async (lab) => {
      await startWithTurns(lab, {});
      const { stepMs } = lab.clock;
      lab.clock.stepMs = Number.NaN;
      // Not even a user can be created, since the end of the session is unknown.
      for (let visit = 0; visit < 50; visit += 1) {
        await lab.injectAlone({
          kind: 'returns no time',
          expected: [STALE, { status: 500, code: 'invalid_user' }],
        });
      }
      lab.clock.stepMs = stepMs;
      await lab.expectRecovery();
    }));
});
