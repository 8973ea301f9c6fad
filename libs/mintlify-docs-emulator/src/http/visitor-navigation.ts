import { createHash } from 'node:crypto';
import type { DocsMode } from '../shared/docs-mode.js';
import { listPaths } from '../shared/navigation-filter.js';
import type { NavigationSection } from '../shared/navigation-types.js';
import { navigationFor, withoutRules } from '../site/page-access.js';
import { frontPath } from '../site/site-reader.js';
import type { Site } from '../site/site-reader.js';
import type { PageReader } from './page-reader.js';

/** The navigation as a visitor gets it. */
export interface VisitorNavigation {
  /** The name that it is served under. It changes with the content, and in private docs with the session. */
  name: string;
  /** The navigation as JSON. */
  json: string;
  /** The page that `/` shows if the folder has no index page. */
  front?: string;
}

/** What decides what visitors get. */
export interface NavigationSettings {
  mode: DocsMode;
  preview: boolean;
}

interface KnownSite {
  /** By the visitor's groups. */
  navigations: Map<string, Omit<VisitorNavigation, 'name'> & { digest: string }>;
  paths: ReadonlySet<string>;
}

/** How many navigations are kept. Visitors with the same groups share one. */
const MAX_NAVIGATIONS = 50;

/**
 * Makes the navigation of each visitor, and keeps it until the docs folder changes. In public docs all visitors get the
 * same one, because the browser knows the visitor. In private docs each gets what that visitor may see.
 *
 * @example
 * const navigations = new VisitorNavigations({ mode: 'personalization', preview: false });
 * navigations.of(site, {}).name; // 'Jq…3w.json'
 */
export class VisitorNavigations {
  private readonly known = new WeakMap<Site, KnownSite>();

  constructor(private readonly settings: NavigationSettings) {}

  /** The navigation of a visitor. */
  of(site: Site, reader: PageReader): VisitorNavigation {
    const { navigations } = this.knowledgeOf(site);
    const key = JSON.stringify(reader.visitor ? (reader.visitor.groups ?? []) : null);
    const known = navigations.get(key) ?? this.make(site, reader);
    // The least recently used one makes room.
    navigations.delete(key);
    navigations.set(key, known);
    for (const oldest of navigations.keys()) {
      if (navigations.size <= MAX_NAVIGATIONS) break;
      navigations.delete(oldest);
    }
    const { digest, ...navigation } = known;
    const name = this.isPrivate ? digestOf(JSON.stringify([reader.session ?? null, digest])) : digest;
    return { ...navigation, name: `${name}.json` };
  }

  /** Tells whether the navigation of a site lists a path, for any visitor. */
  lists(site: Site, path: string): boolean {
    return this.knowledgeOf(site).paths.has(path);
  }

  private get isPrivate(): boolean {
    return this.settings.mode === 'authentication';
  }

  private knowledgeOf(site: Site): KnownSite {
    const known = this.known.get(site) ?? {
      navigations: new Map(),
      paths: new Set(listPaths(site.navigation)),
    };
    this.known.set(site, known);
    return known;
  }

  private make({ navigation }: Site, { visitor }: PageReader) {
    const { mode, preview } = this.settings;
    const listed = navigationFor(navigation, { visitor, mode, preview });
    // In private docs, the front page is one that the reader may read.
    const readable = this.isPrivate ? navigationFor(navigation, { visitor, mode }) : listed;
    const sent: NavigationSection = preview ? withoutRules(listed) : this.isPrivate ? listed : navigation;
    const json = JSON.stringify(sent);
    return { json, digest: digestOf(json), front: frontPath(readable) };
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
