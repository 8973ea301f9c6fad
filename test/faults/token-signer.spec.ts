import { sign } from 'node:crypto';
import { it } from '@jest/globals';
import type { TokenSigner } from 'nestjs-mintlify-personalization';
import {
  describeFaults,
  FAULTY,
  LAB_KEYS,
  LOGIN,
  siteOf,
  SOUND,
  type DesignedAnswer,
} from '../support/fault-lab.support.js';

const SIGNER_TIMEOUT_MS = 25;
const SECRET = 'topsecret';
const FAILED: DesignedAnswer = { status: 503, code: 'signer_failed' };
const LATE: DesignedAnswer = { status: 503, code: 'signer_timeout' };

type Sign = (signingInput: Uint8Array, signal: AbortSignal) => unknown;

const signWell = (signingInput: Uint8Array): Buffer =>
  sign('sha256', signingInput, { key: LAB_KEYS.faulty.privateKey, dsaEncoding: 'ieee-p1363' });

const fail = (): never => {
  throw new Error(SECRET);
};
const never = (): Promise<never> => new Promise(() => undefined);

const FAULTS: [kind: string, sign: Sign, expected: DesignedAnswer][] = [
  ['throws', fail, FAILED],
  ['throws nothing', () => Promise.reject(undefined), FAILED],
  [
    'rejects with a proxy that throws on every access',
    () => Promise.reject(new Proxy(new Error(SECRET), { getPrototypeOf: fail, get: fail })),
    FAILED,
  ],
  ['rejects', () => Promise.reject(new Error(SECRET)), FAILED],
  ['never answers', never, LATE],
  [
    'rejects when it is aborted',
    (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error(SECRET)));
      }),
    LATE,
  ],
  ['returns nothing', () => undefined, FAILED],
  ['returns DER', (input) => sign('sha256', input, LAB_KEYS.faulty.privateKey), FAILED],
  ['returns one byte too few', (input) => signWell(input).subarray(1), FAILED],
  ['returns one byte too many', (input) => Buffer.concat([signWell(input), Buffer.of(0)]), FAILED],
  ['returns a string', (input) => signWell(input).toString('base64url'), FAILED],
  ['returns an array of numbers', (input) => [...signWell(input)], FAILED],
  ['returns an ArrayBuffer', (input) => new Uint8Array(signWell(input)).buffer, FAILED],
  ['returns an object with a length of 64', () => ({ length: 64 }), FAILED],
  [
    'returns a view of a larger buffer',
    (input) => Buffer.concat([Buffer.alloc(7, 1), signWell(input), Buffer.alloc(9, 1)]).subarray(7, 71),
    LOGIN,
  ],
  [
    'overwrites its buffer afterwards',
    (input) => {
      const signature = signWell(input);
      setImmediate(() => signature.fill(0));
      return signature;
    },
    LOGIN,
  ],
  [
    'overwrites its input',
    (input) => {
      const signature = signWell(input);
      input.fill(0);
      return Promise.resolve(signature);
    },
    LOGIN,
  ],
];

describeFaults('a token signer', (run) => {
  const signerOf = (signNow: Sign): TokenSigner => ({
    algorithm: 'ES256',
    sign: signNow as TokenSigner['sign'],
  });
  const optionsWith = (signNow: Sign) => ({
    signerTimeoutMs: SIGNER_TIMEOUT_MS,
    tenants: { [SOUND]: siteOf(SOUND), [FAULTY]: { ...siteOf(FAULTY), signingKey: signerOf(signNow) } },
  });

  it.each(FAULTS)(
    'that %s gives no wrong token, and does not affect other tenants',
    (kind, signNow, expected) =>
      run(async (lab) => {
        let current = signNow;
        await lab.start(optionsWith((input, signal) => current(input, signal)));
        await lab.inject({ kind, expected });
        current = signWell;
        await lab.expectRecovery();
      }),
  );

  it.each(['resolves', 'rejects'] as const)('that %s after the timeout gives 503', (how) =>
    run(async (lab) => {
      const waiting: (() => void)[] = [];
      let isLate = true;
      const signLate: Sign = (input) =>
        isLate
          ? new Promise((resolve, reject) => {
              waiting.push(() => (how === 'resolves' ? resolve(signWell(input)) : reject(new Error(SECRET))));
            })
          : signWell(input);
      await lab.start(optionsWith(signLate));
      await lab.inject({ kind: `${how} after the timeout`, expected: LATE });
      isLate = false;
      for (const settle of waiting.splice(0)) settle();
      await lab.expectRecovery();
    }),
  );
});
