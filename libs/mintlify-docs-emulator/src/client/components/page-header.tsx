import type { NavigationTrail } from '../../shared/navigation-filter.js';
import { visitorName } from '../../shared/visitor-name.js';
import { pageData } from '../page-data.js';
import { pageLooks } from '../page-looks.js';
import type { SessionState, VisitorState } from '../visitor-state.js';
import { ColorModeButton } from './color-mode-button.js';
import { NavbarLinks } from './navbar-links.js';
import { SearchBox } from './search-box.js';
import { SiteLogo } from './site-logo.js';
import { DivisionSelectors, DivisionTabs } from './division-links.js';
import { VisitorMenu } from './visitor-menu.js';
import { LoginLink } from './login-link.js';
import { VisitorPanel } from './visitor-panel.js';

/** Props of the header. */
export interface PageHeaderProps {
  session: VisitorState;
  state: SessionState;
  trail: NavigationTrail;
  isMenuOpen: boolean;
  onMenu: () => void;
}

/**
 * The header: the site's name, links, tabs, and the visitor.
 *
 * @example
 * <PageHeader session={session} state={state} trail={trail} isMenuOpen={false} onMenu={toggle} />
 */
export function PageHeader({ session, state, trail, isMenuOpen, onMenu }: PageHeaderProps) {
  const { visitor } = state;
  return (
    <header className="header">
      <div className="header-row">
        <button
          type="button"
          className="plain-button menu-button"
          aria-label="Menu"
          aria-expanded={isMenuOpen}
          aria-controls="sidebar"
          onClick={onMenu}
        >
          <MenuIcon />
        </button>
        <SiteLogo />
        <DivisionSelectors lists={trail.lists} open={trail.open} />
        <SearchBox visitor={visitor} />
        <div className="header-links">
          <NavbarLinks links={pageLooks(trail.open).navbarLinks} />
        </div>
        {!pageData.looks.appearance.isStrict && <ColorModeButton />}
        <div className="login-state">
          <VisitorPanel visitor={visitor} />
          {pageData.visitors ? (
            <VisitorMenu visitors={pageData.visitors} />
          ) : visitor ? (
            <>
              <span className="visitor-name" data-testid="visitor-name">
                {visitorName(visitor.content)}
              </span>
              <button type="button" className="plain-button" onClick={() => session.logOut()}>
                Log out
              </button>
            </>
          ) : (
            <LoginLink session={session} />
          )}
        </div>
      </div>
      <DivisionTabs lists={trail.lists} open={trail.open} />
    </header>
  );
}

function MenuIcon() {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path d="M2.5 5h13M2.5 9h13M2.5 13h13" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  );
}
