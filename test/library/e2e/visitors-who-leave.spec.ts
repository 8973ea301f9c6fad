import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import { Injectable, type CanActivate } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { bearer } from '../../support/sessions.support.js';
import { until } from '../../support/until.support.js';
import { BOTH, OAUTH_PATH, SESSION_PATH } from '../../support/user-info.support.js';

/** Something of the host app's that keeps a request waiting until the gate opens. */
function slowApp() {
  const waiting: (() => void)[] = [];
  let isOpen = false;
  const wait = (): Promise<void> =>
    isOpen ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
  @Injectable()
  class SlowGuard implements CanActivate {
    async canActivate(): Promise<boolean> {
      await wait();
      return true;
    }
  }
  const kinds: [string, Pick<HostSetup, 'host' | 'configure'>][] = [
    ['a guard of the whole app', { host: { providers: [{ provide: APP_GUARD, useClass: SlowGuard }] } }],
    [
      'a middleware',
      {
        configure: (app) =>
          app.use(async (_: unknown, __: unknown, next: () => void) => {
            await wait();
            next();
          }),
      },
    ],
  ];
  const open = (): void => {
    isOpen = true;
    waiting.splice(0).forEach((resolve) => resolve());
  };
  return { kinds, waiting, open };
}

const KINDS = slowApp().kinds.map(([name], index) => [name, index] as const);

describeOnEveryHost('visitors who leave before their handshake is answered', ({ boot }) => {
  it.each(KINDS)('while %s works: each place is free again, and each event says so', async (_, index) => {
    const { kinds, waiting, open } = slowApp();
    const { auditSink, events } = auditCollector();
    const host = await boot({
      ...kinds[index]?.[1],
      options: { ...BOTH, auditSink, maxConcurrentHandshakes: 3 },
    });
    for (const path of ['/docs-login', SESSION_PATH, OAUTH_PATH]) {
      const before = waiting.length;
      const socket = connect(host.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: api.acme.example\r\n\r\n`);
      await until(() => waiting.length > before);
      socket.destroy();
      await until(() => events.some(({ outcome }) => outcome === 'client_closed'));
      expect(events.splice(0)).toMatchObject([{ outcome: 'client_closed' }]);
    }
    open();
    for (let visit = 0; visit < 4; visit += 1) {
      const answer = await host.get('/docs-login', await bearer());
      expect([answer.status, answer.body]).toEqual([302, {}]);
    }
  });
});
