import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { LoginController } from './login.controller.js';
import { PasswordChecker } from './password-checker.js';
import { SessionService } from './session.service.js';
import { SessionStrategy } from './session.strategy.js';
import { SessionsRepository } from './sessions-repository.js';

/** Logging in with a password; from then on, `AuthGuard('jwt')` knows the visitor by a cookie. */
@Module({
  imports: [AccountsModule, DatabaseModule, RateLimitModule],
  controllers: [LoginController],
  providers: [PasswordChecker, SessionService, SessionStrategy, SessionsRepository],
})
export class AuthModule {}
