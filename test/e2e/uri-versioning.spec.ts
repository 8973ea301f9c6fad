import { expect, it } from '@jest/globals';
import { VERSION_NEUTRAL, VersioningType, type INestApplication } from '@nestjs/common';
import { describeOnEveryHost, type HostSetup } from '../support/apps.support.js';
import {
  askEveryHandshake,
  EVERY_HANDSHAKE,
  everyHandshakeAnswered,
} from '../support/handshake-answers.support.js';

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
