import type { Type } from '@nestjs/common';
import type * as Swagger from '@nestjs/swagger';

/**
 * The metadata keys of the decorators in `@nestjs/swagger`. They are internals of that package, the same in versions 11
 * and 12, and only used in this file. `test/library/e2e/openapi.spec.ts` tests them with the installed version,
 * `npm run test:package` with each major version.
 *
 * Writing the metadata directly avoids importing `@nestjs/swagger`, which takes a third of a second of CPU at start.
 */
const KEYS = {
  tags: 'swagger/apiUseTags',
  security: 'swagger/apiSecurity',
  operation: 'swagger/apiOperation',
  parameters: 'swagger/apiParameters',
  responses: 'swagger/apiResponse',
  properties: 'swagger/apiModelPropertiesArray',
  property: 'swagger/apiModelProperties',
};

/** @internal The headers of a response, by name. */
export type ResponseHeaders = NonNullable<Swagger.ApiResponseNoStatusOptions['headers']>;

/** @internal The responses of a route by status, as for `ApiResponse`. */
export type Responses = Readonly<Record<number, Swagger.ApiResponseNoStatusOptions>>;

/** @internal A property of a DTO, as for `ApiPropertyOptional`. */
export type Property = NonNullable<Parameters<typeof Swagger.ApiPropertyOptional>[0]>;

/** @internal A query parameter, as for `ApiQuery`. */
export interface QueryParameter {
  readonly name: string;
  readonly description: string;
  readonly schema: { readonly type: 'string'; readonly example: string };
}

/** @internal A JSON body, as for `ApiBody`. */
export type JsonBody = Extract<Swagger.ApiBodyOptions, { schema: unknown }>;

/** @internal One route: the method of a controller. */
export interface RouteDescription {
  readonly summary: string;
  readonly description: string;
  /** Optional query parameters. Default: none. */
  readonly query?: readonly QueryParameter[];
  /** Default: none. */
  readonly body?: JsonBody;
  readonly responses: Responses;
}

/**
 * Describes a controller like `@ApiTags` and `@ApiSecurity`, unless it already has such a decorator. Can be called again.
 *
 * @internal
 * @param schemes the security schemes of all its routes
 */
export function describeController(
  controller: Type,
  tags: readonly string[],
  schemes: readonly string[] = [],
): void {
  if (!Reflect.hasMetadata(KEYS.tags, controller)) Reflect.defineMetadata(KEYS.tags, [...tags], controller);
  if (schemes.length === 0 || Reflect.hasMetadata(KEYS.security, controller)) return;
  const security = schemes.map((scheme) => ({ [scheme]: [] }));
  Reflect.defineMetadata(KEYS.security, security, controller);
}

/** @internal A controller with a route of that name. */
export type ControllerWith<Method extends string> = Type<Record<Method, (...parameters: never[]) => unknown>>;

/**
 * Describes a route like `@ApiOperation`, `@ApiQuery`, `@ApiBody` and `@ApiResponse`. The description belongs to the method, so two
 * routes with different descriptions need different methods. Can be called again.
 *
 * @internal
 */
export function describeRoute<Method extends string>(
  controller: ControllerWith<Method>,
  method: Method,
  { summary, description, query = [], body, responses }: RouteDescription,
): void {
  const route = (controller.prototype as Record<Method, object>)[method];
  const parameters = [
    ...query.map((parameter) => ({ in: 'query', required: false, ...parameter })),
    // The type is a default that `@ApiBody` writes: the schema replaces it.
    ...(body === undefined ? [] : [{ in: 'body', type: String, ...body }]),
  ];
  Reflect.defineMetadata(KEYS.operation, { summary, description }, route);
  if (parameters.length > 0) Reflect.defineMetadata(KEYS.parameters, parameters, route);
  Reflect.defineMetadata(KEYS.responses, { ...responses }, route);
}

/**
 * Describes the properties of a DTO like `@ApiPropertyOptional`. Can be called again.
 *
 * @internal
 */
export function describeProperties(dto: Type, properties: Readonly<Record<string, Property>>): void {
  const names = Object.keys(properties).map((name) => `:${name}`);
  Reflect.defineMetadata(KEYS.properties, names, dto.prototype);
  for (const [name, property] of Object.entries(properties)) {
    Reflect.defineMetadata(KEYS.property, { required: false, ...property }, dto.prototype, name);
  }
}
