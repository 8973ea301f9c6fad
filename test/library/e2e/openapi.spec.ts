import { expect, it } from '@jest/globals';
import { Controller, Get, VersioningType } from '@nestjs/common';
import { ApiOkResponse, DocumentBuilder, OmitType, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { Validator } from '@seriousme/openapi-schema-validator';
import { MintlifyPersonalizationModule, MintlifyUserDto } from 'nestjs-mintlify-personalization';
import { DEFAULTS, describeOnEveryHost, mapperOf, type Host } from '../../support/apps.support.js';
import { bearer, cookie } from '../../support/sessions.support.js';
import { SINGLE_PAGE_APP } from '../../support/single-page-app.support.js';
import { BOTH, OAUTH_PATH, SESSION_PATH } from '../../support/user-info.support.js';
import { SCALAR_PATH, SCALAR_SECRET } from '../../support/webhooks.support.js';
import { VIEW_AS, VIEW_AS_PATH, viewAsPolicy } from '../../support/view-as.support.js';

const LOGIN_PATH = '/docs-login';

/** As a client gets it. */
function documentOf({ app }: Pick<Host, 'app'>): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().addBearerAuth().build());
  return JSON.parse(JSON.stringify(document)) as OpenAPIObject;
}

/** What makes it no OpenAPI document. */
async function violationsOf(document: OpenAPIObject): Promise<unknown[]> {
  const { valid, errors = [] } = await new Validator().validate(
    document as unknown as Record<string, unknown>,
  );
  return valid ? [] : [errors].flat();
}

@Controller('who-am-i')
class WhoAmIController {
  @Get()
  @ApiOkResponse({ type: MintlifyUserDto })
  whoAmI(): MintlifyUserDto {
    return { groups: [] };
  }
}

/** Derived before the library is configured: classes are made while the app's files are imported. */
class GroupsDto extends OmitType(MintlifyUserDto, ['content', 'apiPlaygroundInputs']) {}

@Controller('groups')
class GroupsController {
  @Get()
  @ApiOkResponse({ type: GroupsDto })
  groups(): GroupsDto {
    return { groups: [] };
  }
}

function operationOf(document: OpenAPIObject, path: string) {
  const operation = document.paths[path]?.get;
  if (operation === undefined) throw new Error(`${path} is not in the document.`);
  return operation;
}

