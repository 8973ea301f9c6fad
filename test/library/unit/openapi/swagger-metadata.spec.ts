import { describe, expect, it } from '@jest/globals';
import {
  ApiBearerAuth,
  ApiOperation,
  ApiPropertyOptional,
  ApiQuery,
  ApiResponse,
  ApiTags,
  DECORATORS,
} from '@nestjs/swagger';
import {
  describeController,
  describeProperties,
  describeRoute,
} from '../../../../libs/mintlify-personalization/src/openapi/swagger-metadata.js';

const QUERY = {
  name: 'redirect',
  description: 'Where to',
  schema: { type: 'string', example: '/quickstart' },
} as const;
const FOUND = { description: 'To the docs', headers: { Location: { schema: { type: 'string' } } } } as const;
const FORBIDDEN = { description: 'Not in frames' };
const GROUPS = { type: 'array', items: { type: 'string' }, description: 'Who sees a page' } as const;

class NestedDto {
  name?: string;
}

class DecoratedDto {
  @ApiPropertyOptional(GROUPS)
  groups?: string[];

  @ApiPropertyOptional({ type: () => NestedDto, description: 'Nested' })
  nested?: NestedDto;
}

class PlainDto {
  groups?: string[];
  nested?: NestedDto;
}

@ApiTags('docs')
@ApiBearerAuth()
class DecoratedController {
  @ApiOperation({ summary: 'Log in', description: 'With a token' })
  @ApiQuery({ required: false, ...QUERY })
  @ApiResponse({ status: 302, ...FOUND })
  @ApiResponse({ status: 403, ...FORBIDDEN })
  login(): void {}
}

class OpenController {
  userInfo(): void {}
}

class PlainController {
  login(): void {}
}

/** What is noted on a class, a method or a property. `isArray: false` says nothing. */
function metadataOf(target: object, property?: string): unknown {
  const read = (key: string): unknown =>
    property === undefined ? Reflect.getMetadata(key, target) : Reflect.getMetadata(key, target, property);
  const entries = Object.values(DECORATORS).map((key) => [key, read(key)]);
  const json = JSON.stringify(Object.fromEntries(entries), (key, value: unknown) => {
    if (key === 'isArray' && value === false) return undefined;
    return typeof value === 'function' ? (value as () => { name: string })().name : value;
  });
  return JSON.parse(json);
}

/** What is noted on the one method of a class. */
function routeMetadataOf({ prototype }: { prototype: object }): unknown {
  const name = Object.getOwnPropertyNames(prototype).find((key) => key !== 'constructor') ?? '';
  return metadataOf(Reflect.get(prototype, name) as object);
}

/** Twice: a module may be mounted several times in one process. */
function twice(describeIt: () => void): void {
  describeIt();
  describeIt();
}

describe('the metadata that @nestjs/swagger reads', () => {
  it('is of a controller what its decorators write', () => {
    twice(() => describeController(PlainController, ['docs'], ['bearer']));
    expect(metadataOf(PlainController)).toEqual(metadataOf(DecoratedController));
  });

  it('asks for no security scheme, unless told so', () => {
    describeController(OpenController, ['docs']);
    expect(metadataOf(OpenController)).toEqual({ [DECORATORS.API_TAGS]: ['docs'] });
  });

  it('is of a route what its decorators write', () => {
    twice(() =>
      describeRoute(PlainController, 'login', {
        summary: 'Log in',
        description: 'With a token',
        query: [QUERY],
        responses: { 302: FOUND, 403: FORBIDDEN },
      }),
    );
    expect(routeMetadataOf(PlainController)).toEqual(routeMetadataOf(DecoratedController));
  });

  it('has no parameters for a route that takes none', () => {
    describeRoute(OpenController, 'userInfo', {
      summary: 'Identify',
      description: 'By session',
      responses: {},
    });
    expect(routeMetadataOf(OpenController)).not.toHaveProperty([DECORATORS.API_PARAMETERS]);
  });

  it('is of a DTO what its decorators write', () => {
    twice(() =>
      describeProperties(PlainDto, {
        groups: GROUPS,
        nested: { type: () => NestedDto, description: 'Nested' },
      }),
    );
    expect(metadataOf(PlainDto.prototype)).toEqual(metadataOf(DecoratedDto.prototype));
    for (const property of ['groups', 'nested']) {
      expect(metadataOf(PlainDto.prototype, property)).toEqual(metadataOf(DecoratedDto.prototype, property));
    }
  });
});
