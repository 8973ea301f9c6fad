import { Logger } from '@nestjs/common';
import type * as Swagger from '@nestjs/swagger';
import { stackOf } from '../errors.js';
import { MintlifyUserDto } from '../user/mintlify-user.dto.js';
import { describeDocsLogin } from './docs-login.description.js';
import { describeUserInfo } from './user-info.description.js';
import { describeUser } from './user.description.js';

/** @internal The token of what {@link describeRoutes} did: whether the routes are described. */
export const OPENAPI_DESCRIPTION = Symbol('OPENAPI_DESCRIPTION');

/** By which `@nestjs/swagger` a class was described: several of its decorators add each time that they are applied. */
const DESCRIBED_BY = Symbol('DESCRIBED_BY');

/**
 * Describes the routes and the DTOs for `@nestjs/swagger`, where the host app has it: `SwaggerModule.createDocument`
 * then finds parameters, statuses, headers and examples as if they stood in the controllers. Without that package
 * nothing is loaded. A provider of the module calls this, so it is done before a document can be asked for.
 *
 * What is there and cannot be loaded, or is of a kind that describes otherwise, stops no login: a warning is logged.
 *
 * @internal
 * @param load the `import()` itself, written where a bundler can see it
 */
export async function describeRoutes(
  load: () => Promise<typeof Swagger> = () => import('@nestjs/swagger'),
): Promise<boolean> {
  try {
    describeOnce(await load());
    return true;
  } catch (error) {
    if (!isNotInstalled(error)) {
      const logger = new Logger('MintlifyPersonalization');
      logger.warn(
        `@nestjs/swagger could not be used, so the routes are not described.\n${stackOf(error) ?? ''}`,
      );
    }
    return false;
  }
}

/** For several imports of the module, and several apps, in one process. */
function describeOnce(swagger: typeof Swagger): void {
  if (Reflect.getOwnMetadata(DESCRIBED_BY, MintlifyUserDto) === swagger) return;
  describeUser(swagger);
  describeDocsLogin(swagger);
  describeUserInfo(swagger);
  Reflect.defineMetadata(DESCRIBED_BY, swagger, MintlifyUserDto);
}

/** Not: one of the packages that it imports itself. */
function isNotInstalled(error: unknown): boolean {
  return error instanceof Error && /^Cannot find (?:package|module) '@nestjs\/swagger'/.test(error.message);
}
