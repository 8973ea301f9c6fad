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
/** The limit of concurrent calls of one kind to the tenant source. */
const MAX_CALLS = 64;
const FLOOD_LIMIT_MS = 30_000;

/** A counted call of the host app that waits until it is released. */
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

/** Loads the faulty tenant at once, and all others only when they are released. */
function slowSource(load: SlowCall<undefined>, knowsOrigin: SlowCall<boolean>): Type<TenantSource> {
  return class implements TenantSource {
    load = (id: string): Promise<TenantOptions | undefined> =>
      id === FAULTY ? Promise.resolve(siteOf(FAULTY)) : load.run();
    knowsOrigin = (origin: string): boolean | Promise<boolean> =>
      origin === originOf(FAULTY) || knowsOrigin.run();
  };
}

/** Sends all requests at once, each on its own connection. */
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
    // After a failed spec, closing the app fails the waiting requests; that must not hide the real failure.
    void Promise.allSettled(this.#requests);
    ledger.addInjections(kind, FLOOD);
  }

  /** Resolves when each request is answered or waits for a call of the host app. */
  async arrived({ calls }: { readonly calls: () => number }): Promise<void> {
    await until(() => this.answers.length + calls() >= FLOOD, FLOOD_LIMIT_MS);
  }

  /** The number of responses of each type. */
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

  it('of visitors of unknown tenants causes few calls of a slow source, and does not affect other tenants', () =>
    run(async (lab) => {
      const { load } = await start(lab);
      await lab.expectRecovery(1);
      // From now on the faulty tenant must be reloaded too.
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

  it('of preflights from unknown origins causes few calls of a slow source, and does not affect other docs', () =>
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

  it('of preflights from one unknown origin causes one call of the source', () =>
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
