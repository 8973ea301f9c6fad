import { Inject, Injectable, Module, UnauthorizedException } from '@nestjs/common';
import { MintlifyPersonalizationModule, type ClaimMapper } from 'nestjs-mintlify-personalization';
import { AuthGuard, type TokenPayload } from './auth/auth.guard.js';
import { UsersModule } from './users/users.module.js';
import { UsersService } from './users/users.service.js';

@Injectable()
class AcmeClaimMapper implements ClaimMapper<TokenPayload> {
  constructor(@Inject(UsersService) private readonly users: UsersService) {}

  async map({ username }: TokenPayload) {
    const user = await this.users.findOne(username);
    if (user === undefined) throw new UnauthorizedException();
    return { groups: user.roles, content: { firstName: user.firstName } };
  }
}

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      imports: [UsersModule],
      docsUrl: 'https://docs.foo.com',
      signingKey: process.env.MINTLIFY_PRIVATE_KEY,
      loginUrl: 'https://app.foo.com/docs-login',
      claimMapper: AcmeClaimMapper,
      handshakes: {
        jwt: { guards: [AuthGuard], singlePageApp: { origins: ['https://app.foo.com'] } },
      },
    }),
  ],
})
export class DocsModule {}
