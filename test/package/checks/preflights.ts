import 'reflect-metadata';
import assert from 'node:assert/strict';
import {
  Module,
  RequestMethod,
  VersioningType,
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
} from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import {
  MintlifyPersonalizationModule,
  type ClaimMapper,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { bootApp, originOf } from './boot-app.js';

/**
 * The library computes where Nest mounts its user-info routes, from internals of Nest: the path of a `RouterModule` and
 * the expressions of `exclude`. Checks that the installed version still agrees: the library must answer a preflight
 * exactly where it answers a `GET`.
 */
const DOCS = 'https://docs.foo.com';

/** Nest excludes a route by its path, without prefix and version. */
const EXCLUDED = '/help/docs/oauth/user-info';

/** In the order of {@link candidates}. */
const SERVED = ['/v1/help/docs/oauth/user-info', '/api/v1/help/docs/user-info'];

class OpenGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    context.switchToHttp().getRequest<{ user?: unknown }>().user = { id: 'ada' };
    return true;
  }
}

class EmptyMapper implements ClaimMapper {
  map(): MintlifyUser {
    return {};
  }
}

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: DOCS,
      claimMapper: EmptyMapper,
      handshakes: {
        jwt: false,
        sharedSession: { guards: [OpenGuard] },
        oauth: { guards: [OpenGuard] },
      },
    }),
    RouterModule.register([{ path: 'help', module: MintlifyPersonalizationModule }]),
  ],
})
class AppModule {}

function configure(app: INestApplication): void {
  app.setGlobalPrefix('api', { exclude: [{ path: EXCLUDED, method: RequestMethod.GET }] });
  app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
  app.enableCors({ origin: 'https://other.example' });
}

/** All paths where the routes might be. */
function candidates(): string[] {
  return ['', '/api'].flatMap((prefix) =>
    ['', '/v1', '/v2'].flatMap((version) =>
      ['', '/help'].flatMap((module) =>
        ['/docs/user-info', '/docs/oauth/user-info'].map((route) => `${prefix}${version}${module}${route}`),
      ),
    ),
  );
}

async function isServed(url: string): Promise<boolean> {
  const { status } = await fetch(url, { headers: { origin: DOCS, authorization: 'Bearer ada' } });
  return status === 200;
}

async function isPreflightAllowed(url: string): Promise<boolean> {
  const headers = { origin: DOCS, 'access-control-request-method': 'GET' };
  const response = await fetch(url, { method: 'OPTIONS', headers });
  return response.status === 204 && response.headers.get('access-control-allow-origin') === DOCS;
}

async function select(test: (path: string) => Promise<boolean>): Promise<string[]> {
  const selected: string[] = [];
  for (const path of candidates()) if (await test(path)) selected.push(path);
  return selected;
}

const app = await bootApp(AppModule, configure);
const origin = originOf(app);
assert.deepEqual(await select((path) => isServed(`${origin}${path}`)), SERVED);
assert.deepEqual(await select((path) => isPreflightAllowed(`${origin}${path}`)), SERVED);
await app.close();
