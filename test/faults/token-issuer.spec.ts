import { generateKeyPairSync } from 'node:crypto';
import { it } from '@jest/globals';
import type { AccessTokensOptions } from 'nestjs-mintlify-personalization';
import { mapperOf } from '../support/apps.support.js';
import {
  describeFaults,
  FAULTY,
  mapSoundly,
  NamedVisitorGuard,
  type FaultLab,
  type Visitor,
} from '../support/fault-lab.support.js';
import { FaultyServer, type ServiceReply, type TransportFault } from '../support/faulty-server.support.js';
import { resolverOf } from '../support/tenants.support.js';
import { AUDIENCE, TokenIssuer, type JwksAnswer } from '../support/token-issuer.support.js';
import { OAUTH_PATH } from '../support/user-info.support.js';

const UNAVAILABLE = '503 token_issuer_unavailable';
const REFUSED = '401 invalid_token';
const KNOWN = '200';
/** Short, so that an issuer that hangs costs little time. */
const HASTE_MS = 200;
const PATIENCE_MS = 3_000;
/** After a failure, the issuer is not called for two seconds. */
const RETRY_SECONDS = 3;

/** The principal is the claims of the access token, which name the visitor. */
const principalOf = (principal: unknown): Visitor => {
  const { sub, tenant, name } = principal as { sub?: string } & Partial<Visitor>;
  return { tenant: tenant ?? FAULTY, name: name ?? sub ?? '' };
};

async function startWith(lab: FaultLab, accessTokens: AccessTokensOptions): Promise<void> {
  await lab.start({
    accessTokens,
    handshakes: { jwt: { guards: [NamedVisitorGuard] }, oauth: {} },
    tenantResolver: resolverOf((principal) => principal && principalOf(principal).tenant),
    claimMapper: mapperOf((principal: unknown) => mapSoundly(principalOf(principal))),
  });
}

/** The type of a user-info response; its user must be the one in the token. */
async function ask(lab: FaultLab, { name }: Visitor, token: string): Promise<string> {
  const { status, headers, body } = await lab.get(OAUTH_PATH, { authorization: `Bearer ${token}` });
  const { code, content } = JSON.parse(body) as { code?: string; content?: { name?: string } };
  if (status === 200) return content?.name === name ? KNOWN : 'another visitor';
  if ((status === 503) !== (headers['retry-after'] !== undefined)) return 'no Retry-After';
  return `${status} ${code}`;
}

const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const json =
  (body: string): JwksAnswer =>
  (response) => {
    response.setHeader('Content-Type', 'application/json').end(body);
  };

