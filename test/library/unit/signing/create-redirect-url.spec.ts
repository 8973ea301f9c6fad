import { describe, expect, it } from '@jest/globals';
import { jwtVerify } from 'jose';
import { docsKeys } from '../../../support/keys.support.js';
import { errorOf, NOW_MS, startSigning } from '../../../support/modules.support.js';
import { FULL_USER } from '../../../support/users.support.js';

const TOKEN = String.raw`[\w-]+\.[\w-]+\.[\w-]{86}`;
const BASE_PATH = { docsUrl: 'https://foo.com/docs/' };

describe('MintlifySigningService.createRedirectUrl', () => {
  it.each([
    ['the front page', {}, undefined, `https://docs\\.foo\\.com/#${TOKEN}`],
    ['a page', {}, { redirect: '/page' }, `https://docs\\.foo\\.com/page#${TOKEN}`],
    [
      'a place',
      {},
      { redirect: '/page', anchor: 'a' },
      `https://docs\\.foo\\.com/page#jwt=${TOKEN}&anchor=a`,
    ],
    ['a place in one', {}, { redirect: '/page#a' }, `https://docs\\.foo\\.com/page#jwt=${TOKEN}&anchor=a`],
    ['a query', {}, { redirect: '/page?a=b' }, `https://docs\\.foo\\.com/page\\?a=b#${TOKEN}`],
    ['a front page under a path', BASE_PATH, {}, `https://foo\\.com/docs#${TOKEN}`],
    ['a page under a path', BASE_PATH, { redirect: '/docs/page' }, `https://foo\\.com/docs/page#${TOKEN}`],
  ])('leads to %s', async (_, options, parameters, pattern) => {
    const { service, logger } = await startSigning(options);
    expect(await service.createRedirectUrl({}, parameters)).toMatch(new RegExp(`^${pattern}$`));
    expect(logger.lines).toEqual([]);
  });

  it('carries a token that jose verifies', async () => {
    const { service } = await startSigning();
    const url = new URL(await service.createRedirectUrl(FULL_USER, { anchor: 'top' }));
    const token = new URLSearchParams(url.hash.slice(1)).get('jwt') ?? '';
    const verified = await jwtVerify(token, docsKeys.publicKey, { currentDate: new Date(NOW_MS) });
    expect(verified.payload).toMatchObject(FULL_USER);
  });

  it('leads to the front page where the redirect is refused, and logs why without saying what', async () => {
    const { service, logger } = await startSigning();
    const url = await service.createRedirectUrl({}, { redirect: 'https://evil.com/canary', anchor: 'a' });
    expect(url).toMatch(new RegExp(`^https://docs\\.foo\\.com/#${TOKEN}$`));
    expect(logger.text).toContain('off_origin');
    expect(logger.text).not.toMatch(/evil|canary|eyJ/);
  });

  it('leads to the front page where the redirect or the anchor alone makes the address too long', async () => {
    const { service, logger } = await startSigning({ maxRedirectUrlLength: 1_000 });
    const page = `/${'a'.repeat(1_000)}`;
    const urls = [
      await service.createRedirectUrl({}, { redirect: page }),
      await service.createRedirectUrl({}, { redirect: '/a', anchor: 'b'.repeat(1_000) }),
    ];
    for (const url of urls) expect(url).toMatch(new RegExp(`^https://docs\\.foo\\.com/#${TOKEN}$`));
    expect(logger.lines).toHaveLength(2);
    expect(logger.text).toContain('too_long');
    expect(logger.text).not.toContain('aaa');
  });

  it('keeps an address of exactly the length that is allowed, and not of one more', async () => {
    const first = await startSigning();
    const length = (await first.service.createRedirectUrl(FULL_USER, { redirect: '/page' })).length;
    const exact = await startSigning({ maxRedirectUrlLength: length });
    expect(await exact.service.createRedirectUrl(FULL_USER, { redirect: '/page' })).toHaveLength(length);
    expect(exact.logger.text).toBe('');
    const shorter = await startSigning({ maxRedirectUrlLength: length - 1 });
    expect(await shorter.service.createRedirectUrl(FULL_USER, { redirect: '/page' })).toHaveLength(
      length - 4,
    );
  });

  it('keeps the front page at exactly the length that is allowed', async () => {
    const first = await startSigning();
    const { length } = await first.service.createRedirectUrl(FULL_USER);
    const exact = await startSigning({ maxRedirectUrlLength: length });
    expect(await exact.service.createRedirectUrl(FULL_USER, { redirect: '/page' })).toHaveLength(length);
  });

  it('is an error where the user alone makes the address too long', async () => {
    const { service } = await startSigning();
    const content = { note: 'canary'.repeat(1_000) };
    const error = await errorOf(() => service.createRedirectUrl({ content }, { redirect: '/page' }));
    expect(error).toMatchObject({
      code: 'redirect_url_too_long',
      message: expect.stringMatching(/is \d+ characters long and maxRedirectUrlLength is 7168/),
    });
    expect(String(error)).not.toMatch(/canary|eyJ/);
  });

  it('warns of an address from 3,072 characters on, and names its length alone', async () => {
    const { service, logger } = await startSigning();
    const shortest = (await service.createRedirectUrl({}, { redirect: '/', anchor: 'a' })).length - 1;
    await service.createRedirectUrl({}, { anchor: 'a'.repeat(3_071 - shortest) });
    expect(logger.lines).toEqual([]);
    await service.createRedirectUrl({}, { anchor: 'a'.repeat(3_072 - shortest) });
    expect(logger.lines).toHaveLength(1);
    expect(logger.text).toMatch(/^warn .*3072 characters/);
    expect(logger.text).not.toMatch(/eyJ|aaa/);
  });

  it('makes no address and no log line for a user that is refused', async () => {
    const { service, logger } = await startSigning();
    const error = await errorOf(() => service.createRedirectUrl({ groups: [''] }, { redirect: '/a' }));
    expect(error).toMatchObject({ code: 'invalid_user' });
    expect(logger.lines).toEqual([]);
  });
});
