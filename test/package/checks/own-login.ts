import 'reflect-metadata';
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import {
  Controller,
  Get,
  Module,
  Post,
  Redirect,
  Version,
  VersioningType,
  type CanActivate,
  type INestApplication,
  type Type,
} from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import {
  DocsLogin,
  MintlifyPersonalizationModule,
  type ClaimMapper,
  type DocsLoginAnswer,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { bootApp, originOf } from './boot-app.js';

/**
 * The library finds the routes with `@DocsLogin()` by internals of Nest: the metadata of paths, methods and versions, and
 * the guards of a module. Checks that the installed version still agrees: an error of an app-wide guard has the library's
 * headers on each of these routes, and on no other.
 */
const USER: DocsLoginAnswer = { user: { groups: ['admin'] } };

class FailingGuard implements CanActivate {
  canActivate(): boolean {
    throw new Error('The session store is away.');
  }
}

class EmptyMapper implements ClaimMapper {
  map(): MintlifyUser {
    return {};
  }
}

@Controller(['help', 'support'])
class HelpController {
  @Get(['docs', 'manual'])
  @Version(['1', '2'])
  @DocsLogin()
  openDocs(): DocsLoginAnswer {
    return USER;
  }

  @Get('hours')
  @Version(['1', '2'])
  readHours(): string {
    return 'always';
  }
}

@Controller('post')
class PostController {
  @Post()
  @DocsLogin()
  openDocs(): DocsLoginAnswer {
    return USER;
  }
}

@Controller('redirect')
class RedirectController {
  @Get()
  @Redirect()
  @DocsLogin()
  openDocs(): DocsLoginAnswer {
    return USER;
  }
}

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

function createApp(controller: Type): Type {
  @Module({ controllers: [controller] })
  class HelpModule {}

  @Module({
    imports: [
      MintlifyPersonalizationModule.forRoot({
        docsUrl: 'https://docs.foo.com',
        signingKey: privateKey,
        claimMapper: EmptyMapper,
        handshakes: { jwt: false },
        isGlobal: true,
      }),
      HelpModule,
      RouterModule.register([{ path: 'team', module: HelpModule }]),
    ],
  })
  class AppModule {}
  return AppModule;
}

function configure(app: INestApplication): void {
  app.setGlobalPrefix('api');
  app.enableVersioning({ type: VersioningType.URI });
}

const app = await bootApp(createApp(HelpController), configure);
const { headers, status } = await fetch(`${originOf(app)}/api/v1/team/help/docs`, { redirect: 'manual' });
assert.equal(status, 302);
assert.match(headers.get('location') ?? '', /^https:\/\/docs\.foo\.com\/#[\w-]+\.[\w-]+\.[\w-]+$/);
await app.close();

const failing = await bootApp(createApp(HelpController), (it) => {
  configure(it);
  it.useGlobalGuards(new FailingGuard());
});
for (const version of ['v1', 'v2']) {
  for (const controller of ['help', 'support']) {
    for (const route of ['docs', 'manual', 'hours']) {
      const response = await fetch(`${originOf(failing)}/api/${version}/team/${controller}/${route}`);
      const found = [route, response.status, response.headers.get('cache-control')];
      assert.deepEqual(found, [route, 500, route === 'hours' ? null : 'no-store']);
    }
  }
}
await failing.close();

await assert.rejects(bootApp(createApp(PostController), configure), /does not answer GET/);
await assert.rejects(bootApp(createApp(RedirectController), configure), /has @Redirect\(\)/);
