import { afterEach, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { IsIn, IsOptional, IsString } from 'class-validator';
import {
  defineVisitorSchema,
  type ClaimMapper,
  type MintlifyPersonalizationOptions,
  type MintlifyUser,
  type VisitorSchema,
} from 'nestjs-mintlify-personalization';
import { describeOnEveryHost } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { bearer } from '../../support/sessions.support.js';

class PlanContent {
  @IsString() firstName!: string;
  @IsOptional() @IsIn(['free', 'team']) plan?: string;
}

const PLAN_SCHEMA = {
  type: 'object',
  properties: { firstName: { type: 'string' }, plan: { enum: ['free', 'team'] } },
  required: ['firstName'],
  additionalProperties: false,
};

function mapperWith(schema: VisitorSchema, user: MintlifyUser): Type<ClaimMapper> {
  return class SchemaMapper implements ClaimMapper {
    static readonly visitorSchema = defineVisitorSchema(schema);
    map = (): MintlifyUser => user;
  };
}

const SHAPES = [
  ['a class', PlanContent],
  ['a JSON Schema', PLAN_SCHEMA],
  ['a JSON Schema of 2020-12', { $schema: 'https://json-schema.org/draft/2020-12/schema', ...PLAN_SCHEMA }],
] as const;

const { NODE_ENV } = process.env;
afterEach(() => {
  process.env.NODE_ENV = NODE_ENV;
});

describeOnEveryHost('A visitor schema', ({ boot }) => {
  const open = async (
    schema: VisitorSchema,
    user: MintlifyUser,
    options: Partial<MintlifyPersonalizationOptions> = {},
  ) => {
    const { auditSink, events } = auditCollector();
    const host = await boot({ options: { auditSink, claimMapper: mapperWith(schema, user), ...options } });
    return { host, events, response: await host.get('/docs-login', await bearer()) };
  };

  it.each(SHAPES)('lets in what it allows, with the content as %s', async (_, content) => {
    const user = { groups: ['admin'], content: { firstName: 'Ada', plan: 'team' } };
    const { response } = await open({ groups: ['admin', 'viewer'], content }, user);
    expect(response.status).toBe(302);
    expect(await verifyToken(readArrival(response.get('location')).token)).toMatchObject(user);
  });

  it.each(SHAPES)('refuses with 500 what it does not allow, with the content as %s', async (_, content) => {
    const user = { groups: ['admins'], content: { plan: 'canary-plan', company: 'canary-company' } };
    const { host, response, events } = await open({ groups: ['admin'], content }, user);
    expect(response.status).toBe(500);
    expect(response.body).toMatchObject({ code: 'invalid_user' });
    expect(events).toMatchObject([{ type: 'login.refused', outcome: 'invalid_user' }]);
    for (const place of ['groups[0]', 'content.plan', 'content.company', 'content.firstName']) {
      expect(host.logs.text).toContain(place);
    }
    expect(host.logs.text).not.toMatch(/canary|admins/);
  });

  it('only warns in production: the log once, and each time an audit event', async () => {
    process.env.NODE_ENV = 'production';
    const user = { groups: ['admins'], content: { plan: 'canary-plan' } };
    const { host, response, events } = await open({ groups: ['admin'], content: PlanContent }, user);
    expect(response.status).toBe(302);
    await host.get('/docs-login', await bearer()).expect(302);
    expect(events.filter(({ type }) => type === 'schema.violated')).toEqual([
      { occurredAt: expect.any(String), type: 'schema.violated', outcome: 'invalid_user' },
      { occurredAt: expect.any(String), type: 'schema.violated', outcome: 'invalid_user' },
    ]);
    const warnings = host.logs.lines.filter((line) => line.includes('visitor schema'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^warn .*groups\[0\].*content\.plan/);
    expect(host.logs.text).not.toMatch(/canary|admins/);
  });

  it.each([
    ['refuse', 'production', 500],
    ['warn', 'test', 302],
  ] as const)('does what the option schemaViolations says: %s', async (schemaViolations, env, status) => {
    process.env.NODE_ENV = env;
    const { response } = await open({ groups: [] }, { groups: ['admin'] }, { schemaViolations });
    expect(response.status).toBe(status);
  });

  it('asks nothing of what it does not name', async () => {
    const user = { groups: ['any'], content: { a: 1 }, apiPlaygroundInputs: { header: { b: 2 } } };
    const { response } = await open({}, user);
    expect(response.status).toBe(302);
  });

  it('checks apiPlaygroundInputs, also where the mapper gives none', async () => {
    const apiPlaygroundInputs = { type: 'object', required: ['header'] };
    const { response } = await open({ apiPlaygroundInputs }, {});
    expect(response.status).toBe(500);
  });

  it('with a JSON Schema that cannot be used stops the app at start', async () => {
    const options = { claimMapper: mapperWith({ content: { type: 'nonsense' } }, {}) };
    await expect(boot({ options })).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('JSON Schema for content that cannot be used'),
    });
  });
});
