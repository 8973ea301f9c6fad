import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { reportInputs } from '../../../../libs/mintlify-docs-emulator/src/shared/inputs-report.js';
import type { ListedOperation } from '../../../../libs/mintlify-docs-emulator/src/shared/inputs-report.js';
import { nearestName } from '../../../../libs/mintlify-docs-emulator/src/shared/nearest-name.js';
import {
  bestSecurity,
  fieldsOf,
  fillField,
} from '../../../../libs/mintlify-docs-emulator/src/shared/playground-fields.js';
import { readPlaygroundSettings } from '../../../../libs/mintlify-docs-emulator/src/relay/playground-settings.js';
import { BEARER, keyIn, operationOf, parameterOf, serverOf } from './operation-helper.js';

const operation = operationOf({
  path: '/plants/{id}',
  servers: [serverOf('https://{tenant}.api.foo.com/{version}', 'tenant=demo', 'version=v1:v1|v2')],
  security: [{ fields: [keyIn('header', 'X-API-Key'), keyIn('query', 'account')] }, { fields: [BEARER] }],
  parameters: [
    parameterOf('path', 'id'),
    parameterOf('query', 'region', { summary: { type: 'string', enum: ['eu', 'us'] }, example: 'eu' }),
    parameterOf('header', 'X-Trace'),
    parameterOf('header', 'x-api-key'),
    parameterOf('cookie', 'theme'),
  ],
});
const inputs = {
  header: { 'X-API-Key': 'abc', 'X-Trace': 't', Authorization: 'Bearer xyz' },
  query: { account: 7, region: 'us' },
  cookie: { theme: 'dark' },
  path: { id: 'fern' },
  server: { tenant: 'acme', version: 'v9' },
};
const listed = (given: Partial<ListedOperation> = {}): ListedOperation => ({
  ...operation,
  page: '/api/get-plant',
  ...given,
});

describe('the fields of the playground', () => {
  const fill = (chosen = {}, typed: Record<string, string> = {}) =>
    Object.fromEntries(
      fieldsOf(operation, { serverIndex: 0, securityIndex: 0, isPrefilled: false, ...chosen }).map(
        (field) => {
          const { value, source } = fillField(field, inputs, typed[field.name]);
          return [`${field.place} ${field.name}`, `${source} ${value}`.trim()];
        },
      ),
    );

  it('are filled from the visitor: path and server by name, all else only in the security scheme', () => {
    expect(fill()).toEqual({
      'server tenant': 'visitor acme',
      // Not one of its values.
      'server version': 'spec v1',
      'header X-API-Key': 'visitor abc',
      'query account': 'visitor 7',
      'path id': 'visitor fern',
      'query region': 'none',
      'header X-Trace': 'none',
      'cookie theme': 'none',
    });
    expect(fill({ securityIndex: 1 })).toMatchObject({
      'header Authorization': 'visitor Bearer xyz',
      'header x-api-key': 'none',
    });
    expect(fill({ isPrefilled: true })).toMatchObject({ 'query region': 'spec eu' });
  });

  it('keep what was typed, also if that is nothing', () => {
    expect(fill({}, { 'X-API-Key': 'mine', id: '', region: 'eu' })).toMatchObject({
      'header X-API-Key': 'typed mine',
      'path id': 'typed',
      'query region': 'typed eu',
    });
  });

  it('are of the alternative of the security that the visitor can fill', () => {
    expect(bestSecurity(operation, inputs)).toBe(0);
    expect(bestSecurity(operation, { header: { Authorization: 'a' } })).toBe(1);
    expect(bestSecurity(operation, { header: { 'X-API-Key': 'a' } })).toBe(0);
    expect(bestSecurity(operation, undefined)).toBe(0);
  });

  it('take nothing from what is no text, nor from names of objects', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('header', 'path', 'server'), (value, place) => {
        for (const field of fieldsOf(operation, { serverIndex: 0, securityIndex: 0, isPrefilled: false })) {
          const filled = fillField(field, { [place]: { [field.name]: value } }, undefined);
          expect(typeof filled.value).toBe('string');
          expect(fillField({ ...field, name: 'constructor' }, { [place]: {} }, undefined).source).not.toBe(
            'visitor',
          );
          fillField(field, { [place]: value }, undefined);
        }
      }),
    );
  });
});

