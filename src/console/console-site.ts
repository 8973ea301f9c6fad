import { fileURLToPath } from 'node:url';
import { Controller, Get, Inject, Module, Res } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Response } from 'express';
import type { BackendConfig } from '../config/backend-config.js';

/** What `npm run build` makes of `console/app`. The relative path is the same from `src` and `dist`. */
const APP_DIRECTORY = fileURLToPath(new URL('../../dist/console-app', import.meta.url));

const CONSOLE_SETTINGS = Symbol('CONSOLE_SETTINGS');

/** What the console has to know, which differs between installations. */
export interface ConsoleSettings {
  /** The origin of the backend. */
  backendUrl: string;
  /** The origin of the docs, the only place that the console sends a visitor with a token to. */
  docsUrl: string;
}

/** The pages of the console: one document for all paths, since the app itself decides what they show. */
@Controller()
class ConsoleSiteController {
  constructor(@Inject(CONSOLE_SETTINGS) private readonly settings: ConsoleSettings) {}

  @Get('settings.json')
  read(): ConsoleSettings {
    return this.settings;
  }

  @Get(['/', '*path'])
  page(@Res() response: Response): void {
    response.sendFile('index.html', { root: APP_DIRECTORY });
  }
}

@Module({ controllers: [ConsoleSiteController] })
class ConsoleSiteModule {
  static register(settings: ConsoleSettings): DynamicModule {
    return { module: ConsoleSiteModule, providers: [{ provide: CONSOLE_SETTINGS, useValue: settings }] };
  }
}

/** The server of the console, ready for `listen`. It serves static files and has no session: the backend has. */
export async function createConsoleSite({
  publicUrl,
  consoleDocs,
}: BackendConfig): Promise<NestExpressApplication> {
  const settings = { backendUrl: publicUrl, docsUrl: consoleDocs.url };
  const app = await NestFactory.create<NestExpressApplication>(ConsoleSiteModule.register(settings), {
    abortOnError: false,
    bodyParser: false,
    forceCloseConnections: true,
  });
  app.useSecurityHeaders({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: "'none'",
        scriptSrc: "'self'",
        styleSrc: "'self'",
        imgSrc: "'self'",
        connectSrc: ["'self'", publicUrl],
        formAction: "'self'",
        frameAncestors: "'none'",
        baseUri: "'none'",
      },
    },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
  app.useStaticAssets(APP_DIRECTORY, { index: false });
  return app;
}
