import { expect, it, jest } from '@jest/globals';
import { describeOnEveryPlatform } from '../support/apps.support.js';
import { bearer, cookie } from '../support/sessions.support.js';
import { BOTH, SESSION_PATH } from '../support/user-info.support.js';

const load = jest.fn(() => {
  throw new Error("Cannot find package '@nestjs/swagger' imported from here");
});
jest.unstable_mockModule('@nestjs/swagger', load);

describeOnEveryPlatform('an app without @nestjs/swagger', ({ boot }) => {
  it('logs nothing of it, and serves its visitors', async () => {
    const host = await boot({ options: BOTH });
    expect(load).toHaveBeenCalled();
    expect(host.logs.text).not.toContain('swagger');
    await host.get('/docs-login', await bearer()).expect(302);
    await host.get(SESSION_PATH, await cookie()).expect(200);
  });
});