describe('the report of the inputs of a visitor', () => {
  it('says for each operation what is filled and what stays empty', () => {
    const other = listed({
      page: '/api/list',
      method: 'GET',
      path: '/plants',
      parameters: [],
      security: [],
      servers: [],
    });
    expect(reportInputs([listed(), other], inputs, []).operations).toEqual([
      {
        page: '/api/get-plant',
        method: 'GET',
        path: '/plants/{id}',
        filled: [
          'server tenant',
          'header X-API-Key',
          'query account',
          'path id',
          'header Authorization',
        ].toSorted((one, two) => ORDER.indexOf(one) - ORDER.indexOf(two)),
        empty: [],
      },
      { page: '/api/list', method: 'GET', path: '/plants', filled: [], empty: [] },
    ]);
  });

  it('leaves out operations that the visitor may not see', () => {
    const rule = { includes: ['admin'], excludes: [] };
    expect(reportInputs([listed({ rule })], inputs, []).operations).toEqual([]);
    expect(reportInputs([listed({ rule })], inputs, undefined).operations).toEqual([]);
    expect(reportInputs([listed({ rule })], inputs, ['admin']).operations).toHaveLength(1);
  });

  it.each([
    [{ header: { 'X-Api-Key': 'a' } }, 'header.X-Api-Key', 'The nearest name is X-API-Key.'],
    [
      { header: { 'X-Trace': 'a' } },
      'header.X-Trace',
      'not in the security scheme of an operation. Mintlify fills',
    ],
    [{ query: { region: 'eu' } }, 'query.region', 'not in the security scheme'],
    [
      { query: { 'X-API-Key': 'a' } },
      'query.X-API-Key',
      'The spec has this name in `header`. Move it there.',
    ],
    [{ header: { id: 'a' } }, 'header.id', 'The spec has this name in `path`. Move it there.'],
    [{ path: { ID: 'a' } }, 'path.ID', 'The nearest name is id.'],
    [{ path: { somethingElse: 'a' } }, 'path.somethingElse', 'No operation has this name in its path.'],
    [
      { server: { tennant: 'a' } },
      'server.tennant',
      'No server of the spec has this variable. The nearest name is tenant.',
    ],
    [{ server: { version: 'v9' } }, 'server.version', 'Its value is not one of: v1, v2.'],
    [{ server: { tenant: 'a.b' } }, 'server.tenant', 'tenant must be letters, digits and `-`.'],
    [
      { headers: { 'X-API-Key': 'a' } },
      'headers',
      'This is no place of a request. The nearest name is header.',
    ],
    [{ header: 'X-API-Key' }, 'header', 'Write an object of names and values.'],
    [{ header: { 'X-API-Key': { value: 'a' } } }, 'header.X-API-Key', 'Its value is no text.'],
  ])('says why %j fills nothing', (given, input, reason) => {
    expect(reportInputs([listed()], given, []).unused).toEqual([
      { input, reason: expect.stringContaining(reason) },
    ]);
  });

  it('says nothing of what fills a field of another alternative or server', () => {
    expect(
      reportInputs([listed()], { header: { Authorization: 'a' }, server: { tenant: 'acme' } }, []).unused,
    ).toEqual([]);
    expect(reportInputs([listed()], undefined, []).unused).toEqual([]);
  });
});

const ORDER = ['server tenant', 'header X-API-Key', 'query account', 'path id', 'header Authorization'];

describe('the nearest name', () => {
  it('ignores case and separators, and needs some likeness', () => {
    expect(nearestName('x_api key', ['X-Trace', 'X-API-Key'])).toBe('X-API-Key');
    expect(nearestName('tenant', ['region', 'port'])).toBeUndefined();
    expect(nearestName('anything', [])).toBeUndefined();
  });
});

describe('the settings of the playground', () => {
  it.each([
    [{}, { display: 'interactive', isDirect: false, isPrefilled: false }],
    [
      { api: { playground: { display: 'auth', proxy: false }, examples: { prefill: true } } },
      { display: 'auth', isDirect: true, isPrefilled: true },
    ],
    [
      { api: { playground: { display: 'loud', proxy: 'no' }, examples: [] } },
      { display: 'interactive', isDirect: false, isPrefilled: false },
    ],
    [{ api: 'x' }, { display: 'interactive', isDirect: false, isPrefilled: false }],
  ])('of %j are %j', (settings, expected) => {
    expect(readPlaygroundSettings(settings)).toEqual(expected);
  });
});
