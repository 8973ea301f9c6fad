import { Inject, Module, UnauthorizedException } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { JwtModule, JwtService } from '@nestjs/jwt';
import type { Request, Response } from 'express';
import { ACCOUNTS, type Account } from './account.js';
import { AppGuard, Public } from './app.guard.js';

@Resolver()
class AccountResolver {
  constructor(@Inject(JwtService) private readonly tokens: JwtService) {}

  @Public()
  @Mutation(() => String)
  async logIn(
    @Args('email') email: string,
    @Args('password') password: string,
    @Context() { res }: { res: Response },
  ): Promise<string> {
    const found = ACCOUNTS.find((account) => account.email === email && account.password === password);
    if (found === undefined) throw new UnauthorizedException();
    const { password: _, ...account } = found;
    res.cookie('session', await this.tokens.signAsync(account), { httpOnly: true, sameSite: 'lax' });
    return account.firstName;
  }

  @Query(() => String)
  me(@Context() { req }: { req: Request & { user: Account } }): string {
    return req.user.firstName;
  }
}

@Module({
  imports: [
    JwtModule.register({
      global: true,
      secret: process.env.SESSION_SECRET,
      signOptions: { expiresIn: '1h' },
      verifyOptions: { algorithms: ['HS256'] },
    }),
  ],
  providers: [AccountResolver, { provide: APP_GUARD, useClass: AppGuard }],
})
export class AuthModule {}
