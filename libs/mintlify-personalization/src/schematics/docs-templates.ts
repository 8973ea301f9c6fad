import type { HostApp } from './host-app.js';

/** The text of the docs module. */
export function docsModuleText({ isEsm }: HostApp): string {
  const suffix = isEsm ? '.js' : '';
  return `import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { MintlifyPersonalizationModule } from 'nestjs-mintlify-personalization';
import { DocsClaimMapper } from './docs.claim-mapper${suffix}';

/** Identifies visitors to the Mintlify docs: GET /docs-login, behind AuthGuard('jwt'). */
@Module({
  imports: [
    MintlifyPersonalizationModule.forRootAsync({
      imports: [ConfigModule.forRoot()],
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        docsUrl: config.getOrThrow<string>('DOCS_URL'),
        signingKey: config.getOrThrow<string>('MINTLIFY_PRIVATE_KEY'),
        loginUrl: config.get<string>('DOCS_LOGIN_PAGE'),
      }),
    }),
  ],
  providers: [DocsClaimMapper],
})
export class DocsModule {}
`;
}

/** The text of a claim mapper: the default one, or that of a tenant. */
export function claimMapperText(className: string, tenantId?: string): string {
  const decorator = tenantId === undefined ? '' : `'${tenantId}'`;
  const whose = tenantId === undefined ? 'a visitor' : `a visitor of ${tenantId}`;
  return `import { Injectable } from '@nestjs/common';
import { ClaimMapperFor, type ClaimMapper, type MintlifyUser } from 'nestjs-mintlify-personalization';

/** What your guard puts on request.user: replace it by your own type. */
export interface Account {
  firstName: string;
  roles: string[];
}

/** What the docs know about ${whose}. Every script on the docs can read it: no secrets. */
@Injectable()
@ClaimMapperFor(${decorator})
export class ${className} implements ClaimMapper<Account> {
  map({ firstName, roles }: Account): MintlifyUser {
    return { groups: roles, content: { firstName } };
  }
}
`;
}

/** The text of its spec. */
export function claimMapperSpecText(
  className: string,
  file: string,
  { isEsm, testImports }: HostApp,
): string {
  const imports = testImports === undefined ? '' : `import { describe, expect, it } from '${testImports}';\n`;
  return `${imports}import { ${className} } from './${file}${isEsm ? '.js' : ''}';

describe('${className}', () => {
  it('sends only the name and the groups to the docs', () => {
    const account = { firstName: 'Ada', roles: ['admin'], passwordHash: 'secret' };
    expect(new ${className}().map(account)).toEqual({
      groups: ['admin'],
      content: { firstName: 'Ada' },
    });
  });
});
`;
}

/** The text of a tenant resolver. */
export function tenantResolverText(className: string): string {
  return `import { Injectable } from '@nestjs/common';
import type { TenantResolver } from 'nestjs-mintlify-personalization';

/** What your guard puts on request.user: replace it by your own type. */
interface Account {
  tenantId?: string;
}

/** Finds the tenant of a visitor; undefined for the default docs site. */
@Injectable()
export class ${className} implements TenantResolver<Account | undefined> {
  resolve(account: Account | undefined): string | undefined {
    return account?.tenantId;
  }
}
`;
}

/** The environment variables that the module reads. */
export const ENVIRONMENT = `# Mintlify docs (nestjs-mintlify-personalization)
# Origin, and base path if there is one
DOCS_URL=https://docs.example.com
# The private key that the Mintlify dashboard generated: one line, with \\n for line breaks
MINTLIFY_PRIVATE_KEY=
# Your login page, for visitors who are not logged in; without it, they get 401
DOCS_LOGIN_PAGE=/login
`;
