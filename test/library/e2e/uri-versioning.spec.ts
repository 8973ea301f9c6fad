import { expect, it } from '@jest/globals';
import { VERSION_NEUTRAL, VersioningType, type INestApplication } from '@nestjs/common';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';
import {
  askEveryHandshake,
  EVERY_HANDSHAKE,
  everyHandshakeAnswered,
} from '../../support/handshake-answers.support.js';

type Version = string | string[] | typeof VERSION_NEUTRAL;

const { oauth } = EVERY_HANDSHAKE.handshakes;
const withVersion = (version: Version): HostSetup['options'] => ({
  ...EVERY_HANDSHAKE,
  handshakes: { jwt: { version }, sharedSession: { version }, oauth: { ...oauth, version } },
});
const uri =
  (defaultVersion?: string, prefix?: string) =>
  (app: INestApplication): INestApplication =>
    app.enableVersioning({
      type: VersioningType.URI,
      ...(defaultVersion !== undefined && { defaultVersion }),
      ...(prefix !== undefined && { prefix }),
    });

describeOnEveryHost('versions in the address', ({ boot }) => {
  it.each<[string, string, HostSetup]>([
    ['the default one', '/v1', { options: EVERY_HANDSHAKE, configure: uri('1') }],
    ['one of their own', '/v2', { options: withVersion('2'), configure: uri('1') }],
    ['one of several', '/v3', { options: withVersion(['2', '3']), configure: uri('1') }],
    ['none, beside a default one', '', { options: withVersion(VERSION_NEUTRAL), configure: uri('1') }],
    ['none at all', '', { options: EVERY_HANDSHAKE, configure: uri() }],
    ['one with another letter', '/version-1', { options: EVERY_HANDSHAKE, configure: uri('1', 'version-') }],
    [
      'one below a prefix',
      '/api/v1',
      { options: EVERY_HANDSHAKE, configure: (app) => uri('1')(app.setGlobalPrefix('api')) },
    ],
  ])('%s: the handshakes answer there, and the way back leads there', async (_, path, setup) => {
    const host = await boot(setup);
    expect(await askEveryHandshake(host, path)).toEqual(everyHandshakeAnswered(path));
  });
});

describeOnEveryHost('versions in a request header', ({ boot }) => {
  const byHeader = (type: VersioningType.HEADER | VersioningType.MEDIA_TYPE) => (app: INestApplication) =>
    app.enableVersioning(
      type === VersioningType.HEADER
        ? { type, header: 'x-version', defaultVersion: '1' }
        : { type, key: 'v=', defaultVersion: '1' },
    );

  it.each([VersioningType.HEADER, VersioningType.MEDIA_TYPE] as const)(
    'hide the routes from browsers, and the start says so (%s)',
    async (type) => {
      const hidden = await boot({ options: EVERY_HANDSHAKE, configure: byHeader(type) });
      for (const option of ['jwt', 'sharedSession', 'oauth']) {
        expect(hidden.logs.text).toContain(`Set handshakes.${option}.version to VERSION_NEUTRAL.`);
      }
      const open = await boot({ options: withVersion(VERSION_NEUTRAL), configure: byHeader(type) });
      expect(open.logs.text).not.toContain('VERSION_NEUTRAL');
      expect(await askEveryHandshake(open)).toEqual(everyHandshakeAnswered());
    },
  );
});
