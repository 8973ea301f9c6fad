import { mkdtemp, rm, unlink, writeFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from '@jest/globals';
import type { SigningKeyFunction } from 'nestjs-mintlify-personalization';
import {
  describeFaults,
  FAULTY,
  LOGIN,
  siteOf,
  SOUND,
  type DesignedAnswer,
  type FaultLab,
} from '../support/fault-lab.support.js';
import { ecPair, edPair, pkcs8, spki, type KeyPair } from '../support/keys.support.js';
import { sourceOf } from '../support/tenants.support.js';

const MAX_AGE_SECONDS = 300;
/** After a failure, a key function is not called for five seconds. */
const RETRY_SECONDS = 6;
const SECRET = 'topsecret';

const half = (pem: string): string => pem.slice(0, pem.length / 2);
const fail = (): never => {
  throw new Error(SECRET);
};
const untouchable = (): object => new Proxy({}, { get: fail, getPrototypeOf: fail });

const FAULTS: [kind: string, key: () => unknown][] = [
  ['throws', fail],
  ['rejects', () => Promise.reject(new Error(SECRET))],
  ['rejects with a proxy that throws on every access', () => Promise.reject(untouchable())],
  ['returns nothing', () => undefined],
  ['returns an empty string', () => ''],
  ['returns half a PEM', () => half(pkcs8(ecPair()))],
  ['returns a PEM without its end', () => pkcs8(ecPair()).trimEnd().slice(0, -3)],
  ['returns a public key', () => spki(ecPair())],
  ['returns a key of another curve', () => pkcs8(ecPair('P-384'))],
  ['returns a key of another algorithm', () => pkcs8(edPair())],
  ['returns an object that throws when it is read', untouchable],
];

/** Starts an app whose faulty tenant has a key from a function. The current key is `pair`. */
async function startWith(lab: FaultLab, signingKey: () => unknown, pair: KeyPair): Promise<void> {
  lab.publicKeys.set(FAULTY, [pair.publicKey]);
  const faulty = {
    ...siteOf(FAULTY),
    signingKey: signingKey as SigningKeyFunction,
    signingKeyMaxAgeSeconds: MAX_AGE_SECONDS,
  };
  await lab.start({ tenants: { [SOUND]: siteOf(SOUND), [FAULTY]: faulty } });
}

/** The next visitors arrive when the key must be reloaded, and later ones get only tokens of the new key. */
async function expectNewKey(lab: FaultLab, pair: KeyPair): Promise<void> {
  lab.age.pass(MAX_AGE_SECONDS);
  lab.publicKeys.set(FAULTY, [pair.publicKey]);
  await lab.untilRecovery();
}

describeFaults('a key function', (run) => {
  it.each(FAULTS)('that %s on reload keeps the current key', (kind, key) =>
    run(async (lab) => {
      const [first, second] = [ecPair(), ecPair()];
      let current: () => unknown = () => pkcs8(first);
      await startWith(lab, () => current(), first);
      current = key;
      lab.age.pass(MAX_AGE_SECONDS);
      await lab.inject({ kind, expected: LOGIN, beforeEach: () => lab.age.pass(RETRY_SECONDS) });
      current = () => pkcs8(second);
      await expectNewKey(lab, second);
    }),
  );

  it('that hangs on reload keeps the current key until it answers', () =>
    run(async (lab) => {
      const [first, second] = [ecPair(), ecPair()];
      let answer: ((pem: string) => void) | undefined;
      let current: () => unknown = () => pkcs8(first);
      await startWith(lab, () => current(), first);
      current = () => new Promise((resolve) => (answer = resolve));
      lab.age.pass(MAX_AGE_SECONDS);
      await lab.inject({ kind: 'hangs', expected: LOGIN });
      answer?.(pkcs8(second));
      lab.publicKeys.set(FAULTY, [second.publicKey]);
      await lab.untilRecovery();
    }));

  it.each<[kind: string, key: () => unknown, expected: DesignedAnswer]>([
    ['fails for a tenant of the source', fail, { status: 503, code: 'signing_key_unavailable' }],
    [
      'returns half a PEM for a tenant of the source',
      () => half(pkcs8(ecPair())),
      { status: 500, code: 'invalid_signing_key' },
    ],
  ])('that %s gives no token', (kind, key, expected) =>
    run(async (lab) => {
      let current = key;
      await lab.start({
        tenants: { [SOUND]: siteOf(SOUND) },
        tenantSource: sourceOf(() => ({ ...siteOf(FAULTY), signingKey: () => current() })),
      });
      await lab.inject({ kind, expected });
      current = () => siteOf(FAULTY).signingKey;
      await lab.expectRecovery();
    }),
  );
});

describeFaults('a key file', (run) => {
  const withFile = (experiment: (lab: FaultLab, file: string, first: KeyPair) => Promise<void>) =>
    run(async (lab) => {
      const folder = await mkdtemp(join(tmpdir(), 'keys-'));
      lab.onClose(() => rm(folder, { recursive: true }));
      const file = join(folder, 'docs.pem');
      const first = ecPair();
      await writeFile(file, pkcs8(first));
      await startWith(lab, () => readFile(file, 'utf8'), first);
      await experiment(lab, file, first);
    });

  it('that is half written when it is read keeps the current key until it is complete', () =>
    withFile(async (lab, file) => {
      const second = ecPair();
      const pem = pkcs8(second);
      let written = 0;
      lab.age.pass(MAX_AGE_SECONDS);
      const beforeEach = async (): Promise<void> => {
        lab.age.pass(RETRY_SECONDS);
        await writeFile(file, pem.slice(0, written));
        written += 25;
      };
      await lab.inject({ kind: 'is half written', expected: LOGIN, beforeEach, times: 180 });
      await writeFile(file, pem);
      await expectNewKey(lab, second);
    }));

  it('that is missing when it is read keeps the current key until it is back', () =>
    withFile(async (lab, file) => {
      const second = ecPair();
      await unlink(file);
      lab.age.pass(MAX_AGE_SECONDS);
      await lab.inject({
        kind: 'is missing',
        expected: LOGIN,
        beforeEach: () => lab.age.pass(RETRY_SECONDS),
      });
      await writeFile(file, pkcs8(second));
      await expectNewKey(lab, second);
    }));

  it('that is rewritten in place repeatedly gives no token that the docs reject', () =>
    withFile(async (lab, file, first) => {
      const pairs = [first];
      const rewriter = { isOver: false };
      const rewrite = async (): Promise<void> => {
        while (!rewriter.isOver) {
          const pair = ecPair();
          pairs.push(pair);
          // The docs get a key before anything is signed with it.
          lab.publicKeys.set(FAULTY, pairs.map(({ publicKey }) => publicKey).toReversed());
          const pem = pkcs8(pair);
          for (const end of [0, 60, 120, pem.length]) {
            await writeFile(file, pem.slice(0, end));
            lab.age.pass(MAX_AGE_SECONDS);
          }
        }
      };
      const rewriting = rewrite();
      await lab.inject({ kind: 'is rewritten in place', expected: LOGIN, times: 200 });
      rewriter.isOver = true;
      await rewriting;
      await expectNewKey(lab, pairs.at(-1) ?? first);
    }));
});
