import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { jwtVerify } from 'jose';
import { RemoteKeys } from '../../../../libs/mintlify-personalization/src/access-tokens/remote-keys.js';
import { LogCollector } from '../../../support/log-collector.support.js';
import { errorOf } from '../../../support/modules.support.js';
import { backgroundWork, HandMovedClock } from '../../../support/tenants.support.js';
import { until } from '../../../support/until.support.js';
import { TokenIssuer } from '../../../support/token-issuer.support.js';

const DAY = 86_400;

describe('the keys of an issuer', () => {
  let issuer: TokenIssuer;
  let age: HandMovedClock;
  let keys: RemoteKeys;

  beforeEach(async () => {
    issuer = await TokenIssuer.start();
    age = new HandMovedClock();
    keys = new RemoteKeys(issuer.jwksUri, 10_000, age);
  });

  const verify = (kid?: string) => jwtVerify(issuer.token({}, {}, kid), keys.get);
  const codeOf = async (kid?: string) => ((await errorOf(() => verify(kid))) as { code?: string }).code;

  /** Whether a token's key is one of those that are known now. */
  const isKnown = (token: string): Promise<boolean> =>
    jwtVerify(token, keys.get).then(
      () => true,
      () => false,
    );

  it('are fetched when they are first needed, once for all who wait', async () => {
    expect(issuer.fetches).toBe(0);
    await Promise.all(Array.from({ length: 20 }, () => verify()));
    await verify();
    expect(issuer.fetches).toBe(1);
  });

  it('are fetched again for a new one, once in half a minute', async () => {
    await verify();
    issuer.addKey('key-2');
    expect(await codeOf('key-2')).toBe('ERR_JWKS_NO_MATCHING_KEY');
    age.pass(30);
    await Promise.all([verify('key-2'), verify('key-2'), verify()]);
    expect(issuer.fetches).toBe(2);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(await codeOf('key-3')).toBe('ERR_JWKS_NO_MATCHING_KEY');
    }
    expect(issuer.fetches).toBe(2);
  });

  it('are fetched again in the background as they grow old, and a key that is gone counts no more', async () => {
    await verify();
    issuer.addKey('key-2');
    const lastOfKey1 = issuer.token();
    issuer.keys.delete('key-1');
    age.pass(600);
    await jwtVerify(lastOfKey1, keys.get);
    await until(async () => !(await isKnown(lastOfKey1)));
    expect(issuer.fetches).toBe(2);
    expect((await errorOf(() => jwtVerify(lastOfKey1, keys.get))) as object).toMatchObject({
      code: 'ERR_JWKS_NO_MATCHING_KEY',
    });
    await verify('key-2');
  });

  it('go on for a day while the issuer is away, and no longer', async () => {
    await verify();
    await issuer.goAway();
    age.pass(DAY - 1);
    await verify();
    await backgroundWork();
    age.pass(1.001);
    expect(await codeOf()).toBe('token_issuer_unavailable');
    await issuer.comeBack();
    age.pass(2);
    await verify();
  });

  it('are not asked for again for two seconds after a failure', async () => {
    issuer.answer = (response) => response.writeHead(500).end();
    expect(await codeOf()).toBe('token_issuer_unavailable');
    expect(await codeOf()).toBe('token_issuer_unavailable');
    expect(issuer.fetches).toBe(1);
    await issuer.goAway();
    await issuer.comeBack();
    expect(await codeOf()).toBe('token_issuer_unavailable');
    age.pass(2);
    await verify();
    expect(issuer.fetches).toBe(2);
  });

  it('are fetched for an unknown one while the known ones go on, though the issuer is away', async () => {
    await verify();
    await issuer.goAway();
    age.pass(30);
    expect(await codeOf('key-2')).toBe('token_issuer_unavailable');
    await verify();
  });

  it('are asked for, and the log is written to, once in two seconds for however many unknown ones', async () => {
    const logs = new LogCollector();
    Logger.overrideLogger(logs);
    await verify();
    const reached = issuer.fetches;
    issuer.answer = (response) => response.writeHead(500).end();
    age.pass(30);
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(await codeOf('key-2')).toBe('token_issuer_unavailable');
    }
    expect([issuer.fetches - reached, logs.lines.length]).toEqual([1, 1]);
    age.pass(2);
    expect(await codeOf('key-2')).toBe('token_issuer_unavailable');
    expect([issuer.fetches - reached, logs.lines.length]).toEqual([2, 2]);
    expect(logs.lines[0]).toMatch(/^warn The keys of the token issuer could not be fetched again\. /);
  });
});
