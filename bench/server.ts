import 'reflect-metadata';
import { generateKeyPairSync } from 'node:crypto';
import {
  Controller,
  Get,
  Header,
  Inject,
  Module,
  Query,
  Redirect,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
  type Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { importPKCS8, SignJWT } from 'jose';
import {
  MintlifyPersonalizationModule,
  type ClaimMapper,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { createUser } from './user.js';

/** Serves one contestant: `node server.js <express|fastify> <contestant>`; sends its port to the parent. */
const PEM = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ format: 'pem', type: 'pkcs8' })
  .toString();

@Controller('docs-login')
class CeilingController {
  @Get()
  @Redirect('https://docs.foo.com/quickstart', 302)
  login(): void {}
}

@Module({ controllers: [CeilingController] })
class CeilingModule {}

const SEED_KEY = Symbol('SEED_KEY');

/** The hand-written route of Mintlify's own example: no guard, no validation, no check of the redirect. */
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

@Module({
  controllers: [SeedController],
  providers: [{ provide: SEED_KEY, useFactory: () => importPKCS8(PEM, 'ES256') }],
})
class SeedModule {}

/** As cheap as a guard can be, so that the library is measured and not a session store. */
class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<{ headers: Record<string, string>; user?: unknown }>();
    request.user = request.headers['x-visitor'];
    return request.user !== undefined;
  }
}

class BenchClaimMapper implements ClaimMapper {
  map(): MintlifyUser {
    return createUser();
  }
}

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      signingKey: PEM,
      claimMapper: BenchClaimMapper,
      handshakes: { jwt: { guards: [HeaderGuard] } },
    }),
  ],
})
class OursModule {}

/** What is written by hand for the shared session: the host's own CORS, and whatever the handler returns. */
@Controller('docs/user-info')
@UseGuards(HeaderGuard)
class SeedUserInfoController {
  @Get()
  @Header('Cache-Control', 'private, no-store')
  userInfo(): MintlifyUser {
    return createUser();
  }
}

@Module({ controllers: [SeedUserInfoController] })
class SeedUserInfoModule {}

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      claimMapper: BenchClaimMapper,
      handshakes: { jwt: false, sharedSession: { guards: [HeaderGuard] } },
    }),
  ],
})
class OursUserInfoModule {}

const MODULES: Record<string, Type> = {
  'login ceiling': CeilingModule,
  'login seed': SeedModule,
  'login ours': OursModule,
  'user-info seed': SeedUserInfoModule,
  'user-info ours': OursUserInfoModule,
};

async function serve(adapter: string | undefined, contestant: string | undefined): Promise<void> {
  const module = MODULES[contestant ?? ''];
  if (module === undefined) throw new Error(`There is no contestant ${contestant}.`);
  const app = await NestFactory.create(
    module,
    adapter === 'fastify' ? new FastifyAdapter() : new ExpressAdapter(),
    {
      logger: false,
    },
  );
  if (module === SeedUserInfoModule) app.enableCors({ origin: 'https://docs.foo.com', credentials: true });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  process.send?.(port);
}

void serve(process.argv[2], process.argv[3]);
