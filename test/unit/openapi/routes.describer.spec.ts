import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import * as swagger from '@nestjs/swagger';
import { MintlifyUserDto } from 'nestjs-mintlify-personalization';
import { OAuthController } from '../../../libs/mintlify-personalization/src/http/user-info.controller.js';
import { describeRoutes } from '../../../libs/mintlify-personalization/src/openapi/routes.describer.js';
import { LogCollector } from '../../support/log-collector.support.js';

const notFound = (specifier: string, importer: string): Error =>
  Object.assign(new Error(`Cannot find package '${specifier}' imported from ${importer}`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });

/** All that is noted on a class, by the names of its decorators. */
const metadataOf = (target: object): unknown[] =>
  Reflect.getMetadataKeys(target).filter((key) => String(key).startsWith('swagger/'));

describe('describing routes', () => {
  const logs = new LogCollector();

  beforeEach(() => Logger.overrideLogger(logs));
  afterEach(() => {
    logs.lines.length = 0;
    Logger.overrideLogger(false);
  });

  // First, while nothing is described in this process.
  it('does and says nothing where @nestjs/swagger is not installed', async () => {
    const missing = notFound(
      '@nestjs/swagger',
      '/app/node_modules/nestjs-mintlify-personalization/dist/x.js',
    );
    expect(await describeRoutes(() => Promise.reject(missing))).toBe(false);
    expect([metadataOf(MintlifyUserDto.prototype), metadataOf(OAuthController)]).toEqual([[], []]);
    expect(logs.lines).toEqual([]);
  });

  it.each<[string, () => Promise<typeof swagger>]>([
    [
      'lacks a package of its own',
      () => Promise.reject(notFound('js-yaml', '/app/node_modules/@nestjs/swagger')),
    ],
    ['throws', () => Promise.reject(new TypeError('canary'))],
    ['throws what is no error', () => Promise.reject('canary')], // oxlint-disable-line prefer-promise-reject-errors -- as said
    ['has none of the decorators', () => Promise.resolve({} as typeof swagger)],
  ])('warns, and stops nothing, where it %s', async (_, load) => {
    expect(await describeRoutes(load)).toBe(false);
    expect(logs.text).toMatch(/^warn @nestjs\/swagger could not be used/);
    expect(logs.text).not.toContain('canary');
  });

  it('describes once, however many modules and apps there are', async () => {
    const load = () => Promise.resolve(swagger);
    expect(await Promise.all([describeRoutes(load), describeRoutes(load)])).toEqual([true, true]);
    expect(Reflect.getMetadata('swagger/apiSecurity', OAuthController)).toEqual([{ bearer: [] }]);
    expect(Reflect.getMetadata('swagger/apiModelPropertiesArray', MintlifyUserDto.prototype)).toHaveLength(4);
  });
});
