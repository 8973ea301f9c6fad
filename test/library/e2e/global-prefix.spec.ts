import { expect, it } from '@jest/globals';
import { describeOnEveryHost } from '../../support/apps.support.js';
import {
  askEveryHandshake,
  EVERY_HANDSHAKE,
  everyHandshakeAnswered,
} from '../../support/handshake-answers.support.js';

describeOnEveryHost('a global prefix', ({ boot }) => {
  it.each(['api', '/api/', 'api/internal'])('%s: the handshakes answer below it', async (prefix) => {
    const host = await boot({ options: EVERY_HANDSHAKE, configure: (app) => app.setGlobalPrefix(prefix) });
    const path = `/${prefix.replace(/^\/|\/$/g, '')}`;
    expect(await askEveryHandshake(host, path)).toEqual(everyHandshakeAnswered(path));
    for (const route of ['/docs-login', '/docs/user-info', '/docs/oauth/user-info']) {
      await host.get(route).expect(404);
    }
  });

  it('that leaves the handshakes out: they answer outside of it', async () => {
    const exclude = ['docs-login', 'docs/user-info', 'docs/oauth/user-info'];
    const host = await boot({
      options: EVERY_HANDSHAKE,
      configure: (app) => app.setGlobalPrefix('api', { exclude }),
    });
    expect(await askEveryHandshake(host)).toEqual(everyHandshakeAnswered());
  });
});
