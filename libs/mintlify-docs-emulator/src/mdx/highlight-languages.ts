import dart from 'highlight.js/lib/languages/dart';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import elixir from 'highlight.js/lib/languages/elixir';
import groovy from 'highlight.js/lib/languages/groovy';
import haskell from 'highlight.js/lib/languages/haskell';
import http from 'highlight.js/lib/languages/http';
import nginx from 'highlight.js/lib/languages/nginx';
import powershell from 'highlight.js/lib/languages/powershell';
import properties from 'highlight.js/lib/languages/properties';
import protobuf from 'highlight.js/lib/languages/protobuf';
import scala from 'highlight.js/lib/languages/scala';
import { common } from 'lowlight';

/** The languages whose code is colored: the common ones, and others that API docs have. */
export const LANGUAGES = {
  ...common,
  dart,
  dockerfile,
  elixir,
  groovy,
  haskell,
  http,
  nginx,
  powershell,
  properties,
  protobuf,
  scala,
};

/** Other names of languages in code blocks. */
export const ALIASES = {
  bash: ['console', 'curl', 'shell', 'terminal', 'zsh'],
  dockerfile: ['docker'],
  ini: ['dotenv', 'env'],
  javascript: ['node', 'nodejs'],
  json: ['json5', 'jsonc'],
  markdown: ['mdx'],
  xml: ['astro', 'svelte', 'vue'],
};
