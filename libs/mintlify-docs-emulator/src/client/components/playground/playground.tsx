import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { passesRule } from '../../../shared/group-rules.js';
import type { Operation } from '../../../shared/operation-types.js';
import { isSendable } from '../../../shared/request-builder.js';
import type { Visitor } from '../../../shared/visitor-types.js';
import type { ApiRequest } from '../../api/request-model.js';
import { pageData } from '../../page-data.js';
import { playgroundStore } from '../../playground-store.js';
import type { VisitorState } from '../../visitor-state.js';
import { PlaygroundBody } from './playground-body.js';
import { PlaygroundFields } from './playground-fields.js';
import { PlaygroundResponse } from './playground-response.js';
import { usePlayground } from './use-playground.js';

/** Props of the playground. */
export interface PlaygroundProps {
  operation: Operation;
  session: VisitorState;
  visitor?: Visitor;
  /** Called with the request as an example, without secrets; without one if nothing is filled in. */
  onFill?: (request: ApiRequest | undefined) => void;
}

/**
 * Sends requests of an operation as the visitor, with the values of `apiPlaygroundInputs`. docs.json may turn it off,
 * or show it only to visitors who are logged in and pass the groups of the page: `api.playground.display`.
 *
 * @example
 * <Playground operation={operation} session={session} visitor={visitor} />
 */
export function Playground({ operation, session, visitor, onFill }: PlaygroundProps) {
  if (!isSendable(operation.method) || !isShown(visitor)) return null;
  // Another visitor starts anew: a response is for the one who asked.
  const key = JSON.stringify([visitor?.content, visitor?.apiPlaygroundInputs]);
  return (
    <PlaygroundForm key={key} operation={operation} session={session} visitor={visitor} onFill={onFill} />
  );
}

function isShown(visitor: Visitor | undefined): boolean {
  const { display } = pageData.playground;
  if (display !== 'auth') return display === 'interactive';
  const groups = visitor && (visitor.groups ?? []);
  return visitor !== undefined && pageData.page.access.every(({ rule }) => passesRule(rule, groups));
}

function PlaygroundForm({ operation, session, visitor, onFill }: PlaygroundProps) {
  const titleId = useId();
  const form = useRef<HTMLFormElement>(null);
  const typed = useSyncExternalStore(playgroundStore.subscribe, playgroundStore.current);
  const playground = usePlayground({ operation, visitor, typed });
  const { problem, result, isSending } = playground;
  const [isTried, setTried] = useState(false);
  const example = playground.example && JSON.stringify(playground.example);
  useEffect(() => {
    onFill?.(example === undefined ? undefined : (JSON.parse(example) as ApiRequest));
  }, [example, onFill]);

  async function send(): Promise<void> {
    setTried(true);
    if (!problem) return playground.send();
    const field = [...(form.current?.elements ?? [])].find(
      (element) => element.getAttribute('data-field') === `${problem.place} ${problem.name}`,
    );
    if (field instanceof HTMLElement) field.focus();
  }

  if (operation.servers.length === 0) {
    return (
      <p className="playground-note">
        The spec has no server for this operation, so it cannot be sent. Add one to <code>servers</code>.
      </p>
    );
  }
  return (
    <section className="playground" aria-labelledby={titleId} data-testid="playground">
      <h2 id={titleId}>Try it</h2>
      <form
        ref={form}
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p className="playground-line">
          <span className={`playground-method method-${operation.method.toLowerCase()}`}>
            {operation.method}
          </span>
          <code data-testid="playground-url">{playground.url}</code>
        </p>
        {operation.servers.length > 1 && (
          <Choice
            label="Server"
            options={operation.servers.map(({ url, description }) => description ?? url)}
            chosen={playground.serverIndex}
            onChoose={playground.chooseServer}
          />
        )}
        {operation.security.length > 1 && (
          <Choice
            label="Authentication"
            options={operation.security.map(
              ({ fields }) => fields.map(({ scheme }) => scheme).join(' and ') || 'none',
            )}
            chosen={playground.securityIndex}
            onChoose={playground.chooseSecurity}
          />
        )}
        <PlaygroundFields operation={operation} fields={playground.fields} visitor={visitor} />
        <PlaygroundBody
          operation={operation}
          body={playground.body}
          files={playground.files}
          onChooseFiles={playground.chooseFiles}
        />
        {isTried && problem && (
          <p className="playground-problem" role="alert">
            {problem.problem}
          </p>
        )}
        <p className="playground-actions">
          <button type="submit" className="button" disabled={isSending}>
            {isSending ? 'Sending …' : 'Send'}
          </button>
          {isSending && (
            <button type="button" className="plain-button" onClick={playground.cancel}>
              Cancel
            </button>
          )}
          {!isSending && playground.typedKeys.length > 0 && (
            <button
              type="button"
              className="plain-button"
              onClick={() => playgroundStore.reset(playground.typedKeys)}
            >
              Reset all
            </button>
          )}
        </p>
        {pageData.playground.isDirect && (
          <p className="playground-note">
            docs.json has <code>proxy: false</code>: the browser sends this request itself, so your API must
            allow CORS for <code>{location.origin}</code>.
            {playground.fields.some(({ place }) => place === 'cookie') && ' Cookies are not sent so.'}
          </p>
        )}
      </form>
      <div aria-live="polite">
        {result && <PlaygroundResponse {...result} session={session} visitor={visitor} />}
      </div>
    </section>
  );
}

interface ChoiceProps {
  label: string;
  options: readonly string[];
  chosen: number;
  onChoose: (index: number) => void;
}

function Choice({ label, options, chosen, onChoose }: ChoiceProps) {
  return (
    <p className="playground-field">
      <label>
        {label}{' '}
        <select value={chosen} onChange={({ target }) => onChoose(Number(target.value))}>
          {options.map((option, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the index is the value.
            <option key={index} value={index}>
              {option}
            </option>
          ))}
        </select>
      </label>
    </p>
  );
}
