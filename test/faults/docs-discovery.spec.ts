import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DocsDiscoveryModule } from 'nestjs-mintlify-personalization/discovery';
import { PAGES, QUESTION, settingsFor } from '../support/discovery.support.js';
import { DiscoveryServer, RESULTS, type DiscoveryFault } from '../support/discovery-server.support.js';
import {
  describeFaults,
  FAULTY,
  headersOf,
  NamedVisitorGuard,
  siteOf,
  SOUND,
  type Answer,
  type DesignedAnswer,
  type FaultLab,
  type Visitor,
} from '../support/fault-lab.support.js';

const SECRET = 'topsecret';
const TIMEOUT_MS = 150;
const MAX_BYTES = 4_096;
const UNAVAILABLE: DesignedAnswer = { status: 503, code: 'discovery_unavailable' };
const LATE: DesignedAnswer = { status: 503, code: 'discovery_timeout' };
const REFUSED: DesignedAnswer = { status: 500, code: 'discovery_refused' };
const LIMITED: DesignedAnswer = { status: 429, code: 'discovery_rate_limited' };

const status =
  (code: number, headers = {}): DiscoveryFault =>
  (response) =>
    response.writeHead(code, headers).end(SECRET);
const json =
  (content: unknown): DiscoveryFault =>
  (response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(content));

/** What the API does, and what a search is answered with. */
const SEARCH_FAULTS: [kind: string, fault: DiscoveryFault, expected: DesignedAnswer][] = [
  ['never answers', () => undefined, LATE],
  ['begins and never ends', (response) => response.writeHead(200).write('['), LATE],
  ['resets the connection', (response) => response.socket?.resetAndDestroy(), UNAVAILABLE],
  [
    'cuts its answer',
    (response) => response.writeHead(200, { 'Content-Length': 99 }).write('[', () => response.destroy()),
    UNAVAILABLE,
  ],
  ['sends no HTTP', (response) => response.socket?.end(`${SECRET}\r\n\r\n`), UNAVAILABLE],
  ['sends too much', (response) => response.end(JSON.stringify('x'.repeat(MAX_BYTES))), UNAVAILABLE],
  ['sends no JSON', (response) => response.end(`<html>${SECRET}`), UNAVAILABLE],
  ['sends an object', json({ results: RESULTS }), UNAVAILABLE],
  ['sends null', json(null), UNAVAILABLE],
  ['sends results without a path', json([{ content: SECRET }]), UNAVAILABLE],
  ['sends results that are no objects', json([SECRET, null]), UNAVAILABLE],
  ['refuses the key', status(401), REFUSED],
  ['refuses the domain', status(403), REFUSED],
  ['asks for payment', status(402), REFUSED],
  ['allows no more', status(429, { 'Retry-After': '9' }), LIMITED],
  ['fails', status(500), UNAVAILABLE],
  ['is not there', status(502), UNAVAILABLE],
  ['redirects to another host', status(307, { Location: 'http://127.0.0.1:9/' }), UNAVAILABLE],
];

describeFaults('the discovery API', (run) => {
  let server: DiscoveryServer;
  beforeAll(async () => {
    server = await DiscoveryServer.start();
  });
  afterAll(() => server.close());

  const start = (lab: FaultLab, limits = {}): Promise<void> =>
    lab.start({
      audit: { subject: ({ name }: Visitor) => name },
      handshakes: { jwt: { guards: [NamedVisitorGuard] } },
      discovery: settingsFor(server, 'sound'),
      tenants: Object.fromEntries(
        ([SOUND, FAULTY] as const).map((tenant) => [
          tenant,
          { ...siteOf(tenant), discovery: settingsFor(server, tenant) },
        ]),
      ),
      imports: [
        DocsDiscoveryModule.forRoot({
          maxResponseBytes: MAX_BYTES,
          routes: { guards: [NamedVisitorGuard], origins: [PAGES] },
          ...limits,
        }),
      ],
    });

  const post =
    (lab: FaultLab, path: string, body: unknown) =>
    async (visitor: Visitor): Promise<Answer> => {
      const answer = await fetch(`http://127.0.0.1:${lab.port}/docs/${path}`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Origin: PAGES,
          Connection: path === 'search' ? 'close' : 'keep-alive',
          ...headersOf(visitor),
        },
        body: JSON.stringify(body),
      });
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: await answer.text(),
      };
    };

  it.each(SEARCH_FAULTS)('that %s', (kind, fault, expected) =>
    run(async (lab) => {
      server.fault = fault;
      await start(lab, expected === LATE ? { timeoutMs: TIMEOUT_MS } : {});
      await lab.inject({ kind, expected, times: 20, visit: post(lab, 'search', { query: 'hooks' }) });
      server.fault = undefined;
      expect((await post(lab, 'search', { query: 'hooks' })(lab.visitor())).status).toBe(200);
    }),
  );

  it.each<[string, DiscoveryFault]>([
    ['never goes on', (response) => response.writeHead(200).write('data: {}\n\n')],
    ['is cut', (response) => response.writeHead(200).write('data: {}\n\n', () => response.destroy())],
    ['never ends', (response) => response.writeHead(200).write('x'.repeat(2 * MAX_BYTES))],
  ])('whose answer %s', (kind, fault) =>
    run(async (lab) => {
      server.fault = fault;
      await start(lab, { answerTimeoutMs: TIMEOUT_MS });
      await lab.injectInto(
        kind,
        'cut',
        (visitor) =>
          post(
            lab,
            'assistant',
            QUESTION,
          )(visitor).then(
            ({ status: code }) => `whole ${code}`,
            () => 'cut',
          ),
        20,
      );
      server.fault = undefined;
      expect((await post(lab, 'assistant', QUESTION)(lab.visitor())).status).toBe(200);
    }),
  );
});
