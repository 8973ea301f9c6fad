import { Inject, Injectable } from '@nestjs/common';
import { IdentityService } from '../identity/identity.service.js';
import { MintlifySigningService } from '../signing/mintlify-signing.service.js';
import { TenantRegistry } from '../tenancy/tenant.registry.js';
import { ViewAsService } from '../view-as/view-as.service.js';
import { HandshakeAdmission } from './handshake-admission.js';
import { HandshakeExchanges } from './handshake-exchanges.js';
import { HandshakeReplies } from './handshake-replies.js';
import { LoginPage } from './login/login-page.js';
import { PrincipalReader } from './principal-reader.js';

/**
 * What controllers, guards and filters of handshakes need. On a route of the host app with `@DocsLogin()`, Nest
 * instantiates guard, interceptor and filter in the host's module, so the library's module exports this one provider.
 *
 * @internal
 */
@Injectable()
export class HandshakeServices {
  constructor(
    @Inject(HandshakeExchanges) readonly exchanges: HandshakeExchanges,
    @Inject(HandshakeAdmission) readonly admission: HandshakeAdmission,
    @Inject(HandshakeReplies) readonly replies: HandshakeReplies,
    @Inject(LoginPage) readonly loginPage: LoginPage,
    @Inject(PrincipalReader) readonly principals: PrincipalReader,
    @Inject(TenantRegistry) readonly tenants: TenantRegistry,
    @Inject(IdentityService) readonly identity: IdentityService,
    @Inject(MintlifySigningService) readonly signing: MintlifySigningService,
    @Inject(ViewAsService) readonly viewAs: ViewAsService,
  ) {}
}
