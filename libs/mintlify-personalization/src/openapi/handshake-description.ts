import type { Type } from '@nestjs/common';
import type { HandshakeDefinition } from '../http/handshake.definition.js';
import { describeDocsLogin, describeSinglePageLogin } from './docs-login-description.js';
import type { ControllerWith } from './swagger-metadata.js';
import { describeViewAs } from './view-as-description.js';
import { describeWebhook } from './webhook-description.js';
import { describeUserInfo } from './user-info-description.js';

/**
 * Describes the route of a handshake for `@nestjs/swagger`.
 *
 * @internal
 * @returns the controller
 */
export function describeHandshake({ option, method, webhook }: HandshakeDefinition, controller: Type): Type {
  if (webhook !== undefined) return describeWebhook(controller as ControllerWith<'receive'>);
  if (option === 'viewAs') return describeViewAs(controller as ControllerWith<'viewAs'>);
  if (option === 'sharedSession' || option === 'oauth') {
    return describeUserInfo(controller as ControllerWith<'userInfo'>, option);
  }
  return method === 'GET'
    ? describeDocsLogin(controller as ControllerWith<'login'>)
    : describeSinglePageLogin(controller as ControllerWith<'createDocsUrl'>);
}
