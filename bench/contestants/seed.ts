import { Controller, Get, Header, Inject, Module, Query, Redirect, UseGuards } from '@nestjs/common';
import { importPKCS8, SignJWT } from 'jose';
import type { MintlifyUser } from 'nestjs-mintlify-personalization';
import { createUser } from '../user.js';
import { PrincipalGuard } from './principal.guard.js';
import { SIGNING_KEY } from './signing-key.js';

const SEED_KEY = Symbol('SEED_KEY');

@Controller('docs-login')
class SeedController {
  constructor(@Inject(SEED_KEY) private readonly key: Awaited<ReturnType<typeof importPKCS8>>) {}

  @Get()
  @Redirect()
  async login(@Query('redirect') redirect = ''): Promise<{ url: string }> {
    const jwt = await new SignJWT({ ...createUser() })
      .setProtectedHeader({ alg: 'ES256' })
      .setExpirationTime('10 s')
      .sign(this.key);
    return { url: `https://docs.foo.com${redirect}#${jwt}` };
  }
}

/** The login of Mintlify's own example: no guard, no validation, no check of the redirect. */
@Module({
  controllers: [SeedController],
  providers: [{ provide: SEED_KEY, useFactory: () => importPKCS8(SIGNING_KEY, 'ES256') }],
})
export class SeedModule {}

@Controller('docs/user-info')
@UseGuards(PrincipalGuard)
class SeedUserInfoController {
  @Get()
  @Header('Cache-Control', 'private, no-store')
  userInfo(): MintlifyUser {
    return createUser();
  }
}

/** A handwritten shared session: CORS by the app, and no validation of the user. */
@Module({ controllers: [SeedUserInfoController] })
export class SeedUserInfoModule {}
