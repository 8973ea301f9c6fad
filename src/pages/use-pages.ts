import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Eta } from 'eta';
import type { NextFunction, Request, Response } from 'express';
import type { BackendConfig } from '../config/backend-config.js';

const VIEWS = fileURLToPath(new URL('./views', import.meta.url));
const ASSETS = fileURLToPath(new URL('./assets', import.meta.url));

/** Serves the page templates and static assets, and sets security headers on every response. */
export function usePages(app: NestExpressApplication, config: BackendConfig): void {
  secure(app, config);
  app.useStaticAssets(ASSETS, { prefix: '/assets', index: false });
  app.use(disableCaching);
  const templates = new Eta({ views: VIEWS, cache: true });
  app.setBaseViewsDir(VIEWS);
  app.setViewEngine('eta');
  app.engine('eta', (file: string, model: object, done: (error: unknown, html?: string) => void) => {
    try {
      done(null, templates.render(basename(file), model));
    } catch (error) {
      done(error);
    }
  });
}

function secure(app: NestExpressApplication, config: BackendConfig): void {
  app.useSecurityHeaders({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: "'none'",
        styleSrc: "'self'",
        imgSrc: "'self'",
        // The search box of the front page.
        scriptSrc: "'self'",
        connectSrc: "'self'",
        // Chromium applies this to redirects after a form too, and a login from the docs ends with such a redirect.
        // A tenant with its own docs site needs that origin here as well.
        formAction: ["'self'", ...docsOrigins(config)],
        frameAncestors: "'none'",
        baseUri: "'none'",
      },
    },
    xFrameOptions: { action: 'deny' },
    // With `no-referrer`, browsers would send `Origin: null` with the backend's own forms.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: config.publicUrl.startsWith('https:'),
  });
  // Posts from other sites get 403.
  app.enableCsrfProtection({ trustedOrigins: [config.consoleUrl] });
}

function docsOrigins({ docsSites, oauthDocsUrl }: BackendConfig): string[] {
  const urls = [docsSites.personalization.url, docsSites.authentication.url, oauthDocsUrl];
  return urls.map((url) => new URL(url).origin);
}

function disableCaching(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