describeOnEveryHost('the OpenAPI document of an app with @nestjs/swagger', ({ boot }) => {
  it('is valid, and describes all three routes', async () => {
    const document = documentOf(await boot({ options: BOTH }));
    expect(await violationsOf(document)).toEqual([]);
    expect(Object.keys(document.paths).toSorted()).toEqual([LOGIN_PATH, OAUTH_PATH, SESSION_PATH].toSorted());
  });

  it('says what a login takes and where it leads', async () => {
    const login = operationOf(documentOf(await boot()), LOGIN_PATH);
    expect(login).toMatchObject({ tags: ['docs'], summary: 'Log in to the docs' });
    expect(login.parameters).toEqual([
      expect.objectContaining({ name: 'redirect', in: 'query', required: false }),
      expect.objectContaining({ name: 'anchor', in: 'query', required: false }),
    ]);
    expect(Object.keys(login.responses)).toEqual(['302', '401', '403', '404', '500', '503']);
    expect(login.responses['302']).toHaveProperty('headers.Location.schema.example');
    expect(login.responses['503']).toHaveProperty('headers.Retry-After');
    expect(JSON.stringify(login.responses['500'])).toMatch(/redirect_url_too_long/);
  });

  it('says what a single-page app sends and gets, where that is mounted', async () => {
    const document = documentOf(await boot({ options: SINGLE_PAGE_APP }));
    expect(await violationsOf(document)).toEqual([]);
    const { get, post } = document.paths[LOGIN_PATH] ?? {};
    expect(get?.operationId).toBe('DocsLoginController_login');
    expect(post).toMatchObject({
      operationId: 'DocsLoginPostController_createDocsUrl',
      tags: ['docs'],
      security: [{ bearer: [] }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              additionalProperties: false,
              properties: { redirect: { type: 'string' }, anchor: { type: 'string' } },
            },
          },
        },
      },
    });
    expect(Object.keys(post?.responses ?? {})).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '413',
      '415',
      '500',
      '503',
    ]);
    expect(post?.responses['200']).toHaveProperty(
      'content.application/json.schema.properties.url.type',
      'string',
    );
    expect(JSON.stringify(post?.responses['403'])).toContain('origin_not_allowed');
  });

  it('says what a view as another person takes, where that is mounted', async () => {
    const { viewAs } = viewAsPolicy();
    const document = documentOf(await boot({ options: { ...VIEW_AS, viewAs } }));
    expect(await violationsOf(document)).toEqual([]);
    const { get, post } = document.paths[VIEW_AS_PATH] ?? {};
    expect(get).toBeUndefined();
    expect(post).toMatchObject({
      operationId: 'DocsViewAsPostController_viewAs',
      tags: ['docs'],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { required: ['subject', 'reason'] } } },
      },
    });
    expect(Object.keys(post?.responses ?? {})).toEqual([
      '200',
      '303',
      '400',
      '401',
      '403',
      '404',
      '413',
      '415',
      '500',
      '503',
    ]);
    expect(JSON.stringify(post?.responses['403'])).toContain('view_as_denied');
  });

  it('says who calls a signed webhook, where one is mounted', async () => {
    const scalar = { secrets: [SCALAR_SECRET], findPrincipal: () => undefined };
    const document = documentOf(await boot({ options: { handshakes: { jwt: false, scalar } } }));
    expect(await violationsOf(document)).toEqual([]);
    const { post } = document.paths[SCALAR_PATH] ?? {};
    expect(post).toMatchObject({ operationId: 'DocsScalarUserInfoPostController_receive', tags: ['docs'] });
    const statuses = ['200', '204', '400', '401', '404', '413', '415', '500', '503'];
    expect(Object.keys(post?.responses ?? {})).toEqual(statuses);
  });

  it('says of each user-info route what it answers and what it asks for', async () => {
    const document = documentOf(await boot({ options: BOTH }));
    const session = operationOf(document, SESSION_PATH);
    const oauth = operationOf(document, OAUTH_PATH);
    expect(Object.keys(session.responses)).toEqual(['200', '401', '403', '404', '500', '503']);
    expect(Object.keys(oauth.responses)).toEqual(['200', '400', '401', '403', '404', '500', '503']);
    expect(session.security).toBeUndefined();
    expect(oauth.security).toEqual([{ bearer: [] }]);
    expect(oauth.responses['401']).toHaveProperty('headers.WWW-Authenticate');
    expect(session.responses['401']).not.toHaveProperty('headers.WWW-Authenticate');
    expect(session.responses['200']).toHaveProperty('content.application/json.schema', {
      $ref: '#/components/schemas/MintlifyUserDto',
    });
  });

  it('has the User format as a schema', async () => {
    const { components } = documentOf(await boot({ options: BOTH }));
    expect(components?.schemas).toHaveProperty('MintlifyUserDto.properties.groups', {
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength: 256 },
      maxItems: 1_000,
      description: expect.any(String),
      example: ['admin'],
    });
    expect(Object.keys(components?.schemas?.ApiPlaygroundInputsDto ?? {})).toContain('properties');
    expect(components?.schemas).not.toHaveProperty('MintlifyUserDto.required');
  });

  it('tells the routes of two docs sites, and of two versions, apart', async () => {
    const version = ['1', '2'];
    const { app } = await boot({
      options: { handshakes: { jwt: { version }, sharedSession: { version } } },
      host: {
        imports: [
          MintlifyPersonalizationModule.forRoot({
            ...DEFAULTS,
            claimMapper: mapperOf(() => ({})),
            handshakes: { jwt: { path: 'help/login' }, sharedSession: { path: ':tenant/visitor' } },
          }),
        ],
      },
      configure: (host) => host.enableVersioning({ type: VersioningType.URI }),
    });
    const { paths } = documentOf({ app });
    const operations = Object.entries(paths).map(([path, { get }]) => [path, get?.operationId]);
    expect(Object.fromEntries(operations)).toEqual({
      '/v1/docs-login': 'DocsLoginController_login_v1',
      '/v2/docs-login': 'DocsLoginController_login_v2',
      '/v1/docs/user-info': 'DocsUserInfoController_userInfo_v1',
      '/v2/docs/user-info': 'DocsUserInfoController_userInfo_v2',
      '/help/login': 'HelpLoginController_login',
      '/{tenant}/visitor': 'TenantVisitorController_userInfo',
    });
  });

  it('has the schema for controllers of the app, where no handshake is mounted', async () => {
    const document = documentOf(
      await boot({ options: { handshakes: { jwt: false } }, host: { controllers: [WhoAmIController] } }),
    );
    expect(document.components?.schemas).toHaveProperty('MintlifyUserDto.properties.content');
    expect(await violationsOf(document)).toEqual([]);
  });

  it('has the schema of a class that the app derives from the User format', async () => {
    const { components } = documentOf(await boot({ host: { controllers: [GroupsController] } }));
    expect(components?.schemas).toHaveProperty('GroupsDto.properties.groups.maxItems', 1_000);
    expect(components?.schemas).not.toHaveProperty('GroupsDto.properties.content');
  });

  it('changes nothing of how the routes behave', async () => {
    const host = await boot({ options: { ...BOTH, handshakes: { sharedSession: {} } } });
    documentOf(host);
    expect((await host.get(LOGIN_PATH, await bearer())).status).toBe(302);
    expect((await host.get(SESSION_PATH, await cookie())).body).toHaveProperty('content.firstName', 'Ada');
  });
});
