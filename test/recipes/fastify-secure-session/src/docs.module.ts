import { Injectable, Module, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { MintlifyPersonalizationModule, type ClaimMapper } from 'nestjs-mintlify-personalization';
import type { Account } from './auth/account.js';

@Injectable()
class SessionGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest & { user?: Account }>();
    request.user = request.session.get('account');
    return request.user !== undefined;
  }
}

class AcmeClaimMapper implements ClaimMapper<Account> {
  map = ({ firstName, roles }: Account) => ({ groups: roles, content: { firstName } });
}

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      signingKey: process.env.MINTLIFY_PRIVATE_KEY,
      loginUrl: '/login',
      claimMapper: AcmeClaimMapper,
      handshakes: { jwt: { guards: [SessionGuard] }, sharedSession: { guards: [SessionGuard] } },
    }),
  ],
})
export class DocsModule {}
