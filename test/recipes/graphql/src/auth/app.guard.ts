import {
  Inject,
  Injectable,
  SetMetadata,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { JwtService } from '@nestjs/jwt';
import type { Request } from 'express';
import type { Account } from './account.js';

const PUBLIC = Symbol('PUBLIC');
/** For what a visitor needs before the login. */
export const Public = () => SetMetadata(PUBLIC, true);

// #region docs
/** The request of a resolver is elsewhere: without this, the docs' routes would have no account. */
const requestOf = (context: ExecutionContext): Request & { user?: Account } =>
  context.getType<GqlContextType>() === 'graphql'
    ? GqlExecutionContext.create(context).getContext().req
    : context.switchToHttp().getRequest();
// #endregion

/** The one guard of the app: for resolvers and for the routes of REST. */
@Injectable()
export class AppGuard implements CanActivate {
  constructor(
    @Inject(JwtService) private readonly tokens: JwtService,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride(PUBLIC, [context.getHandler(), context.getClass()])) return true;
    const request = requestOf(context);
    const [, token = ''] = /(?:^|; )session=([^;]*)/.exec(request.headers.cookie ?? '') ?? [];
    try {
      request.user = await this.tokens.verifyAsync<Account>(token);
      return true;
    } catch {
      throw new UnauthorizedException();
    }
  }
}
