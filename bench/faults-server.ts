import 'reflect-metadata';
import { generateKeyPairSync } from 'node:crypto';
import { Module, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  MintlifyPersonalizationModule,
  type ClaimMapper,
  type ClaimMappingContext,
  type MintlifyUser,
  type TenantResolver,
} from 'nestjs-mintlify-personalization';
import { createUser } from './user.js';

/** The headers of a request, instead of a session. */
interface Visitor {
  readonly tenant: string;
  readonly fault: string | undefined;
}

class HeaderGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context
      .switchToHttp()
      .getRequest<{ headers: Record<string, string | undefined>; user?: Visitor }>();
    request.user = { tenant: request.headers['x-tenant'] ?? '', fault: request.headers['x-fault'] };
    return true;
  }
}

class HeaderTenantResolver implements TenantResolver<Visitor | undefined> {
  resolve(visitor: Visitor | undefined): string | undefined {
    return visitor?.tenant;
  }
}

const HUGE = 'x'.repeat(1_000_000);
const MANY = Array.from({ length: 100_000 }, (_, index) => index);

/** A mapper that fails in the way the request asks for. */
class FaultyMapper implements ClaimMapper<Visitor> {
  map({ fault }: Visitor, { signal }: ClaimMappingContext): MintlifyUser | Promise<MintlifyUser> {
    switch (fault) {
      case 'throws':
        throw new Error('the requested fault');
      case 'rejects':
        return Promise.reject(new Error('the requested fault'));
      case 'hangs':
        signal.addEventListener('abort', () => undefined);
        return new Promise(() => undefined);
      case 'huge':
        return { content: { text: HUGE, list: MANY } };
      case undefined:
      default:
        return createUser();
    }
  }
}

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      signingKey: newKey(),
      handshakes: { jwt: { guards: [HeaderGuard] } },
      claimMapper: FaultyMapper,
      mapperTimeoutMs: 500,
      tenantResolver: HeaderTenantResolver,
      tenants: {
        sound: { docsUrl: 'https://sound.foo.com', signingKey: newKey() },
        faulty: { docsUrl: 'https://faulty.foo.com', signingKey: newKey() },
      },
    }),
  ],
})
class FaultyModule {}

/** Serves two tenants: `node faults-server.js <express|fastify>`. Sends its port to the parent process. */
async function serve(adapter: string | undefined): Promise<void> {
  const app = await NestFactory.create(
    FaultyModule,
    adapter === 'fastify' ? new FastifyAdapter() : new ExpressAdapter(),
    { logger: false },
  );
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  process.send?.(port);
}

void serve(process.argv[2]);
