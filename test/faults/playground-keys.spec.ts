import { it } from '@jest/globals';
import { Injectable, Module, UnauthorizedException } from '@nestjs/common';
import {
  PlaygroundKeysFor,
  type MintlifyPersonalizationOptions,
  type PlaygroundKeyIssuer,
  type PlaygroundKeysOptions,
  type PlaygroundKeyStore,
} from 'nestjs-mintlify-personalization';
import {
  describeFaults,
  FAULTY,
  LOGIN,
  NamedVisitorGuard,
  type DesignedAnswer,
  type Visitor,
} from '../support/fault-lab.support.js';

const TIMEOUT_MS = 25;
const SECRET = 'topsecret';

const FAILED: DesignedAnswer = { status: 503, code: 'playground_key_failed' };
const LATE: DesignedAnswer = { status: 503, code: 'playground_key_timeout' };

const fail = (): never => {
  throw new Error(SECRET);
};
const never = (): Promise<never> => new Promise(() => undefined);
const untouchable = (): object =>
  new Proxy({}, Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((name) => [name, fail])));
const inAnHour = (): number => Math.floor(Date.now() / 1_000) + 3_600;
const keyWith = (changes: object) => () => ({
  in: 'header',
  name: 'X-Api-Key',
  value: SECRET,
  expiresAt: inAnHour(),
  ...changes,
});

type Fault = [kind: string, does: () => unknown, refused: DesignedAnswer];

const ISSUER_FAULTS: Fault[] = [
  ['throws', fail, FAILED],
  ['rejects with nothing', () => Promise.reject(undefined), FAILED],
  ['rejects with a proxy that throws on every access', () => Promise.reject(untouchable()), FAILED],
  ['never answers', never, LATE],
  ['throws 401', () => Promise.reject(new UnauthorizedException(SECRET)), FAILED],
  ['returns a text', () => SECRET, FAILED],
  ['returns a proxy that throws on every access', untouchable, FAILED],
  ['returns a key with a line break', keyWith({ value: `${SECRET}\r\nX: y` }), FAILED],
  ['returns a key that is expired', keyWith({ expiresAt: 1 }), FAILED],
  ['returns a key that is larger than a user may be', () => Array.from({ length: 11 }, keyWith({})), FAILED],
];

const STORE_FAULTS: Fault[] = [
  ['throws', fail, FAILED],
  ['rejects', () => Promise.reject(new Error(SECRET)), FAILED],
  ['never answers', never, LATE],
];

@Injectable()
@PlaygroundKeysFor(FAULTY)
class Issuer implements PlaygroundKeyIssuer<Visitor> {
  static does: () => unknown = fail;

  issue = (() => Issuer.does()) as PlaygroundKeyIssuer['issue'];
}

@Module({ providers: [Issuer] })
class IssuerModule {}

const withKeys = (playgroundKeys: PlaygroundKeysOptions): Partial<MintlifyPersonalizationOptions> => ({
  audit: { subject: ({ name }: Visitor) => name },
  handshakes: { jwt: { guards: [NamedVisitorGuard] } },
  imports: [IssuerModule],
  playgroundKeys: { timeoutMs: TIMEOUT_MS, ...playgroundKeys },
});

const rows = (faults: Fault[]) =>
  faults.flatMap(([kind, does, refused]) => [
    { kind, does, onFailure: 'omit' as const, expected: LOGIN },
    { kind, does, onFailure: 'refuse' as const, expected: refused },
  ]);

describeFaults('an issuer of playground keys', (run) => {
  it.each(rows(ISSUER_FAULTS))('that $kind, with $onFailure', ({ kind, does, onFailure, expected }) =>
    run(async (lab) => {
      Issuer.does = does;
      await lab.start(withKeys({ onFailure }));
      await lab.inject({ kind, expected, times: 20 });
    }),
  );
});

describeFaults('a store of playground keys', (run) => {
  it.each(rows(STORE_FAULTS))('that $kind, with $onFailure', ({ kind, does, onFailure, expected }) =>
    run(async (lab) => {
      Issuer.does = keyWith({});
      const store = { read: does, write: does } as PlaygroundKeyStore;
      await lab.start(withKeys({ onFailure, store, secret: 's'.repeat(32) }));
      await lab.inject({ kind, expected, times: 20 });
    }),
  );
});
