// sentences.mjs - every text that a person can meet, read from the sources.
//
//     node tools/dev/sentences.mjs            FILE:LINE: TEXT, one a line
//     node tools/dev/sentences.mjs FILE.html  one page of all, to be read
//
// What a program puts in is shown as ‹…›; line ends are shown as spaces.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const VALUE = '‹…›';

// The first group that a file fits is its own; null: nothing for people.
const groups = [
  [null, /^src\/sql\/|^web\/|\.def$|_priv\.h$/],
  ['Screens', /^templates\/|^static\/.*\.(js|html)$|^nginx\//],
  ['Commands', /^src\/ctl\/|^tools\/demo\/.*\.[ch]$|main\.c$|^etc\/.*\.conf$/],
  ['Dialler and carriers', /^src\/(dialler|carrier)\//],
  ['Messages of the programs', /^src\//],
  ['Scripts', /^dev$|^tools\/dev\/.*\.sh$/],
];

const unescaped = (text) => text
  .replace(/\\x([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(`0x${hex}`))
  .replace(/(\\[nrt]\s*)+/g, ' ').replace(/\\(.)/gs, '$1');

// A directive of printf, with the width and the macro that may be part of it.
const withoutFormats = (text) => text
  .replace(/%%/g, '\0')
  .replace(/%[-+0 #']*[\d*]*(\.[\d*]+)?(hh|ll|[hlzjt])?[diouxXeEfgGcsp]/g, VALUE)
  .replace(/\0/g, '%');

// Words, and not a key, a path, an address, a selector or JSON.
function isShown(text) {
  const words = text.replaceAll(VALUE, ' ').trim();

  return /\p{L}{2}/u.test(words) &&
    (!/^[\w.:/#$*=-]+$/.test(words) || /^[A-Z][a-z-]+[.:]?$/.test(words)) &&
    !/^([,{]?"|[#[:^/?&<]|\.(?!\/)|\w+\[|[a-z-]+="|if redis|use strict$)/.test(words);
}

// Yields [offset, text] of the literals of C: those that stand side by side, or
// with a macro such as PRId64 between them, are one.
function* ofC(source) {
  const token = /\/\*.*?\*\/|\/\/[^\n]*|^[ \t]*#[ \t]*include[^\n]*|'(?:\\.|[^'\\\n])+'|"((?:\\.|[^"\\\n])*)"|\w+|\S/gsm;
  const joined = source.replace(/\\\n/g, ' \n');
  let text = null, start = 0, macro = '';

  for (const m of joined.matchAll(token)) {
    if (/^\/[*/]/.test(m[0]))
      continue;
    if (m[1] !== undefined) {
      start = text === null ? m.index : start;
      text = (text ?? '') + (macro && 'd') + m[1];
      macro = '';
    } else if (text !== null && /^PRI[diux]\w+$/.test(m[0])) {
      macro = m[0];
    } else if (text !== null) {
      yield [start, withoutFormats(unescaped(text + (macro && 'd')))];
      text = null;
      macro = '';
    }
  }
}

function* ofJs(source) {
  const token = /\/\*.*?\*\/|\/\/[^\n]*|'((?:\\.|[^'\\])*?)'|"((?:\\.|[^"\\\n])*)"|`((?:\\.|[^`\\])*)`/gs;

  const joined = source.replace(/(['"`]) \+\n\s*\1/g,
    (all) => '\0'.repeat(all.length));

  for (const m of joined.matchAll(token)) {
    const text = m[1] ?? m[2] ?? m[3];

    if (text !== undefined)
      yield [m.index, unescaped(text.replace(/\$\{[^{}]*\}/g, VALUE))];
  }
}

// Text between tags, and attributes that are shown or read out.  Tags within a
// line of text are no break in it.
function* ofHtml(source) {
  source = source.replace(/<pre[^]*?<\/pre>/g, (code) => code.replace(/[^\n]/g, ' '));
  const marked = source
    .replace(/\{\{[#/!%][^}]*\}\}/g, (tag) => '\0'.repeat(tag.length))
    .replace(/\{\{[^}]*\}\}/g, (tag) => VALUE.padEnd(tag.length, '\0'));
  const attribute = /\s(?:title|aria-label|placeholder|alt|hx-confirm)="([^"]*\p{L}[^"]*)"/gu;

  for (const tag of marked.matchAll(/<[^>]+>/g)) {
    for (const m of tag[0].matchAll(attribute))
      yield [tag.index + m.index, m[1]];
  }
  const blocks = marked
    .replace(/<\/?(b|bdi|code|i|kbd|time|a|strong|em)(\s[^>]*)?>/g,
      (tag) => '\0'.repeat(tag.length))
    .replace(/<[^>]+>/g, (tag) => '\n'.repeat(tag.length));

  for (const m of blocks.matchAll(/[^\n]+/g))
    yield [m.index, m[0]];
}

// Sentences in quotation marks, and here-documents that go to the screen.
function* ofShell(source) {
  for (const m of source.matchAll(/cat <<'?([A-Z]+)'?\n(.*?)\n\1\n/gs)) {
    for (const line of m[2].matchAll(/[^\n]+/g))
      yield [m.index + m[0].indexOf(m[2]) + line.index, line[0]];
  }
  const verb = /\b(?:say|step|die|echo|printf|die_with_log|test_failed|busy|fail|warn)\b[^"'\n]*(?:\\\n[^"'\n]*)?(?:"((?:\\.|[^"\\])*)"|'([^']*)')(?:[^"'\n]*"((?:\\.|[^"\\])*)")?/g;

  for (const m of source.matchAll(verb)) {
    for (const text of m.slice(1).filter(Boolean))
      yield [m.index, withoutFormats(unescaped(text))
        .replace(/\$\{[^}]*\}|\$\([^)]*\)|\$\w+/g, VALUE)];
  }
}

// The comments of a file of settings, a paragraph each.
function* ofConf(source) {
  for (const m of source.matchAll(/(^# .*\n)+/gm))
    yield [m.index, m[0].replace(/^# /gm, '')];
}

// The texts in quotation marks that the short pages are made of.
function* ofNginx(source) {
  for (const m of source.matchAll(/ "([A-Z][^"]* [^"]*)";$/gm))
    yield [m.index, m[1]];
}

const readers = [
  [/\.(c|h|cc|def)$/, ofC], [/\.js$/, ofJs], [/\.(tpl|html)$/, ofHtml],
  [/^nginx\//, ofNginx], [/\.conf$/, ofConf], [/./, ofShell],
];

function sentences(file) {
  const source = fs.readFileSync(file, 'utf8');
  const read = readers.find(([pattern]) => pattern.test(file))[1];

  return [...read(source)]
    .map(([at, text]) => ({
      line: source.slice(0, at).split('\n').length,
      text: text.replace(/\0/g, '').replace(/\n\s*/g, ' ').trim(),
    }))
    .filter(({ text }) => isShown(text) || read === ofHtml && /\p{L}{2}/u.test(text));
}

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function page(found) {
  const group = ([name, files]) => `<h2>${name}</h2>\n` +
    files.map(({ file, lines }) => `<h3>${file}</h3>\n<table>\n` +
      lines.map(({ line, text }) =>
        `<tr><td>${line}<td>${escaped(text)}\n`).join('') +
      '</table>\n').join('');

  return '<!DOCTYPE html>\n<html lang="en"><meta charset="utf-8">' +
    '<title>Sentences of Outdial</title>\n<style>body{font:1rem/1.5 ' +
    'system-ui;max-width:60rem;margin:2rem auto}td{vertical-align:top}' +
    'td:first-child{color:gray;min-width:3rem}</style>\n' +
    `<h1>Sentences of Outdial</h1>\n${found.map(group).join('')}</html>\n`;
}

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'],
  { encoding: 'utf8' }).split('\n');
const found = groups.filter(([name]) => name).map(([name]) => [name, files
  .filter((file) =>
    groups.find(([, pattern]) => pattern.test(file))?.[0] === name)
  .map((file) => ({ file, lines: sentences(file) }))
  .filter(({ lines }) => lines.length > 0)]);

if (process.argv[2]) {
  fs.writeFileSync(process.argv[2], page(found));
} else {
  for (const { file, lines } of found.flatMap(([, some]) => some)) {
    for (const { line, text } of lines)
      process.stdout.write(`${file}:${line}: ${text}\n`);
  }
}
