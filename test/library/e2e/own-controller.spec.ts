import { expect, it } from '@jest/globals';
import { Controller, Get, Inject, Query, Redirect, Req, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import {
  IdentityService,
  MintlifyPersonalizationError,
  MintlifySigningService,
} from 'nestjs-mintlify-personalization';
import { describeOnEveryHost, mapperOf, type HostSetup } from '../../support/apps.support.js';
import { auditCollector } from '../../support/audit.support.js';
import { readArrival, verifyToken } from '../../support/docs-arrival.support.js';
import { ADA, bearer, type Visitor } from '../../support/sessions.support.js';

/** As an app writes it whose only other route is its GraphQL endpoint. */
@Controller('help')
class HelpController {
  constructor(
    @Inject(IdentityService) private readonly identity: IdentityService,
    @Inject(MintlifySigningService) private readonly signing: MintlifySigningService,
  ) {}

  @Get('docs')
  @UseGuards(AuthGuard('jwt'))
  @Redirect()
  async openDocs(
    @Req() request: { user: Visitor },
    @Query() { page, anchor }: { page?: string; anchor?: string },
  ): Promise<{ url: string }> {
    const user = await this.identity.identify(request.user, request);
    return { url: await this.signing.createRedirectUrl(user, { redirect: page, anchor }) };
  }

  @Get('token')
  async createToken(@Query('group') group: string): Promise<{ token: string }> {
    return { token: await this.signing.sign({ groups: [group] }) };
  }

  @Get('code')
  async readCode(@Query('group') group: string): Promise<{ code: string }> {
    const code = await this.signing.sign({ groups: [group] }).then(
      () => 'signed',
      (error: unknown) => (error instanceof MintlifyPersonalizationError ? error.code : 'unknown'),
    );
    return { code };
  }
}

const SERVICES_ALONE: HostSetup = {
  options: { handshakes: { jwt: false } },
  host: { controllers: [HelpController] },
};

describeOnEveryHost("a controller of the host's own", ({ boot }) => {
  it('identifies its visitor and sends them to the page', async () => {
    const host = await boot(SERVICES_ALONE);
    const response = await host.get('/help/docs?page=/support&anchor=hours', await bearer()).expect(302);
    const { page, token, anchor } = readArrival(response.get('location'));
    expect([page, anchor]).toEqual(['https://docs.acme.example/support', 'hours']);
    expect(await verifyToken(token)).toMatchObject({ groups: ADA.roles, content: { firstName: 'Ada' } });
  });

  it('may hand over a redirect that was given twice: it leads to the front page, and an event says why', async () => {
    const { auditSink, events } = auditCollector();
    const host = await boot({ ...SERVICES_ALONE, options: { ...SERVICES_ALONE.options, auditSink } });
    const response = await host.get('/help/docs?page=/support&page=/other', await bearer()).expect(302);
    expect(readArrival(response.get('location')).page).toBe('https://docs.acme.example/');
    expect(events).toMatchObject([{ type: 'redirect.refused', outcome: 'repeated' }]);
  });

  it.each(['//evil.example', 'https://evil.example', 'javascript:alert(1)'])(
    'may hand over a hostile redirect as it came: %s',
    async (redirect) => {
      const host = await boot(SERVICES_ALONE);
      const response = await host
        .get(`/help/docs?page=${encodeURIComponent(redirect)}`, await bearer())
        .expect(302);
      expect(readArrival(response.get('location')).page).toBe('https://docs.acme.example/');
    },
  );

  it.each(['page=/a&page=/b', 'page[x]=/a', 'anchor=one&anchor=two'])(
    'may hand over whatever its query parser made of %s',
    async (query) => {
      const host = await boot(SERVICES_ALONE);
      const response = await host.get(`/help/docs?${query}`, await bearer()).expect(302);
      expect(readArrival(response.get('location')).page).toBe('https://docs.acme.example/');
    },
  );

  it('signs a user of its own making', async () => {
    const host = await boot(SERVICES_ALONE);
    const response = await host.get('/help/token?group=support').expect(200);
    const { token } = response.body as { token: string };
    expect(await verifyToken(token)).toMatchObject({ groups: ['support'] });
  });

  it('learns by its code what a user is refused for', async () => {
    const host = await boot(SERVICES_ALONE);
    const response = await host.get('/help/code?group=').expect(200);
    expect(response.body).toEqual({ code: 'invalid_user' });
  });

  it('keeps its own guards: no redirect without a session', async () => {
    const host = await boot(SERVICES_ALONE);
    const response = await host.get('/help/docs').expect(401);
    expect(response.get('location')).toBeUndefined();
  });

  it('works beside the handshake, with the same claim mapper', async () => {
    const claimMapper = mapperOf(() => ({ groups: ['mapped'] }));
    const host = await boot({ options: { claimMapper }, host: { controllers: [HelpController] } });
    const handshake = await host.get('/docs-login', await bearer()).expect(302);
    const own = await host.get('/help/docs', await bearer()).expect(302);
    const tokens = [handshake, own].map((response) => readArrival(response.get('location')).token);
    const claims = await Promise.all(tokens.map((token) => verifyToken(token)));
    expect(claims).toMatchObject([{ groups: ['mapped'] }, { groups: ['mapped'] }]);
  });
});
