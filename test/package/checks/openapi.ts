import 'reflect-metadata';
import assert from 'node:assert/strict';
import { Controller, Get, Module } from '@nestjs/common';
import { ApiOkResponse, DocumentBuilder, OmitType, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import {
  MintlifyPersonalizationModule,
  MintlifyUserDto,
  type ClaimMapper,
  type MintlifyUser,
} from 'nestjs-mintlify-personalization';
import { createTestSigningKey } from 'nestjs-mintlify-personalization/testing';
import { bootApp } from './boot-app.js';

/**
 * The library writes metadata for `@nestjs/swagger` under internal keys of that package. Checks that the installed version
 * still reads them.
 */
class GroupsDto extends OmitType(MintlifyUserDto, ['content', 'apiPlaygroundInputs']) {}

@Controller('groups')
class GroupsController {
  @Get()
  @ApiOkResponse({ type: GroupsDto })
  groups(): GroupsDto {
    return { groups: [] };
  }
}

class EmptyMapper implements ClaimMapper {
  map(): MintlifyUser {
    return {};
  }
}

@Module({
  imports: [
    MintlifyPersonalizationModule.forRoot({
      docsUrl: 'https://docs.foo.com',
      signingKey: createTestSigningKey().privateKey,
      claimMapper: EmptyMapper,
      accessTokens: {
        issuer: 'https://auth.foo.com',
        audience: 'https://api.foo.com',
        jwksUri: 'https://auth.foo.com/jwks',
      },
      handshakes: { jwt: { guards: [] }, sharedSession: { guards: [] }, oauth: {} },
    }),
  ],
  controllers: [GroupsController],
})
class AppModule {}

function operationOf({ paths }: OpenAPIObject, path: string) {
  const operation = paths[path]?.get;
  assert.ok(operation, `${path} is in the document`);
  return operation;
}

function statusesOf(document: OpenAPIObject, path: string): string[] {
  return Object.keys(operationOf(document, path).responses);
}

function checkRoutes(document: OpenAPIObject): void {
  const login = operationOf(document, '/docs-login');
  assert.equal(login.summary, 'Log in to the docs');
  assert.deepEqual(login.tags, ['docs']);
  assert.deepEqual(
    login.parameters?.map((parameter) => ('name' in parameter ? parameter.name : undefined)),
    ['redirect', 'anchor'],
  );
  assert.deepEqual(statusesOf(document, '/docs-login'), ['302', '401', '403', '404', '500', '503']);
  assert.deepEqual(statusesOf(document, '/docs/user-info'), ['200', '401', '403', '404', '500', '503']);
  const oauthStatuses = ['200', '400', '401', '403', '404', '500', '503'];
  assert.deepEqual(statusesOf(document, '/docs/oauth/user-info'), oauthStatuses);
  assert.deepEqual(operationOf(document, '/docs/oauth/user-info').security, [{ bearer: [] }]);
  assert.equal(operationOf(document, '/docs/user-info').security, undefined);
}

function checkSchemas({ components }: OpenAPIObject): void {
  const {
    MintlifyUserDto: user,
    ApiPlaygroundInputsDto: inputs,
    GroupsDto: groups,
  } = components?.schemas ?? {};
  assert.ok(user && 'properties' in user);
  assert.deepEqual(Object.keys(user.properties ?? {}), [
    'expiresAt',
    'groups',
    'content',
    'apiPlaygroundInputs',
  ]);
  assert.equal(user.required, undefined);
  assert.ok(inputs && 'properties' in inputs);
  assert.deepEqual(Object.keys(inputs.properties ?? {}), ['header', 'query', 'cookie', 'path', 'server']);
  assert.ok(groups && 'properties' in groups);
  assert.deepEqual(Object.keys(groups.properties ?? {}), ['expiresAt', 'groups']);
}

const app = await bootApp(AppModule);
const document = SwaggerModule.createDocument(app, new DocumentBuilder().addBearerAuth().build());
checkRoutes(document);
checkSchemas(document);
await app.close();
