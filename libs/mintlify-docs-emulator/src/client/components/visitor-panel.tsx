import { useEffect, useRef, useState } from 'react';
import { describeExpiry } from '../../shared/expiry-messages.js';
import { visitorName } from '../../shared/visitor-name.js';
import type { Visitor } from '../../shared/visitor-types.js';
import { passesRule } from '../../shared/group-rules.js';
import { pageData } from '../page-data.js';
import { InputsPanel } from './playground/inputs-panel.js';
import { RequestList } from './request-list.js';

/**
 * The button "User data" and its panel: what the docs know about the visitor, as a list and as JSON.
 *
 * @example
 * <VisitorPanel visitor={{ groups: ['admin'] }} />
 */
export function VisitorPanel({ visitor }: { visitor?: Visitor }) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const closeOnEscape = ({ key }: KeyboardEvent) => key === 'Escape' && setOpen(false);
    const closeOutside = ({ target }: Event) =>
      target instanceof Node && !box.current?.contains(target) && setOpen(false);
    addEventListener('keydown', closeOnEscape);
    addEventListener('pointerdown', closeOutside);
    return () => {
      removeEventListener('keydown', closeOnEscape);
      removeEventListener('pointerdown', closeOutside);
    };
  }, [isOpen]);
  return (
    <div className="visitor" ref={box}>
      <button
        type="button"
        className="plain-button"
        aria-expanded={isOpen}
        aria-controls="user-data"
        onClick={() => setOpen(!isOpen)}
      >
        User data
      </button>
      {isOpen && (
        <section className="visitor-panel" id="user-data" aria-label="User data">
          {visitor ? <VisitorDetails visitor={visitor} /> : <AnonymousDetails />}
          <PageAccess visitor={visitor} />
          <InputsPanel visitor={visitor} />
          <RequestList />
        </section>
      )}
    </div>
  );
}

/** Which rules decide who sees the page, and whether this visitor passes. */
function PageAccess({ visitor }: { visitor?: Visitor }) {
  const { access } = pageData.page;
  if (access.length === 0) return null;
  return (
    <>
      <h2>Who sees this page</h2>
      <ul className="access-list" data-testid="page-access">
        {access.map(({ text, place, rule }) => (
          <li key={`${place} ${text}`}>
            {text} (<code>{place}</code>)
            {rule &&
              (passesRule(rule, visitor && (visitor.groups ?? [])) ? ': you pass' : ': you do not pass')}
          </li>
        ))}
      </ul>
    </>
  );
}

function AnonymousDetails() {
  return (
    <p>
      Anonymous: <code>user</code> is <code>{'{}'}</code> in MDX, and pages with <code>groups</code> are not
      listed.
    </p>
  );
}

function VisitorDetails({ visitor }: { visitor: Visitor }) {
  const { groups = [], content, apiPlaygroundInputs, expiresAt } = visitor;
  return (
    <>
      <dl>
        <dt>Name</dt>
        <dd>{visitorName(content)}</dd>
        <dt>Groups</dt>
        <dd>{groups.length > 0 ? groups.join(', ') : 'none'}</dd>
        <dt>Expires</dt>
        <dd>{describeExpiry(expiresAt, Date.now())}</dd>
        <dt>API playground inputs</dt>
        <dd>{apiPlaygroundInputs ? Object.keys(apiPlaygroundInputs).join(', ') || 'none' : 'none'}</dd>
      </dl>
      <pre tabIndex={0} aria-label="User data as JSON" data-testid="user-json">
        {JSON.stringify(visitor, null, 2)}
      </pre>
    </>
  );
}
