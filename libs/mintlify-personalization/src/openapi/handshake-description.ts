import type { Type } from '@nestjs/common';
import type { ResolvedHandshakes } from '../options/handshakes.js';
import { describeDocsLogin } from './docs-login-description.js';
import type { ControllerWith } from './swagger-metadata.js';
import { describeUserInfo } from './user-info-description.js';

/**
 * Describes the route of a handshake for `@nestjs/swagger`.
 *
 * @internal
 * @returns the controller
 */
export function describeHandshake(option: keyof ResolvedHandshakes, controller: Type): Type {
  return option === 'jwt'
    ? describeDocsLogin(controller as ControllerWith<'login'>)
    : describeUserInfo(controller as ControllerWith<'userInfo'>, option);
}
