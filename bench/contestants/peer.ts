import {
  Controller,
  Get,
  Header,
  Inject,
  Logger,
  Module,
  Query,
  Redirect,
  Req,
  UseGuards,
} from '@nestjs/common';
import { importPKCS8, SignJWT } from 'jose';
import type { MintlifyUser } from 'nestjs-mintlify-personalization';
import { createUser } from '../user.js';
import { checkPeerUser } from './peer-user.dto.js';
import { PrincipalGuard, type GuardedRequest } from './principal.guard.js';
import { SIGNING_KEY } from './signing-key.js';

const PEER_KEY = Symbol('PEER_KEY');

const DOCS_ORIGIN = 'https://docs.foo.com';

/** The docs pages that a login can redirect to. */
const ALLOWED_REDIRECTS = new Set(['/', '/introduction', '/quickstart', '/guides', '/api-reference']);

/** The origins for `enableCors`. */
export const PEER_ORIGINS = [DOCS_ORIGIN, 'https://docs.bar.com'];

/** One line of JSON per handshake, with the plain id of the visitor; only the library hashes it. */
class PeerAudit {
  readonly #logger = new Logger('DocsAudit');

  record(type: string, { user: principal }: GuardedRequest, { groups = [] }: MintlifyUser): void {
    const event = {
      occurredAt: new Date().toISOString(),
      type,
      outcome: 'ok',
      subject: principal?.id,
      groupCount: groups.length,
    };
    this.#logger.log(JSON.stringify(event));
  }
}

@Controller('docs-login')
@UseGuards(PrincipalGuard)
class PeerController {
  readonly #audit = new PeerAudit();

  constructor(@Inject(PEER_KEY) private readonly key: Awaited<ReturnType<typeof importPKCS8>>) {}

  @Get()
  @Redirect()
  @Header('Cache-Control', 'no-store')
  @Header('Referrer-Policy', 'no-referrer')
  async login(@Req() request: GuardedRequest, @Query('redirect') redirect = '/'): Promise<{ url: string }> {
    const user = await checkPeerUser(createUser());
    const page = ALLOWED_REDIRECTS.has(redirect) ? redirect : '/';
    const jwt = await new SignJWT({ ...user })
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuedAt()
      .setExpirationTime('10 s')
      .sign(this.key);
    this.#audit.record('login.succeeded', request, user);
    return { url: `${DOCS_ORIGIN}${page}#${jwt}` };
  }
}

/** A handwritten login with the features of the library's, made of the packages that a NestJS user would pick. */
@Module({
  controllers: [PeerController],
  providers: [{ provide: PEER_KEY, useFactory: () => importPKCS8(SIGNING_KEY, 'ES256') }],
})
export class PeerModule {}

@Controller('docs/user-info')
@UseGuards(PrincipalGuard)
class PeerUserInfoController {
  readonly #audit = new PeerAudit();

  @Get()
  @Header('Cache-Control', 'private, no-store')
  async userInfo(@Req() request: GuardedRequest): Promise<MintlifyUser> {
    const user = await checkPeerUser(createUser());
    this.#audit.record('user_info.served', request, user);
    return user;
  }
}

/** The same for the shared session. Its app enables CORS for {@link PEER_ORIGINS}. */
@Module({ controllers: [PeerUserInfoController] })
export class PeerUserInfoModule {}
