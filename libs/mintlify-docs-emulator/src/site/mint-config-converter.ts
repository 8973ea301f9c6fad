import { isRecord } from '../shared/type-guards.js';

type Values = Record<string, unknown>;

/**
 * Converts the settings of a mint.json, the format before docs.json. Tabs and anchors of mint.json have a URL, and
 * own the pages whose paths begin with it; the other pages belong to a first division of their own.
 *
 * @example
 * convertMintConfig({ name: 'Acme', navigation: [{ group: 'Start', pages: ['introduction'] }] });
 * // { name: 'Acme', navigation: { groups: [{ group: 'Start', pages: ['introduction'] }] } }
 */
export function convertMintConfig(mint: Values): Values {
  const { topbarLinks, topbarCtaButton, primaryTab, topAnchor, tabs, anchors, versions, ...others } = mint;
  const { footerSocials, footer, modeToggle, iconLibrary, ...rest } = others;
  const groups = recordsIn(mint.navigation);
  return {
    ...rest,
    ...convertLooks({ footerSocials, footer, modeToggle, iconLibrary }),
    navbar: {
      links: recordsIn(topbarLinks).map(({ name, url, type }) => ({ label: name, href: url, type })),
      ...(isRecord(topbarCtaButton) && {
        primary: { type: 'button', label: topbarCtaButton.name ?? 'GitHub', href: topbarCtaButton.url },
      }),
    },
    navigation: byVersion(groups, versions, (ofVersion) =>
      byDivision(ofVersion, {
        kind: 'tab',
        divisions: recordsIn(tabs),
        primary: primaryTab,
        rest: (left) =>
          byDivision(left, {
            kind: 'anchor',
            divisions: recordsIn(anchors),
            primary: topAnchor,
            rest: (others) => ({ groups: others }),
          }),
      }),
    ),
  };
}

function convertLooks({ footerSocials, footer, modeToggle, iconLibrary }: Values): Values {
  const socials = Array.isArray(footerSocials)
    ? Object.fromEntries(recordsIn(footerSocials).map(({ type, url }) => [String(type), url]))
    : footerSocials;
  const links = recordsIn(isRecord(footer) ? footer.links : []).map((column) => ({
    header: column.title,
    items: recordsIn(column.links).map(({ label, url }) => ({ label, href: url })),
  }));
  return {
    footer: { socials, links },
    ...(isRecord(modeToggle) && {
      appearance: { default: modeToggle.default, strict: modeToggle.isHidden },
    }),
    ...(typeof iconLibrary === 'string' && { icons: { library: iconLibrary } }),
  };
}

function byVersion(groups: Values[], versions: unknown, inside: (groups: Values[]) => Values): Values {
  const named = (Array.isArray(versions) ? versions : []).flatMap((version: unknown): Values[] =>
    typeof version === 'string' ? [{ name: version }] : isRecord(version) ? [version] : [],
  );
  if (named.length === 0) return inside(groups);
  const isLanguage = named.every(({ locale }) => typeof locale === 'string');
  return {
    [isLanguage ? 'languages' : 'versions']: named.map(
      ({ name, locale, url, default: isDefault }): Values => {
        const head = {
          [isLanguage ? 'language' : 'version']: isLanguage ? locale : name,
          default: isDefault,
        };
        if (typeof url === 'string') return Object.assign(head, { href: url });
        const own = groups.flatMap((group) => ofVersion(group, typeof name === 'string' ? name : ''));
        return Object.assign(head, inside(own));
      },
    ),
  };
}

/** A group without what belongs to another version. */
function ofVersion(group: Values, version: string): Values[] {
  if (group.version !== undefined && group.version !== version) return [];
  const pages = listIn(group.pages).flatMap((page) => (isRecord(page) ? ofVersion(page, version) : [page]));
  return [{ ...withoutVersion(group), pages }];
}

interface Divisions {
  kind: 'tab' | 'anchor';
  divisions: Values[];
  /** Names the division of the pages that no other has. */
  primary: unknown;
  /** What the pages of no division become. */
  rest: (groups: Values[]) => Values;
}

function byDivision(groups: Values[], { kind, divisions, primary, rest }: Divisions): Values {
  if (divisions.length === 0) return rest(groups);
  const prefixes = divisions.flatMap(({ url }) => (isPrefix(url) ? [trim(url)] : []));
  const entries = divisions.map((division): Values => {
    const { name, url, icon, isDefaultHidden, openapi } = division;
    const head = {
      [kind]: name,
      ...(icon !== undefined && { icon }),
      ...(isDefaultHidden === true && { hidden: true }),
      ...(openapi !== undefined && { openapi }),
    };
    if (!isPrefix(url)) return { ...head, href: url };
    return { ...head, groups: pick(groups, (page) => longestPrefix(page, prefixes) === trim(url)) };
  });
  const others = pick(groups, (page) => longestPrefix(page, prefixes) === undefined);
  if (others.length === 0) return { [`${kind}s`]: entries };
  const name = isRecord(primary) && typeof primary.name === 'string' ? primary.name : 'Documentation';
  return { [`${kind}s`]: [{ [kind]: name, ...rest(others) }, ...entries] };
}

function longestPrefix(page: string, prefixes: readonly string[]): string | undefined {
  return prefixes
    .filter((prefix) => `${trim(page)}/`.startsWith(`${prefix}/`))
    .toSorted((one, other) => other.length - one.length)[0];
}

/** The groups with only the pages that pass; empty ones are left out. */
function pick(groups: readonly Values[], isPicked: (page: string) => boolean): Values[] {
  return groups.flatMap((group): Values[] => {
    const pages = listIn(group.pages).flatMap((page): unknown[] =>
      typeof page === 'string'
        ? isPicked(page)
          ? [page]
          : []
        : isRecord(page)
          ? pick([page], isPicked)
          : [],
    );
    return pages.length > 0 ? [{ ...group, pages }] : [];
  });
}

function withoutVersion(group: Values): Values {
  return Object.fromEntries(Object.entries(group).filter(([key]) => key !== 'version'));
}

function isPrefix(url: unknown): url is string {
  return typeof url === 'string' && !/^https?:/i.test(url);
}

function trim(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}

function recordsIn(value: unknown): Values[] {
  return listIn(value).filter(isRecord);
}

function listIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
