import { describe, expect, it } from '@jest/globals';
import { readSettings } from '../../../src/config/settings.reader.js';
import { StartError } from '../../../src/config/start.error.js';

describe('the settings of the reference backend', () => {
  it('have defaults for all', () => {
    expect(readSettings({})).toEqual({ port: 3000, docsPort: 3001, sessionSecret: expect.any(String) });
  });

  it('take an empty variable as not set', () => {
    expect(readSettings({ PORT: '', DOCS_URL: ' ', DATABASE_URL: '' })).toMatchObject({ port: 3000 });
  });

  it('make a session secret that differs at each start', () => {
    expect(readSettings({}).sessionSecret).not.toBe(readSettings({}).sessionSecret);
  });

  it('take what the environment says', () => {
    const environment = {
      PORT: '4000',
      DOCS_PORT: '0',
      PUBLIC_URL: 'https://app.foo.com/',
      DOCS_URL: 'https://docs.foo.com/base',
      DATABASE_URL: 'postgres://localhost/acme',
      SESSION_SECRET: 's'.repeat(32),
      MINTLIFY_PRIVATE_KEY: 'a key',
    };
    expect(readSettings(environment)).toEqual({
      port: 4000,
      docsPort: 0,
      publicUrl: 'https://app.foo.com',
      docsUrl: 'https://docs.foo.com/base',
      databaseUrl: 'postgres://localhost/acme',
      sessionSecret: 's'.repeat(32),
      privateKey: 'a key',
    });
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '3e3'],
    ['PORT', '3000.5'],
    ['PORT', '3001'],
    ['DOCS_PORT', '0x10'],
    ['PUBLIC_URL', 'app.foo.com'],
    ['PUBLIC_URL', 'https://app.foo.com/base'],
    ['DOCS_URL', 'docs.foo.com'],
    ['DOCS_URL', 'https://docs.foo.com'],
    ['DATABASE_URL', 'mysql://root:hunter2@localhost/acme'],
    ['SESSION_SECRET', 'hunter2'],
  ])('refuse %s=%s with one line that names it', (name, value) => {
    const read = () => readSettings({ [name]: value });
    expect(read).toThrow(StartError);
    expect(read).toThrow(new RegExp(`^(?!.*hunter2).*${name}.*$`));
  });
});
