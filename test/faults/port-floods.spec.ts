import { Agent } from 'node:http';
import { expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import type { TenantOptions, TenantSource } from 'nestjs-mintlify-personalization';
import {
  describeFaults,
  FAULTY,
  headersOf,
  NamedVisitorGuard,
  siteOf,
  SOUND,
  type Answer,
  type FaultLab,
} from '../support/fault-lab.support.js';
import { ledger } from '../support/fault-ledger.support.js';
import { Held } from '../support/tenants.support.js';
import { until } from '../support/until.support.js';
import { OAUTH_PATH } from '../support/user-info.support.js';

const FLOOD = 1_000;
/** How many calls of one kind the tenant source gets at once. */
const MAX_CALLS = 64;
const FLOOD_LIMIT_MS = 30_000;

/** A call of the host app that does not answer until it is told to, and counts. */
class SlowCall<T> {
  calls = 0;
  readonly #held = new Held<T>();

  readonly run = (): Promise<T> => {
    this.calls += 1;
    return this.#held.promise;
  };

  answer(value: T): void {
    this.#held.resolve(value);
  }
}

const originOf = (tenant: string): string => `https://docs.${tenant}.example`;

/** Knows the faulty tenant at once, and all others only when it is told to. */
function slowSource(load: SlowCall<undefined>, knowsOrigin: SlowCall<boolean>): Type<TenantSource> {
  return class implements TenantSource {
    load = (id: string): Promise<TenantOptions | undefined> =>
      id === FAULTY ? Promise.resolve(siteOf(FAULTY)) : load.run();
    knowsOrigin = (origin: string): boolean | Promise<boolean> =>
      origin === originOf(FAULTY) || knowsOrigin.run();
  };
}

/** Sends requests all at once, each over a connection of its own. */
class Flood {
  readonly answers: string[] = [];
  readonly #agent = new Agent({ maxSockets: FLOOD });
  readonly #requests: Promise<unknown>[];

  constructor(lab: FaultLab, kind: string, request: (number: number, agent: Agent) => Promise<Answer>) {
    lab.onClose(() => this.#agent.destroy());
    this.#requests = Array.from({ length: FLOOD }, async (_, number) => {
      const visitor = lab.visitor(`unknown-${number}`);
      this.answers.push(await lab.judge(visitor, await request(number, this.#agent)));
    });
    // Where a spec has failed before, the app closes on those that wait, and that is not what it failed of.
    void Promise.allSettled(this.#requests);
    ledger.addInjections(kind, FLOOD);
  }

  /** When each request has its answer, or waits for a call of the host app. */
  async arrived({ calls }: { readonly calls: () => number }): Promise<void> {
    await until(() => this.answers.length + calls() >= FLOOD, FLOOD_LIMIT_MS);
  }

  /** What was answered, and how often. */
  async counts(): Promise<Record<string, number>> {
    await Promise.all(this.#requests);
    const counts: Record<string, number> = {};
    for (const answer of this.answers) counts[answer] = (counts[answer] ?? 0) + 1;
    return counts;
  }
}

describeFaults('a flood', (run) => {
  const start = async (lab: FaultLab) => {
    const [load, knowsOrigin] = [new SlowCall<undefined>(), new SlowCall<boolean>()];
    const handshakes = { jwt: { guards: [NamedVisitorGuard] }, oauth: { guards: [NamedVisitorGuard] } };
    await lab.start({
      handshakes,
      tenants: { [SOUND]: siteOf(SOUND) },
      tenantSource: slowSource(load, knowsOrigin),
      tenantTimeoutMs: 60_000,
      tenantMaxAgeSeconds: 100,
    });
    return { load, knowsOrigin };
  };

  it('of visitors of tenants that are not known leaves a slow source few calls, and other tenants their logins', () =>
    run(async (lab) => {
      const { load } = await start(lab);
      await lab.expectRecovery(1);
      // From now on the source is due to be asked about the faulty tenant, too.
      lab.age.pass(100);
      const flood = new Flood(lab, 'a flood: of unknown tenants', (number, agent) =>
        lab.get('/docs-login', headersOf(lab.visitor(`unknown-${number}`)), 'GET', agent),
      );
      await flood.arrived({ calls: () => load.calls });
      expect(load.calls).toBe(MAX_CALLS);
      await lab.visitSoundly();
      await lab.expectRecovery();
      load.answer(undefined);
      expect(await flood.counts()).toEqual({
        '503 overloaded': FLOOD - MAX_CALLS,
        '404 unknown_tenant': MAX_CALLS,
      });
      await lab.expectRecovery();
    }));

  it('of preflights from origins that are not known leaves a slow source few calls, and other docs theirs', () =>
    run(async (lab) => {
      const { knowsOrigin } = await start(lab);
      const preflight = (origin: string, agent?: Agent): Promise<Answer> =>
        lab.get(OAUTH_PATH, { origin, 'access-control-request-method': 'GET' }, 'OPTIONS', agent);
      const statusesOfOthers = async () =>
        Promise.all([SOUND, FAULTY].map(async (tenant) => (await preflight(originOf(tenant))).status));
      expect(await statusesOfOthers()).toEqual([204, 204]);
      lab.age.pass(100);
      const flood = new Flood(lab, 'a flood: of unknown origins', (number, agent) =>
        preflight(originOf(`unknown-${number}`), agent),
      );
      await flood.arrived({ calls: () => knowsOrigin.calls });
      expect(knowsOrigin.calls).toBe(MAX_CALLS);
      expect(await statusesOfOthers()).toEqual([204, 204]);
      await lab.visitSoundly();
      knowsOrigin.answer(false);
      expect(await flood.counts()).toEqual({
        '503 overloaded': FLOOD - MAX_CALLS,
        '403 origin_not_allowed': MAX_CALLS,
      });
      expect(await statusesOfOthers()).toEqual([204, 204]);
    }));

  it('of preflights from one origin that is not known is one call of the source', () =>
    run(async (lab) => {
      const { knowsOrigin } = await start(lab);
      const flood = new Flood(lab, 'a flood: of one unknown origin', (_, agent) =>
        lab.get(
          OAUTH_PATH,
          { origin: originOf('unknown'), 'access-control-request-method': 'GET' },
          'OPTIONS',
          agent,
        ),
      );
      await until(() => knowsOrigin.calls === 1);
      knowsOrigin.answer(false);
      expect(await flood.counts()).toEqual({ '403 origin_not_allowed': FLOOD });
      expect(knowsOrigin.calls).toBe(1);
    }));
});
