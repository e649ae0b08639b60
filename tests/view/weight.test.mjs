// What a first visit has to fetch, as Nginx sends it (frontend budget), and
// that the build is the same whenever it is made of the same files.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const root = new URL('../../', import.meta.url).pathname;
const out = fs.mkdtempSync(path.join(os.tmpdir(), 'outdial-static-'));
const build = () => execFileSync(process.execPath,
  [path.join(root, 'web/build.mjs'), out], { encoding: 'utf8' }).trim();
const version = build();
const file = (name) => path.join(out, version, name);
const weight = (...names) => names
  .reduce((sum, name) => sum + fs.statSync(file(`${name}.br`)).size, 0);

after(() => fs.rmSync(out, { recursive: true }));

test('scripts weigh at most 20 KB', () => {
  assert.ok(weight('app.js', 'htmx.min.js') <= 20 * 1024);
});

test('the style sheet weighs at most 12 KB', () => {
  assert.ok(weight('app.css', 'pages.css') <= 12 * 1024);
});

test('a second build has the same name, and the page of last resort uses it',
  () => {
    assert.equal(build(), version);
    assert.equal(fs.readFileSync(path.join(out, 'version'), 'utf8').trim(),
      version);
    assert.match(fs.readFileSync(path.join(out, 'down.html'), 'utf8'),
      new RegExp(`/static/${version}/app.css`));
  });

test('every icon that a page or an action shows is in the picture', () => {
  const read = (...names) => names
    .map((name) => fs.readFileSync(file(name), 'utf8')).join('');
  const css = read('app.css', 'wizard.css');
  const sources = ['templates', 'src/web/pages', 'src/web/server', 'src/campaign'].flatMap((dir) =>
    fs.readdirSync(path.join(root, dir)).map((name) =>
      fs.readFileSync(path.join(root, dir, name), 'utf8').replace(/\/\*.*?\*\//gs, '')));
  const names = new Set(sources.flatMap((text) => [...text.matchAll(
    /[" ]i-([a-z][a-z0-9-]*)|\.icon = "([a-z0-9-]+)"|"ICON",[^;]*/g)]
    .flatMap(([all, used, named]) => used ?? named ??
      [...all.slice(6).matchAll(/"([a-z0-9-]+)"/g)].map(([, name]) => name))));

  assert.ok(names.size > 20, [...names].join());
  for (const name of names)
    assert.ok(css.includes(`.i-${name}{`), name);
  assert.equal(read('icons.svg', 'wizard.svg').match(/<g /g).length,
    css.match(/\.i-[a-z0-9-]+\{/g).length, 'one class a drawing');
});

test('nothing in the built files points to another host', () => {
  for (const name of ['app.css', 'app.js', 'icons.svg', 'favicon.svg',
    'pages.css', 'wizard.css', 'wizard.js', 'wizard.svg'])
    assert.doesNotMatch(fs.readFileSync(file(name), 'utf8')
      .replaceAll('http://www.w3.org/2000/svg', ''), /https?:\/\//);
});
