import { expect, it, jest } from '@jest/globals';
import {
  MintlifySigningService,
  type AuditEvent,
  type DocsMode,
  type MintlifyPersonalizationOptions,
} from 'nestjs-mintlify-personalization';
import { decodeJwt, type JWTPayload } from 'jose';
import { describeOnEveryPlatform, mapperOf, type Host } from '../support/apps.support.js';
import { readNaughtyStrings } from '../support/corpora.support.js';
import { withDecodings } from '../support/decodings.support.js';
import { readArrival } from '../support/docs-arrival.support.js';
import { KEYS_BY_MODE } from '../support/keys.support.js';
import { readPrivateArrival } from '../support/private-docs-arrival.support.js';
import { ADA, bearer, type Visitor } from '../support/sessions.support.js';
import { Tally, type Outcome } from '../support/tally.support.js';
import { resolverOf, sourceOf } from '../support/tenants.support.js';
import { sendRaw, type WireAnswer } from '../support/wire.support.js';

const MODES = Object.keys(KEYS_BY_MODE) as DocsMode[];
const TENANT_ID = /^[a-z0-9][a-z0-9_-]{0,63}$/;

const inMode = (mode: DocsMode): Partial<MintlifyPersonalizationOptions> => ({
  mode,
  signingKey: KEYS_BY_MODE[mode].privateKey,
});

/** What the docs read in an address: page, anchor, and every token that they could find in the fragment. */
function arrive(mode: DocsMode, location: string): { page: string; anchor: string; tokens: string[] } {
  const fragment = location.slice(location.indexOf('#') + 1);
  if (mode === 'authentication') {
    const { page, anchor, token } = readPrivateArrival(location);
    return { page: page.pathname + page.search, anchor, tokens: [token] };
  }
  const { page, anchor = '' } = readArrival(location);
  const named = new URLSearchParams(fragment).getAll('jwt');
  return { page: new URL(page).pathname, anchor, tokens: named.length > 0 ? named : [fragment] };
}

/** The claims of the one token of an address; an error where there is none, or more than one. */
function claimsOf({ tokens }: { tokens: string[] }): JWTPayload {
  if (tokens.length !== 1) throw new Error(`There are ${tokens.length} tokens.`);
  return decodeJwt(tokens[0]!);
}

/** An answer without a token: the expected status with a code, and no exception that Nest had to answer. */
function judgeRefusal({ status, body }: WireAnswer, expected: number, code: string): Outcome {
  const isExpected = status === expected && (JSON.parse(body) as { code?: string }).code === code;
  return isExpected ? 'refused' : { escaped: `was answered with ${status}: ${body}` };
}

/** The `login.*` events among lines of the log, each of which must be one JSON object in one line. */
function readLogins(lines: readonly string[]): AuditEvent[] {
  return lines
    .filter((line) => line.endsWith(' MintlifyAudit'))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'), -' MintlifyAudit'.length)) as AuditEvent)
    .filter(({ type }) => type.startsWith('login.'));
}

/** Why the log of one request is not what it should be: an exception that Nest had to answer, or not one event. */
function findLogFault(lines: readonly string[], outcome: Outcome): string | undefined {
  // The context of Nest's own handler of what nothing else answered.
  if (lines.some((line) => line.includes('ExceptionsHandler'))) return 'let an exception escape';
  const types = readLogins(lines).map(({ type }) => type);
  const expected = outcome === 'refused' ? 'login.refused' : 'login.succeeded';
  return types.join() === expected ? undefined : `left the audit events ${types.join() || 'none'}`;
}

/** Sends one request for each string, in order, and notes what became of it. */
async function tryAll(
  suite: string,
  { logs }: Host,
  send: (text: string) => Promise<WireAnswer>,
  judge: (text: string, answer: WireAnswer) => Outcome,
): Promise<void> {
  const tally = new Tally();
  logs.lines.length = 0; // what Nest said while it started
  for (const text of withDecodings(readNaughtyStrings())) {
    const answer = await send(text);
    let outcome: Outcome;
    try {
      outcome = judge(text, answer);
    } catch (error) {
      outcome = { escaped: String(error) };
    }
    const fault = findLogFault(logs.lines.splice(0), outcome);
    tally.add(text, fault === undefined ? outcome : { escaped: fault });
  }
  tally.record(suite, 'blns');
  expect(tally.escapes).toEqual([]);
  expect(readLogins(logs.lines)).toEqual([]);
}

