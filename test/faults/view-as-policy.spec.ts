import { it } from '@jest/globals';
import { UnauthorizedException } from '@nestjs/common';
import type { MintlifyPersonalizationOptions, ViewAsPolicy } from 'nestjs-mintlify-personalization';
import {
  describeFaults,
  FAULTY,
  headersOf,
  NamedVisitorGuard,
  SOUND,
  type Answer,
  type DesignedAnswer,
  type FaultLab,
  type Visitor,
} from '../support/fault-lab.support.js';

const TENANT_TIMEOUT_MS = 25;
const PAGES = 'https://app.acme.example';
const SECRET = 'topsecret';

const DENIED: DesignedAnswer = { status: 403, code: 'view_as_denied' };
const FAILED: DesignedAnswer = { status: 500, code: 'view_as_policy_failed' };
const LATE: DesignedAnswer = { status: 503, code: 'view_as_policy_timeout' };
const UNKNOWN: DesignedAnswer = { status: 404, code: 'unknown_tenant' };

const fail = (): never => {
  throw new Error(SECRET);
};
const never = (): Promise<never> => new Promise(() => undefined);
const untouchable = (): object =>
  new Proxy({}, Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((name) => [name, fail])));

type Fault = [kind: string, does: () => unknown, expected: DesignedAnswer];

const PERMISSION_FAULTS: Fault[] = [
  ['throws', fail, FAILED],
  ['rejects with nothing', () => Promise.reject(undefined), FAILED],
  ['rejects with a proxy that throws on every access', () => Promise.reject(untouchable()), FAILED],
  ['never answers', never, LATE],
  ['throws 401', () => Promise.reject(new UnauthorizedException(SECRET)), DENIED],
  ['returns nothing', () => undefined, DENIED],
  ['returns a string', () => 'true', DENIED],
  ['returns a proxy that throws on every access', untouchable, FAILED],
  ['names a tenant that is no id', () => ({ allowed: true, tenantId: '../sound' }), UNKNOWN],
  ['names the tenant of others', () => ({ allowed: true, tenantId: SOUND }), DENIED],
];

const ACCOUNT_FAULTS: Fault[] = [
  ['throws', fail, FAILED],
  ['rejects', () => Promise.reject(new Error(SECRET)), FAILED],
  ['never answers', never, LATE],
  ['finds no account', () => undefined, DENIED],
  ['returns false', () => false, DENIED],
  ['returns a string', () => SECRET, DENIED],
  ['returns another account', () => ({ tenant: FAULTY, name: 'someone-else' }), DENIED],
  ['returns an account of another tenant', () => ({ tenant: SOUND, name: 'member' }), DENIED],
  ['returns a proxy that throws on every access', untouchable, FAILED],
];

/** A policy that does what a spec says. */
class Policy implements ViewAsPolicy {
  static permit: () => unknown = () => true;
  static load: () => unknown = fail;

  canViewAs = (() => Policy.permit()) as ViewAsPolicy['canViewAs'];
  loadPrincipal = () => Policy.load();
}

const MEMBER: Visitor = { tenant: FAULTY, name: 'member' };

const withPolicy: Partial<MintlifyPersonalizationOptions> = {
  viewAs: Policy,
  audit: { subject: ({ name }: Visitor) => name },
  tenantTimeoutMs: TENANT_TIMEOUT_MS,
  handshakes: {
    jwt: { guards: [NamedVisitorGuard] },
    viewAs: { guards: [NamedVisitorGuard], origins: [PAGES] },
  },
};

/** A view of the docs as a member, and how it is answered. */
async function viewAs({ port }: FaultLab, visitor: Visitor): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}/docs/view-as`, {
    method: 'POST',
    headers: { ...headersOf(visitor), Origin: PAGES, 'Content-Type': 'application/json' },
    body: JSON.stringify({ subject: MEMBER.name, reason: 'Ticket 7' }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

const answerOf = async (lab: FaultLab, visitor: Visitor): Promise<string> => {
  const { status, body } = await viewAs(lab, visitor);
  return status === 200 && body.startsWith(`{"url":"https://docs.${FAULTY}.example/#`)
    ? 'visited'
    : `${status} ${body}`;
};

const nameOf = ({ status, code = '' }: DesignedAnswer): string => `${status} ${code}`.trim();
const rows = (faults: Fault[]) =>
  faults.map(([kind, does, expected]) => ({ kind, does, expected, answer: nameOf(expected) }));

describeFaults('a view-as policy', (run) => {
  it.each(rows(PERMISSION_FAULTS))('whose canViewAs() $kind gives $answer', ({ kind, does, expected }) =>
    run(async (lab) => {
      Policy.load = () => MEMBER;
      Policy.permit = does;
      await lab.start(withPolicy);
      await lab.inject({ kind, expected, times: 20, visit: (visitor) => viewAs(lab, visitor) });
      Policy.permit = () => true;
      lab.expectAnswers([await answerOf(lab, lab.visitor())], ['visited']);
    }),
  );

  it.each(rows(ACCOUNT_FAULTS))('whose loadPrincipal() $kind gives $answer', ({ kind, does, expected }) =>
    run(async (lab) => {
      Policy.permit = () => true;
      Policy.load = does;
      await lab.start(withPolicy);
      await lab.inject({ kind, expected, times: 20, visit: (visitor) => viewAs(lab, visitor) });
      Policy.load = () => MEMBER;
      lab.expectAnswers([await answerOf(lab, lab.visitor())], ['visited']);
    }),
  );
});
