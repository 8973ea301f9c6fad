import { it } from '@jest/globals';
import { UnauthorizedException } from '@nestjs/common';
import type { MintlifyPersonalizationOptions } from 'nestjs-mintlify-personalization';
import {
  describeFaults,
  FAULTY,
  NamedVisitorGuard,
  type Answer,
  type DesignedAnswer,
  type FaultLab,
  type Visitor,
} from '../support/fault-lab.support.js';
import { postBytes, postScalar, SCALAR_SECRET, scalarBody, signBody } from '../support/webhooks.support.js';

const TIMEOUT_MS = 40;
const SECRET = 'topsecret';

const FAILED: DesignedAnswer = { status: 500, code: 'principal_failed' };
const LATE: DesignedAnswer = { status: 503, code: 'webhook_timeout' };
const FORGED: DesignedAnswer = { status: 401, code: 'invalid_signature' };
const INVALID: DesignedAnswer = { status: 500, code: 'invalid_user' };

const fail = (): never => {
  throw new Error(SECRET);
};
const never = (): Promise<never> => new Promise(() => undefined);
const untouchable = (): object =>
  new Proxy({}, Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((name) => [name, fail])));

const LOOKUP_FAULTS: [kind: string, does: () => unknown, expected: DesignedAnswer][] = [
  ['throws', fail, FAILED],
  ['rejects with nothing', () => Promise.reject(undefined), FAILED],
  ['rejects with a proxy that throws on every access', () => Promise.reject(untouchable()), FAILED],
  ['never answers', never, LATE],
  [
    'gives an account of a tenant that does not exist',
    () => ({ tenant: 'gone', name: 'x' }),
    { status: 404, code: 'unknown_tenant' },
  ],
];

const withScalar = (findPrincipal: () => unknown): Partial<MintlifyPersonalizationOptions> => ({
  handshakes: {
    jwt: { guards: [NamedVisitorGuard] },
    scalar: { secrets: [SCALAR_SECRET], findPrincipal, timeoutMs: TIMEOUT_MS },
  },
});

/** What Scalar asks about a visitor. */
async function ask(lab: FaultLab, { name }: Visitor, changes: Record<string, string> = {}): Promise<Answer> {
  const body = scalarBody(`${name}@acme.example`);
  const { status, headers, text } = await postScalar(lab, body, { headers: changes });
  return { status, headers, body: text };
}

describeFaults('a lookup of a webhook', (run) => {
  it.each(LOOKUP_FAULTS)('that %s', (kind, does, expected) =>
    run(async (lab) => {
      await lab.start(withScalar(does));
      await lab.inject({ kind, expected, times: 20, visit: (visitor) => ask(lab, visitor) });
    }),
  );

  it('that finds someone whom the app refuses, or no one', () =>
    run(async (lab) => {
      let isRefused = false;
      await lab.start(
        withScalar(() => {
          isRefused = !isRefused;
          return isRefused ? Promise.reject(new UnauthorizedException(SECRET)) : null;
        }),
      );
      await lab.injectInto(
        'no visitor',
        '204 ',
        async (visitor) => {
          const { status, body } = await ask(lab, visitor);
          return `${status} ${body}`;
        },
        20,
      );
    }));
});

describeFaults('a sender of webhooks', (run) => {
  it.each<[string, Record<string, string>]>([
    ['signs nothing', { 'scalar-signature': '' }],
    ['signs with another secret', { 'scalar-signature': signBody('{}', { secrets: ['whsec_other'] }) }],
    ['sends an endless header', { 'scalar-signature': `t=1,${'v1=00,'.repeat(1_000)}` }],
  ])('that %s', (kind, changes) =>
    run(async (lab) => {
      await lab.start(withScalar(fail));
      await lab.inject({ kind, expected: FORGED, times: 20, visit: (visitor) => ask(lab, visitor, changes) });
    }),
  );

  it('whose clock is off until it is set', () =>
    run(async (lab) => {
      await lab.start(withScalar(() => ({ tenant: FAULTY, name: 'member' })));
      lab.clock.stepMs = 400_000;
      await lab.injectAlone({ kind: 'clock', expected: FORGED, visit: (visitor) => ask(lab, visitor) });
      lab.clock.stepMs = 0;
      await lab.injectInto(
        'clock set',
        '200',
        async (visitor) => String((await ask(lab, visitor)).status),
        20,
      );
    }));

  it('that gets a user whom Scalar would drop', () =>
    run(async (lab) => {
      await lab.start({
        ...withScalar(() => ({ tenant: FAULTY, name: 'x'.repeat(4_097) })),
      });
      await lab.inject({
        kind: 'limits',
        expected: INVALID,
        times: 20,
        visit: (visitor) => ask(lab, visitor),
      });
    }));
});

describeFaults('a copied webhook of an OAuth server', (run) => {
  it('that is sent again and again', () =>
    run(async (lab) => {
      const secret = 'a secret of these tests, long enough for all';
      await lab.start({
        handshakes: {
          jwt: { guards: [NamedVisitorGuard] },
          tokenClaims: {
            secrets: [secret],
            source: 'id_token',
            findPrincipal: () => ({ tenant: FAULTY, name: 'member' }),
          },
        },
      });
      const body = JSON.stringify({ subject: 'member', id: 'a-random-id-of-this-test' });
      const headers = { 'docs-signature': signBody(body, { secrets: [secret] }) };
      const send = async (): Promise<Answer> => {
        const answer = await postBytes(lab, body, { path: '/docs/token-claims', headers });
        return { status: answer.status, headers: answer.headers, body: answer.text };
      };
      await lab.injectInto('first', '200', async () => String((await send()).status), 1);
      await lab.inject({ kind: 'copy', expected: FORGED, times: 20, visit: send });
    }));
});
