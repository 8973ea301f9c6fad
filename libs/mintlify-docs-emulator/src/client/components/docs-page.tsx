import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { ComponentType } from 'react';
import { findTrail, neighbors, pagesOf, visibleNavigation } from '../../shared/navigation-filter.js';
import type { NavigationSection } from '../../shared/navigation-types.js';
import { pageData } from '../page-data.js';
import { pageLooks } from '../page-looks.js';
import type { VisitorState } from '../visitor-state.js';
import type { OperationPageProps } from './api/operation-page.js';
import { Breadcrumbs } from './breadcrumbs.js';
import { ErrorBoundary } from './error-boundary.js';
import { PageContents } from './page-contents.js';
import { PageHeader } from './page-header.js';
import { PageMenu } from './page-menu.js';
import { PageNeighbors } from './page-neighbors.js';
import { PageSidebar } from './page-sidebar.js';
import { UpdateFilter } from './page-update.js';
import { SiteBanner } from './site-banner.js';
import { SiteFooter } from './site-footer.js';

/** Props of the whole page. */
export interface DocsPageProps {
  session: VisitorState;
  /** Not filtered for the visitor. */
  navigation: NavigationSection;
  /** The page's content; absent if the page has none of its own. */
  Content?: ComponentType;
  /** Shows the operation of the page; absent if it has none. */
  Operation?: ComponentType<OperationPageProps>;
  /** Called once, after the first render. */
  onRendered: () => void;
}

/**
 * The whole docs page: header, navigation, content, and the links to the next pages.
 *
 * @example
 * createRoot(root).render(<DocsPage session={session} navigation={navigation} Content={Content} onRendered={scroll} />);
 */
export function DocsPage({ session, navigation, Content, Operation, onRendered }: DocsPageProps) {
  const state = useSyncExternalStore(session.subscribe, session.current);
  const [isMenuOpen, setMenuOpen] = useState(false);
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- runs once, after the first render.
  useEffect(onRendered, []);
  const { page } = pageData;
  const { visitor } = state;
  const trail = useMemo(
    () => findTrail(visibleNavigation(navigation, visitor && (visitor.groups ?? [])), page.path),
    [navigation, page.path, visitor],
  );
  const looks = pageLooks(trail.open);
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      {looks.banner && <SiteBanner banner={looks.banner} />}
      <PageHeader
        session={session}
        state={state}
        trail={trail}
        isMenuOpen={isMenuOpen}
        onMenu={() => setMenuOpen(!isMenuOpen)}
      />
      <div className="layout">
        <PageSidebar items={trail.items} lists={trail.lists} open={trail.open} isOpen={isMenuOpen} />
        <main id="content" tabIndex={-1}>
          {state.alert && <LoginAlert text={state.alert} onDismiss={() => session.dismissAlert()} />}
          <article>
            <Breadcrumbs trail={trail} path={page.path} />
            <h1>
              {page.title}
              {page.isDeprecated && <span className="sidebar-tag">deprecated</span>}
            </h1>
            <PageMenu />
            <UpdateFilter />
            <Lead />
            <div className="page-text">
              {/* Reset for another visitor: a page may fail for one and work for the next. */}
              <ErrorBoundary key={JSON.stringify(state.visitor?.content)}>
                {Content && <Content />}
              </ErrorBoundary>
              {Operation && (
                <ErrorBoundary key={JSON.stringify(state.visitor)}>
                  <Operation {...page.api} session={session} visitor={visitor} />
                </ErrorBoundary>
              )}
              {!Content && !Operation && <p>The docs folder has no page for this URL.</p>}
            </div>
          </article>
          <PageNeighbors {...neighbors(pagesOf(trail.items), page.path)} />
          {looks.footer && <SiteFooter footer={looks.footer} />}
        </main>
        <PageContents visitor={state.visitor} />
      </div>
    </>
  );
}

function Lead() {
  const { description, api } = pageData.page;
  if (!description) return null;
  // The description of an operation is Markdown, and can be long.
  return api && description === api.source?.operation.description ? null : (
    <p className="lead">{description}</p>
  );
}

function LoginAlert({ text, onDismiss }: { text: string; onDismiss: () => void }) {
  return (
    <div className="login-alert" role="alert">
      <div>
        <p className="page-error-title">Login failed</p>
        <p>{text}</p>
      </div>
      <button type="button" className="plain-button" onClick={onDismiss}>
        Dismiss
      </button>
    </div>
  );
}
