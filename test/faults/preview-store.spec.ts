import { generateKeyPairSync } from 'node:crypto';
import { it } from '@jest/globals';
import type { PreviewStore } from 'nestjs-mintlify-personalization';
import {
  describeFaults,
  FAULTY,
  headersOf,
  NamedVisitorGuard,
  type DesignedAnswer,
} from '../support/fault-lab.support.js';
import { SESSION_PATH } from '../support/user-info.support.js';

const ORIGIN = 'https://acme-git-fix.mintlify.app';
const FAILED: DesignedAnswer = { status: 503, code: 'preview_store_failed' };
const REFUSED: DesignedAnswer = { status: 403, code: 'origin_not_allowed' };
const publicKey = String(generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }));

const fail = (): never => {
  throw new Error('topsecret');
};
const until =
  (expiresAt: unknown, changes: object = {}) =>
  () => ({
    origin: ORIGIN,
    tenantId: FAULTY,
    expiresAt,
    ...changes,
  });
const inAnHour = (): number => Math.floor(Date.now() / 1_000) + 3_600;

const FAULTS: [kind: string, read: () => unknown, expected: DesignedAnswer][] = [
  ['throws', fail, FAILED],
  ['rejects', () => Promise.reject(new Error('topsecret')), FAILED],
  ['never answers', () => new Promise(() => undefined), FAILED],
  ['returns a proxy that throws on every access', () => new Proxy({}, { get: fail }), FAILED],
  ['returns a text', () => ORIGIN, REFUSED],
  ['returns null', () => null, REFUSED],
  ['returns a preview that is over', until(1), REFUSED],
  ['returns a preview without an end', until(undefined), FAILED],
  ['returns a preview that ends at no number', until('9999999999'), FAILED],
  [
    'returns the preview of another origin',
    until(inAnHour(), { origin: 'https://docs.acme.example' }),
    REFUSED,
  ],
  ['returns the preview of another tenant', until(inAnHour(), { tenantId: 'sound' }), REFUSED],
];

describeFaults('a store of previews', (run) => {
  it.each(FAULTS)('that %s', (kind, read, expected) =>
    run(async (lab) => {
      await lab.start({
        handshakes: { jwt: { guards: [NamedVisitorGuard] }, sharedSession: { guards: [NamedVisitorGuard] } },
        previewOrigins: {
          suffix: '.mintlify.app',
          publicKeys: [publicKey],
          timeoutMs: 25,
          store: { read, write: fail } as unknown as PreviewStore,
        },
      });
      await lab.inject({
        kind,
        expected,
        times: 20,
        visit: (visitor) => lab.get(SESSION_PATH, { origin: ORIGIN, ...headersOf(visitor) }),
      });
    }),
  );
});
