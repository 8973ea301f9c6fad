import { expect, it, jest } from '@jest/globals';
import { describeOnEveryHost } from '../../support/apps.support.js';
import { bearer, cookie } from '../../support/sessions.support.js';
import { BOTH, SESSION_PATH } from '../../support/user-info.support.js';

const load = jest.fn(() => {
  throw new Error("Cannot find package '@nestjs/swagger' imported from here");
});
jest.unstable_mockModule('@nestjs/swagger', load);

describeOnEveryHost('an app that does not use @nestjs/swagger', ({ boot }) => {
  it('never loads it, logs nothing of it, and serves its visitors', async () => {
    const host = await boot({ options: BOTH });
    expect(load).not.toHaveBeenCalled();
    expect(host.logs.text).not.toContain('swagger');
    await host.get('/docs-login', await bearer()).expect(302);
    await host.get(SESSION_PATH, await cookie()).expect(200);
  });
});
