import { expect, it } from '@jest/globals';
import { Controller, Get, Module, Post, Redirect, type Type } from '@nestjs/common';
import { DocsLogin, type DocsLoginAnswer } from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, type HostSetup } from '../../support/apps.support.js';

const answer = (): DocsLoginAnswer => ({ user: {} });

@Controller('post')
class PostController {
  @Post()
  @DocsLogin()
  openDocs(): DocsLoginAnswer {
    return answer();
  }
}

@Controller('redirect')
class RedirectController {
  @Get()
  @Redirect()
  @DocsLogin()
  openDocs(): DocsLoginAnswer {
    return answer();
  }
}

@Controller('good')
class GoodController {
  @Get()
  @DocsLogin()
  openDocs(): DocsLoginAnswer {
    return answer();
  }
}

@Module({})
class SupportModule {}

const inModuleOfItsOwn = (controller: Type): HostSetup => ({
  host: { imports: [{ module: SupportModule, controllers: [controller] }] },
});

describeOnEveryHost('a mistake with @DocsLogin()', ({ boot }) => {
  it.each<[string, HostSetup, string]>([
    [
      'a route that is no GET',
      { host: { controllers: [PostController] } },
      'PostController.openDocs() has @DocsLogin(), and does not answer GET: visitors open it as a page. Use @Get().',
    ],
    [
      'a route with @Redirect()',
      { host: { controllers: [RedirectController] } },
      'RedirectController.openDocs() has @DocsLogin(), and has @Redirect(), which would send the token twice. Remove it.',
    ],
    [
      'a module that does not import the library',
      inModuleOfItsOwn(GoodController),
      '@DocsLogin() is on a route of a module that does not import MintlifyPersonalizationModule. Import it there, or ' +
        'set isGlobal: true.',
    ],
    [
      'a missing key',
      {
        host: { controllers: [GoodController] },
        options: { signingKey: undefined, handshakes: { jwt: false } },
      },
      'signingKey is not set, and a route with @DocsLogin() signs with it. Set it.',
    ],
  ])('stops the start: %s', async (_, setup, message) => {
    await expect(boot(setup)).rejects.toMatchObject({ code: 'invalid_option', message });
  });
});
