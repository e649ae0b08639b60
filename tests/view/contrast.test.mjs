// The colours of static/css/tokens.css against WCAG 2.2 AA, in both themes:
// 4.5 for text, 3 for the shapes that carry meaning.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';

const css = fs.readFileSync(
  new URL('../../static/css/tokens.css', import.meta.url), 'utf8');
const tokens = {
  white: ['#ffffff', '#ffffff'],
  'on-accent': ['#ffffff', '#ffffff'],
};

for (const [, name, light, dark] of css.matchAll(
  /--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g))
  tokens[name] = [light, dark];

const statuses = ['grey', 'green', 'amber', 'blue', 'red'];
const pairs = [
  ...['surface', 'canvas', 'hover', 'raised'].map((on) => ['ink', on, 4.5]),
  ...['surface', 'canvas', 'press', 'raised'].map((on) => ['ink-2', on, 4.5]),
  ...['surface', 'surface-2', 'canvas', 'hover'].map((on) => ['ink-3', on, 4.5]),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-hover', 4.5],
  ['accent-ink', 'surface', 4.5],
  ['accent-ink', 'canvas', 4.5],
  ['accent-ink', 'accent-soft', 4.5],
  ['white', 'red-solid', 4.5],
  ['white', 'red-solid-hover', 4.5],
  ...statuses.map((c) => [`${c}-ink`, `${c}-bg`, 4.5]),
  ...statuses.map((c) => [`${c}-dot`, `${c}-bg`, 3]),
  ...['surface', 'hover'].flatMap((on) => [['red-ink', on, 4.5],
    ['green-ink', on, 4.5]]),
  ...['surface', 'canvas'].flatMap((on) => [['control-line', on, 3],
    ['focus', on, 3]]),
  ['tip-ink', 'tip-bg', 4.5],
  ...['green', 'amber', 'blue', 'red'].map((c) => [`${c}-dot`, 'press', 3]),
];

function luminance(hex) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));

  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);

  return (light + 0.05) / (dark + 0.05);
}

for (const [ink, on, least] of pairs) {
  test(`${ink} on ${on} has at least ${least}`, () => {
    for (const theme of [0, 1]) {
      assert.ok(tokens[ink] && tokens[on], 'both are tokens');
      assert.ok(ratio(tokens[ink][theme], tokens[on][theme]) >= least,
        `${tokens[ink][theme]} on ${tokens[on][theme]}`);
    }
  });
}
