import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuthModule } from '../auth/auth.module.js';
import type { SessionPrincipal } from '../auth/session-principal.js';
import type { BackendConfig } from '../config/backend-config.js';
import { deriveSubjectKey } from '../docs/derived-secrets.js';
import { DocsLimitGuard } from '../rate-limit/docs-limit.guard.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { ConsoleSessionService } from './console-session.service.js';
import { ConsoleTokenStrategy } from './console-token.strategy.js';
import { ConsoleController } from './console.controller.js';

/**
 * The API of Acme Console, a single-page app that keeps its access token in memory, and its docs.
 *
 * A page that a browser opens has no access token, so the Login URL of these docs is a page of the console. It calls
 * `POST /console/docs-login` with the token, and opens the URL in the response. The default claim mapper of `docs/` maps its
 * users.
 */
@Module({})
export class ConsoleModule {
  /** The module, for the console and the docs of `config`. */
  static register({ consoleUrl, consoleDocs, sessionSecret }: BackendConfig): DynamicModule {
    return {
      module: ConsoleModule,
      imports: [
        AccountsModule,
        AuthModule,
        RateLimitModule,
        MintlifyPersonalizationModule.forRoot({
          docsUrl: consoleDocs.url,
          signingKey: consoleDocs.signingKey,
          loginUrl: `${consoleUrl}/docs-login`,
          audit: {
            subject: ({ accountId }: SessionPrincipal) => accountId,
            subjectKey: deriveSubjectKey(sessionSecret),
          },
          handshakes: {
            jwt: {
              path: 'console/docs-login',
              guards: [AuthGuard('console'), DocsLimitGuard],
              singlePageApp: { origins: [consoleUrl] },
            },
          },
          imports: [RateLimitModule],
        }),
      ],
      controllers: [ConsoleController],
      providers: [ConsoleSessionService, ConsoleTokenStrategy],
    };
  }
}
