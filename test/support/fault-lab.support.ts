import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect } from '@jest/globals';
import { Injectable, type CanActivate, type ExecutionContext, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { jwtVerify, type JWTPayload } from 'jose';
import {
  CLOCK,
  type ClaimMapper,
  type Clock,
  type MintlifyPersonalizationOptions,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import type { KeyObject } from 'node:crypto';
import { MONOTONIC_CLOCK } from '../../libs/mintlify-personalization/src/time/monotonic-clock.js';
import { createAdapter, importLibrary, mapperOf, type Platform } from './apps.support.js';
import { readArrival } from './docs-arrival.support.js';
import { ledger } from './fault-ledger.support.js';
import { ecPair, type KeyPair } from './keys.support.js';
import { LogCollector } from './log-collector.support.js';
import { countResources, findLeaks, takeUnhandled } from './process-watch.support.js';
import { HandMovedClock, resolverOf } from './tenants.support.js';
import { until } from './until.support.js';

/** Who comes: a tenant, and a name that no one else has. */
export interface Visitor {
  readonly tenant: string;
  readonly name: string;
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What the design says that a fault is answered with. A redirect is status 302 without a code. */
export interface DesignedAnswer {
  readonly status: number;
  readonly code?: string;
}

/** A fault of one kind, to be injected again and again. */
export interface Injection {
  readonly kind: string;
  readonly expected: DesignedAnswer | readonly DesignedAnswer[];
  /** How often. */
  readonly times?: number;
  /** The request that meets the fault: by default a login of a visitor of the faulty tenant. */
  readonly visit?: (visitor: Visitor) => Promise<Answer>;
  /** Done before each handful of requests. */
  readonly beforeEach?: () => unknown;
}

/** The tenant that faults are injected for. */
export const FAULTY = 'faulty';
/** The tenant that is to notice nothing of them. */
export const SOUND = 'sound';
/** Told a visitor by each sound mapper, beside the name. */
export const SOUND_GROUPS = ['readers'];

export const LOGIN: DesignedAnswer = { status: 302 };

const DEFAULT_TIMES = 60;
const AT_ONCE = 20;
const OTHERS_AT_ONCE = 10;
/** A recovery that never comes fails its test; one that is slow does not. */
const RECOVERY_LIMIT_MS = 20_000;

/** The machine's clock, and as many milliseconds more as a spec says. */
export class SteppedClock implements Clock {
  stepMs = 0;

  now(): number {
    return Date.now() + this.stepMs;
  }
}

/** The keys with which tokens of the two tenants are signed unless a spec sets others. */
export const LAB_KEYS: Readonly<Record<typeof FAULTY | typeof SOUND, KeyPair>> = {
  [FAULTY]: ecPair(),
  [SOUND]: ecPair(),
};

/** Says who the visitor is, and nothing else: a token that is somebody else's is noticed. */
export const mapSoundly = ({ tenant, name }: Visitor): MintlifyUser => ({
  groups: SOUND_GROUPS,
  content: { tenant, name },
});

/** What a visitor sends in place of a session. */
export const headersOf = ({ tenant, name }: Visitor): Record<string, string> => ({
  'x-visitor': `${tenant}/${name}`,
});

/** The host's guard. */
@Injectable()
export class NamedVisitorGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context
      .switchToHttp()
      .getRequest<{ headers: Record<string, string | undefined>; user?: Visitor }>();
    const [tenant, name] = (request.headers['x-visitor'] ?? '').split('/');
    if (tenant !== undefined && name !== undefined) request.user = { tenant, name };
    return name !== undefined;
  }
}

/** A mapper that does what a spec says to visitors of the faulty tenant, and maps all others soundly. */
export const mapperWith = (mapFaultily: (...parameters: Parameters<ClaimMapper['map']>) => unknown) =>
  mapperOf((visitor: unknown, context: Parameters<ClaimMapper['map']>[1]) => {
    const { tenant } = visitor as Visitor;
    return tenant === FAULTY ? mapFaultily(visitor, context) : mapSoundly(visitor as Visitor);
  });

/** A running app in which one tenant suffers, and what watches over it. */
export class FaultLab {
  readonly clock = new SteppedClock();
  readonly age = new HandMovedClock();
  readonly logs = new LogCollector();
  /** Public keys by tenant; a token that none of them verifies is wrong. */
  readonly publicKeys = new Map<string, KeyObject[]>(
    Object.entries(LAB_KEYS).map(([tenant, { publicKey }]) => [tenant, [publicKey]]),
  );
  app!: INestApplication;
  port!: number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #closers: (() => unknown)[] = [];
  #visitors = 0;

  constructor(
    readonly platform: Platform,
    private readonly family: string,
  ) {}

  /** Starts the app: on Express through `forRoot`, on Fastify through `forRootAsync`. */
  async start(options: Partial<MintlifyPersonalizationOptions>): Promise<void> {
    const library = importLibrary(this.platform === 'Express' ? 'forRoot' : 'forRootAsync', {
      docsUrl: 'https://docs.acme.example',
      signingKey: LAB_KEYS.sound.privateKey,
      handshakes: { jwt: { guards: [NamedVisitorGuard] } },
      claimMapper: mapperWith((visitor) => mapSoundly(visitor as Visitor)),
      tenantResolver: resolverOf((visitor) => (visitor as Visitor | undefined)?.tenant),
      tenants: { [SOUND]: siteOf(SOUND), [FAULTY]: siteOf(FAULTY) },
      ...options,
    });
    const module = await Test.createTestingModule({ imports: [library] })
      .overrideProvider(CLOCK)
      .useValue(this.clock)
      .overrideProvider(MONOTONIC_CLOCK)
      .useValue(this.age)
      .setLogger(this.logs)
      .compile();
    this.app = module.createNestApplication(createAdapter(this.platform), { forceCloseConnections: true });
    await this.app.listen(0, '127.0.0.1');
    this.port = (this.app.getHttpServer().address() as { port: number }).port;
  }

  /** For what a spec starts beside the app: closed before the app is. */
  onClose(close: () => unknown): void {
    this.#closers.push(close);
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    for (const close of this.#closers.splice(0)) await close();
    await this.app?.close();
  }

  /** Somebody new. */
  visitor(tenant = FAULTY): Visitor {
    this.#visitors += 1;
    return { tenant, name: `visitor-${this.#visitors}` };
  }

  /** @param agent for more connections than the lab's own has */
  get(
    path: string,
    headers: Record<string, string>,
    method = 'GET',
    agent: Agent = this.#agent,
  ): Promise<Answer> {
    const { port } = this;
    return new Promise((resolve, reject) => {
      const options = { port, host: '127.0.0.1', path, headers, method, agent };
      const request = httpRequest(options, (response) => {
        text(response).then(
          (body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
          reject,
        );
      });
      request.on('error', reject).end();
    });
  }

  /** A visit to the login route, as far as its answer. */
  logIn(visitor: Visitor): Promise<Answer> {
    return this.get('/docs-login?redirect=/guide', headersOf(visitor));
  }

  /**
   * Injects a fault again and again, beside visitors of the sound tenant, and holds every answer to the design: the
   * status, no word in the body, and no token but one that is right and the visitor's own.
   */
  async inject({ kind, expected, times = DEFAULT_TIMES, visit, beforeEach }: Injection): Promise<void> {
    const answers = new Set<string>();
    for (let done = 0; done < times; done += AT_ONCE) {
      await beforeEach?.();
      const count = Math.min(AT_ONCE, times - done);
      const visits = Array.from({ length: count }, async () => {
        const visitor = this.visitor();
        answers.add(await this.judge(visitor, await (visit ?? this.logIn.bind(this))(visitor)));
      });
      await Promise.all([...visits, this.visitSoundly()]);
      ledger.addInjections(`${this.family}: ${kind}`, count);
    }
    const designed = new Set([expected].flat().map(nameDesigned));
    expect([...answers].filter((answer) => !designed.has(answer))).toEqual([]);
    expect(answers.size).toBeGreaterThan(0);
  }

  /** The same with one request, and no one else there. */
  async injectAlone({ kind, expected, visit }: Injection): Promise<void> {
    const visitor = this.visitor();
    const answer = await this.judge(visitor, await (visit ?? this.logIn.bind(this))(visitor));
    ledger.addInjections(`${this.family}: ${kind}`, 1);
    expect([expected].flat().map(nameDesigned)).toContain(answer);
  }

  /**
   * Injects a fault into requests that are no login, beside visitors of the sound tenant.
   *
   * @param visit gives the answer as text
   */
  async injectInto(
    kind: string,
    expected: string,
    visit: (visitor: Visitor) => Promise<string>,
    times = DEFAULT_TIMES,
  ): Promise<void> {
    const answers: string[] = [];
    for (let done = 0; done < times; done += AT_ONCE) {
      const count = Math.min(AT_ONCE, times - done);
      const visits = Array.from({ length: count }, async () => answers.push(await visit(this.visitor())));
      await Promise.all([...visits, this.visitSoundly()]);
      ledger.addInjections(`${this.family}: ${kind}`, count);
    }
    this.expectAnswers([...new Set(answers)], [expected]);
  }

  expectAnswers(words: readonly string[], expected: readonly string[]): void {
    expect(words).toEqual(expected);
  }

  /** Visitors whom a fault of another tenant does not concern. */
  async visitSoundly(count = OTHERS_AT_ONCE, tenant = SOUND): Promise<void> {
    const answers = await Promise.all(
      Array.from({ length: count }, async () => {
        const visitor = this.visitor(tenant);
        return this.judge(visitor, await this.logIn(visitor));
      }),
    );
    ledger.addOtherRequests(count);
    expect([...new Set(answers)]).toEqual(['302']);
  }

  /** The fault is over, and the app was not started again. */
  async expectRecovery(visits = AT_ONCE): Promise<void> {
    const answers = await Promise.all(
      Array.from({ length: visits }, async () => {
        const visitor = this.visitor();
        return this.judge(visitor, await this.logIn(visitor));
      }),
    );
    expect([...new Set(answers)]).toEqual(['302']);
  }

  /** The fault is over, and what goes on in the background ends in its own time. */
  async untilRecovery(): Promise<void> {
    await until(async () => {
      const visitor = this.visitor();
      const answer = await this.logIn(visitor);
      return (
        answer.status === 302 && (await this.#findProblem(visitor, answer.headers.location)) === undefined
      );
    }, RECOVERY_LIMIT_MS);
  }

  /** The same where what comes back is no login. */
  async untilAnswer(expected: string, visit: () => Promise<string>): Promise<void> {
    await until(async () => (await visit()) === expected, RECOVERY_LIMIT_MS);
  }

  /** An answer in a word, such as `302` or `503 signer_timeout`; anything that no answer may hold is in it, too. */
  async judge(visitor: Visitor, { status, headers, body }: Answer): Promise<string> {
    if (status === 302) {
      const problem = await this.#findProblem(visitor, headers.location);
      ledger.addToken(problem === undefined);
      const isSilent = body === '' && headers['cache-control'] === 'no-store';
      return problem ?? (isSilent ? '302' : `302 with a body, or to be cached: ${body}`);
    }
    if (headers.location !== undefined) return `${status} with a Location`;
    const needsRetry = status === 503;
    // 429 comes from a service that may say when to try again.
    if (status !== 429 && needsRetry !== (headers['retry-after'] !== undefined))
      return `${status} and Retry-After do not fit`;
    return nameBody(status, body);
  }

  async #findProblem({ tenant, name }: Visitor, location: string | undefined): Promise<string | undefined> {
    const { page, token } = readArrival(location);
    if (page !== `https://docs.${tenant}.example/guide`) return `sent to ${page}`;
    const claims = await this.#verify(tenant, token);
    if (claims === undefined) return 'a token that does not verify';
    const { content, groups } = claims as JWTPayload & { content?: Partial<Visitor>; groups?: unknown };
    if (content?.name !== name || content.tenant !== tenant) return "a token that is not the visitor's";
    return JSON.stringify(groups) === JSON.stringify(SOUND_GROUPS) ? undefined : 'a token of other groups';
  }

  /** As the docs do, at the time of the app's clock. */
  async #verify(tenant: string, token: string): Promise<JWTPayload | undefined> {
    for (const key of this.publicKeys.get(tenant) ?? []) {
      const algorithms = [key.asymmetricKeyType === 'ed25519' ? 'EdDSA' : 'ES256'];
      const options = { algorithms, currentDate: new Date(this.clock.now()) };
      const verified = await jwtVerify(token, key, options).catch(() => undefined);
      if (verified !== undefined) return verified.payload;
    }
    return undefined;
  }
}

/** The options of a tenant of the lab. */
export const siteOf = (tenant: typeof FAULTY | typeof SOUND) => ({
  docsUrl: `https://docs.${tenant}.example`,
  signingKey: LAB_KEYS[tenant].privateKey,
});

const nameDesigned = ({ status, code }: DesignedAnswer): string =>
  code === undefined ? String(status) : `${status} ${code}`;

/** An error's body holds its status and its code. */
function nameBody(status: number, body: string): string {
  const match = /^\{"statusCode":(\d+),"code":"(\w+)"\}$/.exec(body);
  return match?.[1] === String(status)
    ? `${status} ${match[2]}`
    : `${status} with the body ${body.slice(0, 200)}`;
}

/** Runs an experiment in a {@link FaultLab}: nothing of it outlives it, and nothing in it went unhandled. */
export type RunInLab = (experiment: (lab: FaultLab) => Promise<void>) => Promise<void>;

/** Runs the specs of a family of faults on Express and on Fastify. */
export function describeFaults(family: string, specs: (run: RunInLab, platform: Platform) => void): void {
  describe.each(['Express', 'Fastify'] as const)(`${family} (%s)`, (platform) => {
    const run: RunInLab = async (experiment) => {
      const before = countResources();
      const lab = new FaultLab(platform, family);
      try {
        await experiment(lab);
      } finally {
        await lab.close();
      }
      const unhandled = await takeUnhandled();
      ledger.addUnhandled(unhandled.length);
      expect(unhandled).toEqual([]);
      const leaks = await findLeaks(before);
      ledger.addLeaks(leaks.length);
      expect(leaks).toEqual([]);
    };
    specs(run, platform);
  });
}
