import type { INestApplicationContext } from '@nestjs/common';
import { VIEW_AS_URLS, type ViewAsOptions, type ViewAsUrls } from '../signing/view-as-urls.js';

/** Who views the docs as whom, for {@link viewAs}. */
export interface ViewAsVisit extends Omit<ViewAsOptions, 'reason'> {
  /** The principal of the person who views: what your guard puts on `request.user`. */
  readonly actor: unknown;
  /** The id of the account whose docs are viewed, as `audit.subject` returns it. */
  readonly subject: string;
  /** Why. Default `'A test'` */
  readonly reason?: string;
}

/**
 * Views the docs as another person, as your page for it does: your policy is asked, your claim mapper is called, and one
 * audit event is recorded. The result is for the matchers `toBeDocsRedirect` and `toIdentify`.
 *
 * @param app the application, or the testing module
 * @returns the URL of the docs, with a token that lives for ten seconds
 * @throws MintlifyPersonalizationError as `MintlifySigningService.createViewAsUrl` does: `view_as_denied` if your policy
 * says no, `invalid_option` without the option `viewAs`
 * @example
 * ```ts
 * const url = await viewAs(app, { actor: ada, subject: 'grace', redirect: '/billing' });
 * expect(url).toBeDocsRedirect('https://docs.foo.com/billing');
 * await expect(url).toIdentify({ content: { firstName: 'Grace' } }, { key });
 * await expect(viewAs(app, { actor: grace, subject: 'ada' })).rejects.toMatchObject({ code: 'view_as_denied' });
 * ```
 */
export async function viewAs(
  app: Pick<INestApplicationContext, 'get'>,
  { actor, subject, reason = 'A test', ...options }: ViewAsVisit,
): Promise<string> {
  const urls = app.get<ViewAsUrls>(VIEW_AS_URLS, { strict: false });
  return urls.createUrl(actor, subject, { ...options, reason });
}
