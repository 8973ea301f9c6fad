import ReactModule, * as React from 'react';
import type { ComponentType, ReactNode } from 'react';
import * as jsxRuntime from 'react/jsx-runtime';
import { renderToStaticMarkup } from 'react-dom/server';
import type { RenderedView, UserPlaceText } from '../render/render-protocol.js';
import { textOfHtml } from '../shared/html-text.js';
import * as pageRuntime from './page-runtime.js';

/**
 * Renders compiled pages without a browser, to find out whether they throw. It runs in a process that can read nothing
 * and has no browser: what a browser offers does nothing here.
 */

type Subscribe = Parameters<typeof React.useSyncExternalStore>[0];

/** The function of a page as a CommonJS module. */
type PageModule = (require: (path: string) => unknown, module: { exports: Record<string, unknown> }) => void;

const modules: Record<string, unknown> = {
  'react.js': Object.assign({ default: React }, React),
  'jsx-runtime': jsxRuntime,
  'page-runtime.js': pageRuntime,
};

/**
 * Renders a page once for each visitor.
 *
 * @param contents the `user` variable of each visitor.
 * @param wantsText also returns what the page shows.
 * @returns JSON: for each visitor a `RenderedView`.
 */
function renderPage(
  load: PageModule,
  contents: readonly Record<string, unknown>[],
  wantsText: boolean,
): string {
  const module = { exports: {} as Record<string, unknown> };
  try {
    showAs({});
    load((path) => modules[path.split('/').at(-1) ?? ''], module);
  } catch (error) {
    return JSON.stringify(contents.map((): RenderedView => ({ reason: reasonOf(error) })));
  }
  const Page = module.exports.default;
  if (typeof Page !== 'function') return JSON.stringify(contents.map((): RenderedView => ({ reason: null })));
  return JSON.stringify(contents.map((content) => renderAs(Page as ComponentType, content, wantsText)));
}

function renderAs(Page: ComponentType, content: Record<string, unknown>, wantsText: boolean): RenderedView {
  const found: { source: string; value: unknown }[] = [];
  try {
    showAs(content);
    pageRuntime.watchUserPlaces(wantsText ? (place) => found.push(place) : undefined);
    const html = renderToStaticMarkup(React.createElement(Page));
    pageRuntime.watchUserPlaces(undefined);
    if (!wantsText) return { reason: null };
    const places = found.map(({ source, value }): UserPlaceText => ({ source, text: textOf(value) }));
    return { reason: null, text: textOfHtml(html), places };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** What a reader sees of a value. An object is a value of an attribute. */
function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value === 'function') return '';
  try {
    return textOfHtml(renderToStaticMarkup(React.createElement(React.Fragment, null, value as ReactNode)));
  } catch {
    return JSON.stringify(value) ?? '';
  }
}

function showAs(content: Record<string, unknown>): void {
  pageRuntime.setUser(content);
  Object.assign(globalThis, { mintlify: { user: content } });
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const found = /^Minified React error #31; .*?args\[\]=(?<what>[^&\s]+)/.exec(message)?.groups?.what;
  return found === undefined ? message : `${decodeURIComponent(found)} cannot be shown as text.`;
}

// Pages are made for a browser, so what is for a server may be missing.
const { useSyncExternalStore } = React;
Object.assign(ReactModule, {
  useSyncExternalStore: (subscribe: Subscribe, read: () => unknown, readOnServer = read) =>
    useSyncExternalStore(subscribe, read, readOnServer),
});

Object.assign(globalThis, { renderPage });
