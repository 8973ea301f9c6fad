import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  Controller,
  Get,
  Header,
  Module,
  Post,
  Redirect,
  type CanActivate,
  type INestApplication,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import helmet from 'helmet';
import { MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';
import type { Browser } from 'playwright-core';
import { mapperOf } from '../support/apps.support.js';
import { BROWSER_TIMEOUT_MS, launchChromium } from '../support/chromium.support.js';
import { DOCS_PRIVATE_KEY } from '../support/docs-arrival.support.js';
import { ADA } from '../support/sessions.support.js';

const FORM = '<form method="post" action="/session"><button>Log in</button></form>';

@Controller()
class LoginController {
  @Get('login')
  @Header('Content-Type', 'text/html')
  show(): string {
    return FORM;
  }

  @Post('session')
  @Redirect('/docs-login', 303)
  logIn(): void {
    // The guard knows a single visitor.
  }
}

const ada: CanActivate = {
  canActivate: (context) => {
    context.switchToHttp().getRequest<{ user?: unknown }>().user = ADA;
    return true;
  },
};

const originOf = (server: Server): string => `http://localhost:${(server.address() as AddressInfo).port}`;

let browser: Browser;
let docs: Server;
const apps: INestApplication[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  docs = createServer((_, response) => response.end('The docs')).listen(0);
  await once(docs, 'listening');
}, BROWSER_TIMEOUT_MS);
afterAll(async () => {
  await browser?.close();
  await Promise.all(apps.map((app) => app.close()));
  docs?.close();
});

/** Logs in by the form of an app with helmet, and gives the origin where the browser is then. */
async function logIn(formAction: string[] | undefined): Promise<{ origin: string; violations: string[] }> {
  const library = MintlifyPersonalizationModule.forRoot({
    docsUrl: originOf(docs),
    signingKey: DOCS_PRIVATE_KEY,
    claimMapper: mapperOf(() => ({})),
    handshakes: { jwt: { guards: [ada] } },
  });
  @Module({ imports: [library], controllers: [LoginController] })
  class AppModule {}
  const app = await NestFactory.create(AppModule, new ExpressAdapter(), { logger: false });
  apps.push(app);
  app.use(helmet(formAction && { contentSecurityPolicy: { directives: { formAction } } }));
  await app.listen(0);
  const page = await browser.newPage();
  const violations: string[] = [];
  page.on('console', (message) => violations.push(message.text()));
  await page.goto(`${originOf(app.getHttpServer() as Server)}/login`);
  const arrived = page.waitForURL(`${originOf(docs)}/**`);
  const blocked = page.waitForEvent('console', (message) => message.text().includes('form-action'));
  // One of the two never comes, and ends with the page.
  blocked.catch(() => undefined);
  await page.click('button', { noWaitAfter: true });
  await Promise.race([arrived.catch(() => blocked), blocked]);
  const { origin } = new URL(page.url());
  await page.close();
  return { origin, violations };
}

it(
  "helmet's defaults block the way from a login form to the docs",
  async () => {
    const { origin, violations } = await logIn(undefined);
    expect(origin).not.toBe(originOf(docs));
    expect(violations.join('\n')).toContain("form-action 'self'");
  },
  BROWSER_TIMEOUT_MS,
);

it(
  "the docs' origin in formAction opens it",
  async () => {
    const { origin } = await logIn(["'self'", originOf(docs)]);
    expect(origin).toBe(originOf(docs));
  },
  BROWSER_TIMEOUT_MS,
);
