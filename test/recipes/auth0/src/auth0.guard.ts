import { Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { auth } from 'express-oauth2-jwt-bearer';

/** Verifies an access token with the keys that the issuer publishes, and puts what it says on request.auth. */
@Injectable()
export class Auth0Guard implements CanActivate {
  private readonly verify = auth({
    issuerBaseURL: process.env.AUTH0_ISSUER,
    audience: 'https://api.foo.com',
  });

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const failure = await new Promise<unknown>((resolve) => {
      this.verify(request, http.getResponse<Response>(), resolve);
    });
    if (failure !== undefined) throw new UnauthorizedException();
    return true;
  }
}
