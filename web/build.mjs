// build.mjs - makes the directory that Nginx serves as /static/.
//
//     node web/build.mjs DIR
//
// DIR/VERSION/ gets every file and its .gz and .br copies; VERSION is a digest
// of all of them, so a file under its address never changes and may be cached
// for ever.  DIR/version holds the word, for the setting static_version.
// Older versions stay for the pages that are still open: the last KEEP.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { transformSync } from 'esbuild';

const KEEP = 3;
const own = new URL('../static/', import.meta.url);
const require = createRequire(import.meta.url);

// Layers are declared by the first; within one, a later file may say otherwise.
const styles = ['tokens', 'base', 'shell', 'controls', 'table', 'cards', 'list',
  'feedback'];

// The icons that pages show, by their names in lucide-static.
const icons = ['archive', 'archive-restore', 'audio-lines', 'arrow-left',
  'arrow-right', 'check',
  'chevron-down', 'chevron-right', 'chevron-up', 'chevrons-left',
  'circle-alert', 'circle-check', 'circle-pause', 'clock', 'copy', 'keyboard',
  'log-out', 'megaphone', 'menu', 'pause', 'pencil', 'phone-call', 'play',
  'plus', 'rotate-ccw', 'search', 'search-x', 'settings-2', 'square', 'trash-2',
  'triangle-alert', 'x'];
// Those of the wizard alone come in a picture of their own, with its sheet: the
// list, which people open all day, does not pay for them.
const wizardIcons = ['download', 'lock', 'upload'];
const ICON = 24; // their width and height

const packageFile = (name, file) => path.join(
  path.dirname(require.resolve(`${name}/package.json`)), file);
const read = (file) => fs.readFileSync(file, 'utf8');

function drawing(name) {
  const svg = read(packageFile('lucide-static', `icons/${name}.svg`));
  const body = svg.replace(/<!--.*?-->/gs, '').match(/<svg[^>]*>(.*)<\/svg>/s);

  return body[1].replace(/\s+/g, ' ').replace(/> </g, '><').trim();
}

// One picture of all, one below the other.  An icon is the part of it that
// --i shifts into view, as a mask over the colour of the text: so an icon on a
// page is a class, and no element of its own drawing.
function sprite(names) {
  const height = ICON * names.length;

  return `<svg xmlns="http://www.w3.org/2000/svg" width="${ICON}" ` +
    `height="${height}" viewBox="0 0 ${ICON} ${height}" fill="none" ` +
    'stroke="#000" stroke-width="1.9" stroke-linecap="round" ' +
    'stroke-linejoin="round">' +
    names.map((name, i) => `<g transform="translate(0 ${ICON * i})">` +
      `${drawing(name)}</g>`).join('') + '</svg>\n';
}

const shift = (names, i) => `${(100 * i / (names.length - 1)).toFixed(4)}%`;

function iconClasses() {
  return `@layer icons{:root{${icons.map((name, i) =>
    `--i-${name}:${shift(icons, i)}`).join(';\n')}}\n${icons.map((name) =>
    `.i-${name}{--i:var(--i-${name})}`).join('\n')}}\n`;
}

function wizardIconClasses() {
  return `@layer utilities{${wizardIcons.map((name, i) =>
    `.i-${name}{--i:${shift(wizardIcons, i)};` +
    'mask-image:url("wizard.svg")}').join('\n')}}\n`;
}

function htmx() {
  return read(packageFile('htmx.org', 'dist/htmx.min.js'))
    .replace(/\n?\/\/# sourceMappingURL=.*\n?$/, '\n');
}

// Names and white space that only people need stay in the sources.
const lean = (text, loader) => transformSync(text,
  { loader, minify: true, target: 'esnext', charset: 'utf8' }).code;

const sheet = (names) => lean(names.map((name) =>
  read(new URL(`css/${name}.css`, own))).join('\n'), 'css');

const script = (...names) => lean(names.map((name) =>
  read(new URL(`${name}.js`, own))).join('\n'), 'js');

function licences() {
  return ['htmx.org', 'lucide-static'].map((name) =>
    `${name}\n\n${read(packageFile(name, 'LICENSE'))}`).join('\n\n');
}

function files() {
  return {
    'app.css': sheet(styles) + iconClasses(),
    'app.js': script('app', 'list'),
    'favicon.svg': read(new URL('favicon.svg', own)),
    'htmx.min.js': htmx(),
    'icons.svg': sprite(icons),
    'licences.txt': licences(),
    'pages.css': sheet(['pages', 'monitor', 'audit']),
    'wizard.css': sheet(['wizard', 'wizard_file', 'wizard_review']) +
      wizardIconClasses(),
    'wizard.js': script('wizard'),
    'wizard.svg': sprite(wizardIcons),
  };
}

function versionOf(all) {
  const digest = createHash('sha256');

  for (const [name, text] of Object.entries(all))
    digest.update(`${name}\0${text}\0`);
  return digest.digest('hex').slice(0, 12);
}

function writeAll(dir, all) {
  fs.mkdirSync(dir, { recursive: true });
  for (const [name, text] of Object.entries(all)) {
    const file = path.join(dir, name);

    fs.writeFileSync(file, text);
    fs.writeFileSync(`${file}.gz`, gzipSync(text, { level: 9 }));
    fs.writeFileSync(`${file}.br`, brotliCompressSync(text, { params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text) } }));
  }
}

// The page that Nginx shows when no worker answers; it has a fixed address.
function writeDownPage(dir, version) {
  fs.writeFileSync(path.join(dir, 'down.html'),
    read(new URL('down.html', own)).replaceAll('VERSION', version));
}

function dropOld(dir, current) {
  const versions = fs.readdirSync(dir, { withFileTypes: true })
    .filter((e) => e.isDirectory() && /^[0-9a-f]{12}$/.test(e.name) &&
      e.name !== current)
    .map((e) => path.join(dir, e.name))
    .sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs);

  for (const old of versions.slice(KEEP))
    fs.rmSync(old, { recursive: true });
}

const out = process.argv[2];
if (!out) {
  console.error('usage: node web/build.mjs DIR');
  process.exit(2);
}
const all = files();
const version = versionOf(all);
writeAll(path.join(out, version), all);
writeDownPage(out, version);
fs.writeFileSync(path.join(out, 'version'), `${version}\n`);
dropOld(out, version);
console.log(version);
