// #region docs
import { verifyToken } from '@clerk/backend';
import { Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Verifies Clerk's session token, and puts what it says on request.auth. */
@Injectable()
export class ClerkGuard implements CanActivate {
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request & { auth?: object }>();
    const { authorization = '', cookie = '' } = request.headers;
    // From your app's pages as a bearer token, and by the browser itself as a cookie.
    const [, token] = /^Bearer (.+)$/.exec(authorization) ?? /(?:^|; )__session=([^;]*)/.exec(cookie) ?? [];
    if (token === undefined) throw new UnauthorizedException();
    try {
      const options = { jwtKey: process.env.CLERK_JWT_KEY, authorizedParties: ['https://foo.com'] };
      request.auth = await verifyToken(token, options);
      return true;
    } catch {
      throw new UnauthorizedException();
    }
  }
}
// #endregion
