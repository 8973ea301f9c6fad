import type { ByMode, SiteFont, SiteFooter, SiteLooks } from '../shared/site-looks-types.js';
import { isRecord } from '../shared/type-guards.js';
import { readBanner } from './banner-reader.js';
import { readCodeLooks } from './code-theme-reader.js';
import { isSafeHref, readByMode, readHexColor, readPath } from './looks-values.js';

type Values = Readonly<Record<string, unknown>>;

const MODES = ['system', 'light', 'dark'] as const;
const DECORATIONS = new Set<unknown>(['gradient', 'grid', 'windows']);
const CONTEXTUAL = ['copy', 'view'];
/** The icons of social networks that are not called like them. */
const SOCIAL_ICONS: Readonly<Record<string, string>> = {
  x: 'x-twitter',
  website: 'globe',
  'earth-americas': 'globe',
};

/**
 * Reads how a site looks. What is not valid is left out, so that the rest is shown.
 *
 * @param settings the values of docs.json.
 * @example
 * const { logo, footer } = await readLooks({ logo: '/logo.svg' });
 */
export async function readLooks(settings: Values): Promise<SiteLooks> {
  const logo = readLogo(settings.logo);
  const banner = await readBanner(settings.banner);
  const footer = readFooter(settings.footer);
  const code = await readCodeLooks(settings.styling);
  return {
    ...(logo && { logo }),
    appearance: readAppearance(settings.appearance),
    background: readBackground(settings.background),
    ...(code && { code }),
    fonts: readFonts(settings.fonts),
    ...(banner && { banner }),
    ...(footer && { footer }),
    contextual: readContextual(settings.contextual),
  };
}

/**
 * The files of the docs folder that a site's looks need, as paths inside the docs.
 *
 * @example
 * filesOf(looks); // ['/logo/light.svg', '/logo/dark.svg']
 */
export function filesOf({ logo, background, fonts }: SiteLooks): string[] {
  const files = [
    logo?.light,
    logo?.dark,
    background.image?.light,
    background.image?.dark,
    fonts.body?.source,
    fonts.heading?.source,
  ];
  return files.filter((path): path is string => path?.startsWith('/') ?? false);
}

function readLogo(logo: unknown): SiteLooks['logo'] {
  const files = readByMode(logo, readPath);
  if (!files) return undefined;
  const href = isRecord(logo) && isSafeHref(logo.href) ? logo.href : undefined;
  return { ...files, ...(href !== undefined && { href }) };
}

function readAppearance(appearance: unknown): SiteLooks['appearance'] {
  const { default: mode, strict } = isRecord(appearance) ? appearance : {};
  return { default: MODES.find((each) => each === mode) ?? 'system', isStrict: strict === true };
}

function readBackground(background: unknown): SiteLooks['background'] {
  const { color, image, decoration } = isRecord(background) ? background : {};
  const { light, dark } = isRecord(color) ? color : {};
  const own: Partial<ByMode> = {};
  const [lightColor, darkColor] = [readHexColor(light), readHexColor(dark)];
  if (lightColor !== undefined) own.light = lightColor;
  if (darkColor !== undefined) own.dark = darkColor;
  const images = readByMode(image, readPath);
  return {
    color: own,
    ...(images && { image: images }),
    ...(typeof decoration === 'string' && DECORATIONS.has(decoration) && { decoration }),
  };
}

function readFonts(fonts: unknown): SiteLooks['fonts'] {
  if (!isRecord(fonts)) return {};
  const [both, body, heading] = [readFont(fonts), readFont(fonts.body), readFont(fonts.heading)];
  return {
    ...((body ?? both) && { body: body ?? both }),
    ...((heading ?? both) && { heading: heading ?? both }),
  };
}

function readFont(font: unknown): SiteFont | undefined {
  if (!isRecord(font) || typeof font.family !== 'string' || font.family.trim() === '') return undefined;
  const source = readPath(font.source);
  return {
    family: font.family.slice(0, 100),
    ...(typeof font.weight === 'number' && { weight: font.weight }),
    // A font of another host is not loaded: the docs are shown offline.
    ...(source?.startsWith('/') && { source }),
  };
}

/** Reads `footer` of docs.json or of a language. */
export function readFooter(footer: unknown): SiteFooter | undefined {
  if (!isRecord(footer)) return undefined;
  const socials = Object.entries(isRecord(footer.socials) ? footer.socials : {}).flatMap(([name, href]) =>
    isSafeHref(href) ? [{ name, href, icon: SOCIAL_ICONS[name] ?? name }] : [],
  );
  const columns = recordsIn(footer.links).flatMap(({ header, items }) => {
    const links = recordsIn(items).flatMap(({ label, href }) =>
      typeof label === 'string' && isSafeHref(href) ? [{ label, href }] : [],
    );
    return links.length > 0 ? [{ ...(typeof header === 'string' && { header }), items: links }] : [];
  });
  return socials.length + columns.length > 0 ? { socials, columns } : undefined;
}

function readContextual(contextual: unknown): string[] {
  const options: unknown[] =
    isRecord(contextual) && Array.isArray(contextual.options) ? contextual.options : [];
  return CONTEXTUAL.filter((option) => options.includes(option));
}

function recordsIn(list: unknown): Values[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}
