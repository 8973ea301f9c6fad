import { describe, expect, it } from '@jest/globals';
import { ValidationPipe } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { ApiPlaygroundInputsDto } from '../../../../libs/mintlify-personalization/src/user/api-playground-inputs.dto.js';
import { MintlifyUserDto } from '../../../../libs/mintlify-personalization/src/user/mintlify-user.dto.js';
import { FULL_USER, userValidator } from '../../../support/users.support.js';

const flatten = (errors: ValidationError[]): string[] =>
  errors.flatMap(({ constraints = {}, children = [] }) => [
    ...Object.values(constraints),
    ...flatten(children),
  ]);

/** What class-validator says against a user that came as JSON. */
async function messagesFor(user: object): Promise<string[]> {
  const dto = plainToInstance(MintlifyUserDto, user);
  return flatten(await validate(dto, { whitelist: true, forbidNonWhitelisted: true }));
}

describe('MintlifyUserDto', () => {
  it('takes a whole user, and an empty one', async () => {
    expect(await messagesFor({ expiresAt: 1_893_456_000, ...FULL_USER })).toEqual([]);
    expect(await messagesFor({})).toEqual([]);
    expect(await messagesFor({ apiPlaygroundInputs: { server: { region: undefined } } })).toEqual([]);
  });

  it('is a user to the validator', () => {
    const dto = Object.assign(new MintlifyUserDto(), FULL_USER);
    expect(userValidator().validate(dto)).toMatchObject(FULL_USER);
  });

  it('makes the playground inputs an instance of their own class', () => {
    expect(plainToInstance(MintlifyUserDto, FULL_USER).apiPlaygroundInputs).toBeInstanceOf(
      ApiPlaygroundInputsDto,
    );
  });

  it.each<[message: string, user: object]>([
    ['property host should not exist', { host: 'docs.foo.com' }],
    [
      'expiresAt looks like milliseconds, and must be seconds since the epoch',
      { expiresAt: 1_893_456_000_000 },
    ],
    ['expiresAt must be an integer number', { expiresAt: 1.5 }],
    ['expiresAt must be a positive number', { expiresAt: 0 }],
    ['groups must be an array', { groups: 'admin' }],
    ['each value in groups must be a text of 1 to 256 characters', { groups: ['a', ''] }],
    ['groups must contain no more than 1000 elements', { groups: Array.from({ length: 1_001 }, () => 'a') }],
    ['content must be an object', { content: null }],
    ['content must be an object', { content: [] }],
    [
      'content must have no more than 100 keys',
      { content: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [n, n])) },
    ],
    ['content.a.b is NaN or infinite', { content: { a: { b: Number.NaN } } }],
    [
      'content.a holds what looks like a private key',
      { content: { a: ['AK', 'IA', 'AB12'.repeat(4)].join('') } },
    ],
    ['apiPlaygroundInputs must be an object', { apiPlaygroundInputs: null }],
    ['property body should not exist', { apiPlaygroundInputs: { body: {} } }],
    ['header.A holds CR, LF or NUL', { apiPlaygroundInputs: { header: { A: 'b\r\n' } } }],
    ['cookie.A holds CR, LF or NUL', { apiPlaygroundInputs: { cookie: { A: 'b\r\n' } } }],
    ['cookie has a property name that holds CR', { apiPlaygroundInputs: { cookie: { 'A\n': 'b' } } }],
    ['each value in groups must be made of whole characters', { groups: ['a', '\uD83D'] }],
    ['content.a holds a lone surrogate', { content: { a: 'x\uDE00' } }],
    ['content has a property name that holds a lone surrogate', { content: { '\uD83D': 1 } }],
    ['path.A holds a lone surrogate', { apiPlaygroundInputs: { path: { A: '\uD83D' } } }],
    ['query must be an object', { apiPlaygroundInputs: { query: 'a=b' } }],
    ['server must hold texts only', { apiPlaygroundInputs: { server: { port: 80 } } }],
    ['server must hold texts only', { apiPlaygroundInputs: { server: { region: 'eu', port: 80 } } }],
  ])('says: %s', async (message, user) => {
    expect(await messagesFor(user)).toContainEqual(expect.stringContaining(message));
  });

  it('says all that is wrong with a value, and where', async () => {
    expect(await messagesFor({ content: { value: 1n, b: [-0] } })).toEqual([
      'content.value is a BigInt, which JSON cannot hold. Convert it with String() or Number().; ' +
        'content.b[0] is -0, which JSON turns into 0. Send 0.',
    ]);
  });

  it('tells its own rules apart by their names', async () => {
    const user = { content: [], apiPlaygroundInputs: { server: { port: 80 } } };
    const errors = await validate(plainToInstance(MintlifyUserDto, user));
    const many = { content: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [n, n])) };
    const more = await validate(
      plainToInstance(MintlifyUserDto, { ...many, groups: ['\uD83D'], apiPlaygroundInputs: null }),
    );
    const rules = (all: ValidationError[]): string[] =>
      all.flatMap(({ constraints = {}, children = [] }) => [...Object.keys(constraints), ...rules(children)]);
    expect([...rules(errors), ...rules(more)]).toEqual(
      expect.arrayContaining([
        'isJsonObject',
        'holdsTextsOnly',
        'maxKeys',
        'isRecord',
        'holdsWholeCharacters',
      ]),
    );
  });

  it('allows as many levels as the validator: 20, the user itself counted', async () => {
    const nested = (levels: number): object => (levels === 0 ? {} : { a: nested(levels - 1) });
    expect(await messagesFor({ content: nested(18) })).toEqual([]);
    expect(await messagesFor({ content: nested(19) })).toEqual([
      `content${'.a'.repeat(19)} is nested deeper than 20 levels. Flatten it.`,
    ]);
  });

  it('takes groups of 256 characters and 100 keys of content, and no more', async () => {
    const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [n, n]));
    expect(await messagesFor({ groups: ['x'.repeat(256), 'a\n', '😀'], content: keys(100) })).toEqual([]);
    expect(await messagesFor({ groups: ['x'.repeat(257)] })).toHaveLength(1);
  });

  it('says that a value cannot be read', async () => {
    const content = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('canary');
        },
      },
    );
    const errors = await validate(Object.assign(new MintlifyUserDto(), { content: { content } }));
    expect(flatten(errors).join()).toContain('cannot be read');
    expect(flatten(errors).join()).not.toContain('canary');
  });

  it('works in the pipe of Nest', async () => {
    const pipe = new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true });
    const body = { type: 'body' as const, metatype: MintlifyUserDto };
    await expect(pipe.transform(FULL_USER, body)).resolves.toBeInstanceOf(MintlifyUserDto);
    await expect(pipe.transform({ groups: [''] }, body)).rejects.toMatchObject({ status: 400 });
  });
});
