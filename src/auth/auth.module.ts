import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { DocsModule } from '../docs/docs.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { LoginController } from './login.controller.js';
import { PasswordChecker } from './password-checker.js';
import { SessionService } from './session.service.js';
import { SessionStrategy } from './session.strategy.js';
import { SessionsRepository } from './sessions-repository.js';

/** Logs visitors in with a password; after that, `AuthGuard('jwt')` identifies them by a session cookie. */
@Module({
  imports: [AccountsModule, DatabaseModule, DocsModule, RateLimitModule],
  controllers: [LoginController],
  providers: [PasswordChecker, SessionService, SessionStrategy, SessionsRepository],
  exports: [PasswordChecker, SessionsRepository],
})
export class AuthModule {}
