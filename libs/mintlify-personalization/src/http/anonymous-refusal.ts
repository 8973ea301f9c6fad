import { HttpStatus, type HttpException } from '@nestjs/common';
import { isPrincipal } from '../identity/principal.js';
import type { HandshakeRequest } from './handshake-request.js';

/**
 * Whether a refusal says that the visitor is nobody. A guard that answers `false` makes Nest say 403: without a principal
 * that, too, is an anonymous visitor.
 *
 * @internal
 * @example
 * isAnonymousRefusal(new UnauthorizedException(), request); // true
 */
export function isAnonymousRefusal(refusal: HttpException, { user }: HandshakeRequest): boolean {
  const status: number = refusal.getStatus();
  return (
    status === (HttpStatus.UNAUTHORIZED as number) ||
    (status === (HttpStatus.FORBIDDEN as number) && !isPrincipal(user))
  );
}