const JWKS_FAULTS: [kind: string, answer: JwksAnswer, expected: string][] = [
  ['never answers', () => undefined, UNAVAILABLE],
  [
    'stops in the middle of its keys',
    (response) => void response.writeHead(200, { 'content-length': 999 }).write('{'),
    UNAVAILABLE,
  ],
  ['resets the connection', (response) => void response.socket?.resetAndDestroy(), UNAVAILABLE],
  ['answers with an error', (response) => void response.writeHead(500).end(), UNAVAILABLE],
  ['throttles', (response) => void response.writeHead(429, { 'retry-after': '1' }).end(), UNAVAILABLE],
  [
    'redirects',
    (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    UNAVAILABLE,
  ],
  ['answers with an HTML page', (response) => void response.end('<html>'), UNAVAILABLE],
  ['returns half of its keys', (response, jwks) => void response.end(jwks.slice(0, 40)), UNAVAILABLE],
  ['returns invalid keys', json('{"keys":"all"}'), UNAVAILABLE],
  ['returns no keys', json('{"keys":[]}'), REFUSED],
  [
    'returns another key with the same id',
    json(JSON.stringify({ keys: [{ ...otherKey, kid: 'key-1' }] })),
    REFUSED,
  ],
  ['returns a secret as its key', json('{"keys":[{"kty":"oct","kid":"key-1","k":"c2VjcmV0"}]}'), REFUSED],
];

describeFaults('a token issuer', (run) => {
  const withIssuer = (timeoutMs: number, experiment: (lab: FaultLab, issuer: TokenIssuer) => Promise<void>) =>
    run(async (lab) => {
      const issuer = await TokenIssuer.start();
      lab.onClose(() => issuer.close());
      await startWith(lab, { issuer: issuer.url, audience: AUDIENCE, jwksUri: issuer.jwksUri, timeoutMs });
      await experiment(lab, issuer);
    });
  const visitWith = (lab: FaultLab, issuer: TokenIssuer) => (visitor: Visitor) =>
    ask(lab, visitor, issuer.token({ sub: visitor.name }));

  it.each(JWKS_FAULTS)('that %s before its keys are loaded is not trusted', (kind, answer, expected) =>
    withIssuer(
      kind.startsWith('never') || kind.startsWith('stops') ? HASTE_MS : PATIENCE_MS,
      async (lab, issuer) => {
        const visit = visitWith(lab, issuer);
        const wellAnswer = issuer.answer;
        issuer.answer = answer;
        await lab.injectInto(kind, expected, async (visitor) => {
          lab.age.pass(RETRY_SECONDS);
          return visit(visitor);
        });
        issuer.answer = wellAnswer;
        await lab.untilAnswer(KNOWN, async () => {
          // Keys that look valid are cached for a while.
          lab.age.pass(60);
          return visit(lab.visitor());
        });
      },
    ),
  );

  it('that is unavailable before its keys are loaded is called again, then trusted', () =>
    withIssuer(PATIENCE_MS, async (lab, issuer) => {
      const visit = visitWith(lab, issuer);
      await issuer.goAway();
      await lab.injectInto('refuses connections', UNAVAILABLE, visit);
      await issuer.comeBack();
      lab.age.pass(RETRY_SECONDS);
      await lab.untilAnswer(KNOWN, () => visit(lab.visitor()));
    }));

  it('that becomes unavailable after its keys are loaded does not affect tokens of those keys', () =>
    withIssuer(PATIENCE_MS, async (lab, issuer) => {
      const visit = visitWith(lab, issuer);
      await lab.untilAnswer(KNOWN, () => visit(lab.visitor()));
      await issuer.goAway();
      await lab.injectInto('goes away when its keys are known', KNOWN, async (visitor) => {
        lab.age.pass(700);
        return visit(visitor);
      });
      await lab.injectInto('is away when a token names a new key', UNAVAILABLE, (visitor) => {
        lab.age.pass(RETRY_SECONDS);
        return ask(lab, visitor, issuer.token({ sub: visitor.name }, {}, 'key-2'));
      });
      await issuer.comeBack();
      issuer.addKey('key-2');
      lab.age.pass(60);
      await lab.untilAnswer(KNOWN, () => {
        const visitor = lab.visitor();
        return ask(lab, visitor, issuer.token({ sub: visitor.name }, {}, 'key-2'));
      });
    }));
});

type IntrospectionFault =
  'down' | 'refuses' | 'empty' | 'inactive' | 'wrongAudience' | 'expired' | 'noSubject';

/** Returns the owner of an access token. */
class Introspector extends FaultyServer<IntrospectionFault> {
  protected override answer({ body }: { body: string }, fault?: IntrospectionFault): ServiceReply {
    if (fault === 'down') return { status: 500, body: '' };
    if (fault === 'refuses') return { status: 401, body: '{"error":"invalid_client"}' };
    const sub = new URLSearchParams(body).get('token');
    const claims = {
      active: fault !== 'inactive',
      sub: fault === 'noSubject' ? undefined : sub,
      aud: fault === 'wrongAudience' ? 'https://other.example' : AUDIENCE,
      exp: fault === 'expired' ? 1 : 99_999_999_999,
    };
    const headers = { 'content-type': 'application/json' };
    return { status: 200, headers, body: fault === 'empty' ? '{}' : JSON.stringify(claims) };
  }
}

const INTROSPECTION_FAULTS: [fault: IntrospectionFault | TransportFault, kind: string, expected: string][] = [
  ['hang', 'never answers', UNAVAILABLE],
  ['stall', 'stops in the middle of a response', UNAVAILABLE],
  ['reset', 'resets the connection', UNAVAILABLE],
  ['garbage', 'answers with an HTML page', UNAVAILABLE],
  ['down', 'is down', UNAVAILABLE],
  ['refuses', 'rejects its client', UNAVAILABLE],
  ['empty', 'answers with an empty object', UNAVAILABLE],
  ['inactive', 'calls the token inactive', REFUSED],
  ['wrongAudience', 'calls a token of another API active', REFUSED],
  ['expired', 'calls an expired token active', REFUSED],
  ['noSubject', 'names no subject', REFUSED],
];

describeFaults('introspection', (run) => {
  it.each(INTROSPECTION_FAULTS)('with the fault %s (%s) reveals no visitor', (fault, kind, expected) =>
    run(async (lab) => {
      const server = await new Introspector().listen();
      lab.onClose(() => server.close());
      const client = { clientId: 'the-api', clientSecret: 'a secret of these tests' };
      const timeoutMs = fault === 'hang' || fault === 'stall' ? HASTE_MS : PATIENCE_MS;
      const introspection = { endpoint: `${server.url}/introspect`, ...client };
      await startWith(lab, {
        issuer: 'https://issuer.example',
        audience: AUDIENCE,
        introspection,
        timeoutMs,
      });
      const visit = (visitor: Visitor): Promise<string> => ask(lab, visitor, visitor.name);
      server.fault = fault;
      await lab.injectInto(kind, expected, visit);
      server.fault = undefined;
      await lab.untilAnswer(KNOWN, () => visit(lab.visitor()));
    }),
  );
});
