import { once } from 'node:events';
import { connect } from 'node:net';
import type { ServerResponse } from 'node:http';
import { it } from '@jest/globals';
import { Injectable, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import {
  describeFaults,
  FAULTY,
  headersOf,
  NamedVisitorGuard,
  type FaultLab,
  type Visitor,
} from '../support/fault-lab.support.js';
import { until } from '../support/until.support.js';

/** Fewer slots than injections of one kind, so that a slot that is not released is noticed. */
const PLACES = 40;

/** A guard of the host app that acts on requests of the faulty tenant, after it has identified the visitor. */
function guardThat(
  act: (context: ExecutionContext, visitor: Visitor) => boolean | Promise<boolean>,
): Type<CanActivate> {
  @Injectable()
  class ActingGuard extends NamedVisitorGuard {
    override canActivate(context: ExecutionContext): boolean {
      const isKnown = super.canActivate(context);
      const { user } = context.switchToHttp().getRequest<{ user?: Visitor }>();
      if (user?.tenant !== FAULTY) return isKnown;
      return act(context, user) as boolean;
    }
  }
  return ActingGuard;
}

const startWith = (lab: FaultLab, guard: Type<CanActivate>): Promise<void> =>
  lab.start({ handshakes: { jwt: { guards: [guard] } }, maxConcurrentHandshakes: PLACES });

const rawOf = (context: ExecutionContext): ServerResponse => {
  const response = context.switchToHttp().getResponse<{ raw?: ServerResponse }>();
  return response.raw ?? (response as ServerResponse);
};

describeFaults('the host app', (run) => {
  it('whose guard still runs when the client disconnects releases the slot', () =>
    run(async (lab) => {
      const waiting = new Map<string, () => void>();
      let isSlow = true;
      await startWith(
        lab,
        guardThat((_, { name }) =>
          isSlow ? new Promise((resolve) => waiting.set(name, () => resolve(true))) : true,
        ),
      );
      await lab.injectInto('the client leaves while a guard works', 'gone', async (visitor) => {
        const socket = connect(lab.port, '127.0.0.1').on('error', () => undefined);
        await once(socket, 'connect');
        const [[name, value] = ['', '']] = Object.entries(headersOf(visitor));
        socket.write(`GET /docs-login HTTP/1.1\r\nHost: app.acme.example\r\n${name}: ${value}\r\n\r\n`);
        await until(() => waiting.has(visitor.name));
        socket.destroy();
        await once(socket, 'close');
        waiting.get(visitor.name)?.();
        return 'gone';
      });
      isSlow = false;
      await lab.untilRecovery();
      await lab.expectRecovery();
    }));

  it('whose responses never emit close, as with serverless adapters, releases the slot', () =>
    run(async (lab) => {
      await startWith(
        lab,
        guardThat((context) => {
          const response = rawOf(context);
          const emit = response.emit.bind(response) as (name: string | symbol, ...rest: unknown[]) => boolean;
          response.emit = (name: string | symbol, ...rest: unknown[]) =>
            name === 'close' ? true : emit(name, ...rest);
          return true;
        }),
      );
      await lab.inject({
        kind: 'a response that never closes',
        expected: { status: 302 },
        times: 3 * PLACES,
      });
      await lab.expectRecovery();
    }));

  it.each([
    [
      'throws a plain error',
      '500 no-store',
      guardThat(() => {
        throw new TypeError('canary');
      }),
    ],
    [
      'sends the response itself and returns false',
      '418 no-store',
      guardThat((context) => {
        context
          .switchToHttp()
          .getResponse<{ status(code: number): { send(body: string): void } }>()
          .status(418)
          .send('');
        return false;
      }),
    ],
    [
      'destroys the connection',
      'gone',
      guardThat((context) => {
        rawOf(context).destroy();
        return true;
      }),
    ],
  ])('whose guard %s releases the slot', (kind, expected, guard) =>
    run(async (lab) => {
      await startWith(lab, guard);
      const visit = async (visitor: Visitor): Promise<string> => {
        const answer = await lab.logIn(visitor).catch(() => undefined);
        return answer === undefined ? 'gone' : `${answer.status} ${answer.headers['cache-control']}`;
      };
      await lab.injectInto(`a guard that ${kind}`, expected, visit, 3 * PLACES);
      await lab.visitSoundly();
    }),
  );
});
