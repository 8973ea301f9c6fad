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

/** Runs with a mapper and a signer of the faulty tenant that each take a turn, in which a spec may step the clock. */
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
  it.each(DIRECTIONS)('that steps an hour %s between requests harms none of them', (direction, stepMs) =>
    run(async (lab) => {
      await startWithTurns(lab, {});
      const step = (): void => {
        lab.clock.stepMs += stepMs;
      };
      await lab.inject({
        kind: `steps ${direction} between requests`,
        expected: LOGIN,
        times: 100,
        beforeEach: step,
      });
    }),
  );

  it.each(DIRECTIONS)(
    'that steps an hour %s during a signature makes no token, but 503',
    (direction, stepMs) =>
      run(async (lab) => {
        const turns: Parameters<typeof startWithTurns>[1] = {};
        await startWithTurns(lab, turns);
        turns.inSigner = () => {
          lab.clock.stepMs += stepMs;
        };
        // One at a time: a step is in the midst of one signature, and before or after each other one.
        for (let visit = 0; visit < 50; visit += 1) {
          await lab.injectAlone({ kind: `steps ${direction} during a signature`, expected: STALE });
          await lab.visitSoundly(1);
        }
        turns.inSigner = undefined;
        await lab.expectRecovery();
      }),
  );

  it.each(DIRECTIONS)(
    'that steps an hour %s while a mapper works dates the token as it is then',
    (direction, stepMs) =>
      run(async (lab) => {
        const turns: Parameters<typeof startWithTurns>[1] = {};
        await startWithTurns(lab, turns);
        turns.inMapper = () => {
          lab.clock.stepMs += stepMs;
        };
        for (let visit = 0; visit < 50; visit += 1) {
          await lab.injectAlone({ kind: `steps ${direction} while a mapper works`, expected: LOGIN });
          await lab.visitSoundly(1);
        }
      }),
  );

  it('that is set by an hour to and fro all the time makes no token that is not right', () =>
    run(async (lab) => {
      const turns: Parameters<typeof startWithTurns>[1] = {};
      await startWithTurns(lab, turns);
      let calls = 0;
      turns.inSigner = () => {
        calls += 1;
        lab.clock.stepMs = calls % 2 === 1 ? HOUR_MS : 0;
      };
      for (let visit = 0; visit < 50; visit += 1) {
        await lab.injectAlone({ kind: 'is set to and fro', expected: STALE });
      }
      turns.inSigner = undefined;
      await lab.expectRecovery();
    }));

  it('that tells no time makes no token', () =>
    run(async (lab) => {
      await startWithTurns(lab, {});
      const { stepMs } = lab.clock;
      lab.clock.stepMs = Number.NaN;
      // Not even a user can be made: nobody knows when the session would end.
      for (let visit = 0; visit < 50; visit += 1) {
        await lab.injectAlone({
          kind: 'tells no time',
          expected: [STALE, { status: 500, code: 'invalid_user' }],
        });
      }
      lab.clock.stepMs = stepMs;
      await lab.expectRecovery();
    }));
});
