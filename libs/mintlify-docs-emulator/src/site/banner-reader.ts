import type { SiteBanner } from '../shared/site-looks-types.js';
import { isRecord } from '../shared/type-guards.js';
import { readByMode, readHexColor } from './looks-values.js';

const TYPES = new Set<unknown>(['info', 'warning', 'critical']);
const MAX_CHARACTERS = 2_000;

/**
 * Reads the banner of docs.json. Its text may have links, bold and italic text; tags are left out.
 *
 * @example
 * await readBanner({ content: 'We **moved**' });
 * // { html: 'We <strong>moved</strong>', isDismissible: false, type: 'info' }
 */
export async function readBanner(banner: unknown): Promise<SiteBanner | undefined> {
  if (!isRecord(banner) || typeof banner.content !== 'string' || banner.content.trim() === '')
    return undefined;
  const { content, dismissible, type } = banner;
  // Loaded for sites that have one. It escapes tags, and drops links that run scripts.
  const { micromark } = await import('micromark');
  const text = content.slice(0, MAX_CHARACTERS).replaceAll(/<[^>]*>/g, '');
  const html = micromark(text)
    .replaceAll(/<\/?p>/g, '')
    .trim();
  const color = readByMode(banner.color, readHexColor);
  return {
    html,
    isDismissible: dismissible === true,
    type: typeof type === 'string' && TYPES.has(type) ? type : 'info',
    ...(color && { color }),
  };
}