describeOnEveryPlatform('docs login with a naughty string', ({ boot }) => {
  it.each(MODES)('as the anchor leads to the place with exactly that name: %s', async (mode) => {
    const host = await boot({ options: inMode(mode) });
    const session = await bearer();
    await tryAll(
      `anchor, ${mode}`,
      host,
      (anchor) =>
        sendRaw(
          host.port,
          `/docs-login?${new URLSearchParams({ redirect: '/a', anchor }).toString()}`,
          session,
        ),
      (anchor, { headers }) => {
        const arrival = arrive(mode, headers.get('location') ?? '');
        claimsOf(arrival);
        const isThere = arrival.page === '/a' && arrival.anchor === anchor;
        return isThere ? 'taken' : { escaped: `leads to ${arrival.page} at ${arrival.anchor}` };
      },
    );
  });

  it.each(MODES)('as an anchor that no UTF-8 can hold leads to the front page: %s', async (mode) => {
    const { app } = await boot({ options: inMode(mode) });
    const signing = app.get(MintlifySigningService);
    const tally = new Tally();
    for (const text of withDecodings(readNaughtyStrings())) {
      for (const anchor of [`${text}\uD83D`, `\uDE00${text}`]) {
        const location = await signing.createRedirectUrl({}, { redirect: '/a', anchor });
        const arrival = arrive(mode, location);
        claimsOf(arrival);
        const isFront = arrival.page === '/' && arrival.anchor === '';
        tally.add(anchor, isFront ? 'refused' : { escaped: `leads to ${arrival.page}` });
      }
    }
    tally.record(`anchor with half a character, ${mode}`, 'blns');
    expect(tally.escapes).toEqual([]);
  });

  it.each(MODES)('as a group and as content comes through unharmed, or is refused: %s', async (mode) => {
    const claimMapper = mapperOf(({ firstName, roles }) => ({
      groups: roles,
      content: { firstName, list: [firstName], [`key ${firstName}`]: firstName },
    }));
    const host = await boot({ options: { ...inMode(mode), claimMapper } });
    await tryAll(
      `groups and content, ${mode}`,
      host,
      async (text) =>
        sendRaw(host.port, '/docs-login', await bearer({ ...ADA, firstName: text, roles: [text] })),
      (text, answer) => {
        if (text === '' || text.length > 256) return judgeRefusal(answer, 500, 'invalid_user');
        const { groups, content } = claimsOf(arrive(mode, answer.headers.get('location') ?? ''));
        expect({ groups, content }).toEqual({
          groups: [text],
          content: { firstName: text, list: [text], [`key ${text}`]: text },
        });
        return 'taken';
      },
    );
  });

  it.each(MODES)('as the id of a tenant is unknown: %s', async (mode) => {
    const load = jest.fn<(tenantId: string) => undefined>();
    const tenantResolver = resolverOf((member) => (member as { tenant: unknown }).tenant);
    const host = await boot({
      options: {
        ...inMode(mode),
        tenants: { acme: {} },
        tenantResolver,
        tenantSource: sourceOf((id) => load(id)),
      },
    });
    await tryAll(
      `tenant id, ${mode}`,
      host,
      async (tenant) => sendRaw(host.port, '/docs-login', await bearer({ ...ADA, tenant } as Visitor)),
      (_, answer) => judgeRefusal(answer, 404, 'unknown_tenant'),
    );
    const asked = load.mock.calls.map(([id]) => id);
    expect(asked.filter((id) => !TENANT_ID.test(id))).toEqual([]);
    expect(asked).not.toEqual([]);
  });
});
