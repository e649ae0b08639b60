// templates.mjs - our templates (templates/*.tpl) in the languages of the
// peers, made when a bench starts: their pages follow ours by themselves.
// What a marker holds is told by lib/php and lib/django.
import fs from 'node:fs';

const dir = new URL('../../../templates/', import.meta.url);

// What is included at a marker, or put into it.
const INCLUDED = { CONTENT: 'page_campaigns', SUMMARY: 'part_summary',
  LIST: 'part_campaign_list', ROW: 'part_campaign_row',
  CREATED: 'part_time', AT: 'part_time', SINCE: 'part_time',
  NEEDS: 'part_needs', BANNER: 'part_banner', FAILED: 'part_toast', TOAST: 'part_toast' };
// What stands there any number of times.
const REPEATED = new Set(['ROW', 'STATUS', 'ACTION', 'TOAST', 'COLUMN',
  'PAGE', 'SIZE', 'KEEP']);

// Blank lines, and the ends of lines that hold nothing but one marker without
// a text of its own, are left out as ctemplate does it; and the end of a file.
function read(name) {
  return fs.readFileSync(new URL(`${name}.tpl`, dir), 'utf8').split('\n')
    .filter((line) => line.trim() && !line.startsWith('{{%'))
    .map((line) => /^\{\{[#/][A-Z0-9_]+\}\}$/.test(line) ? line : `${line}\n`)
    .join('').replace(/\n$/, '');
}

// A template as a tree: texts, and { kind: '#', '>' or '', name, inside }.
function parse(name, staticPath) {
  const root = [];
  const open = [{ inside: root }];
  const parts = read(name).replaceAll('{{STATIC}}', staticPath)
    .split(/\{\{([#/>]?)([A-Z0-9_]+)(?::\w+)?\}\}/);

  for (let i = 0; i < parts.length; i += 3) {
    const [text, sort, marker] = parts.slice(i, i + 3);
    const { inside } = open.at(-1);

    if (text) inside.push(text);
    if (marker === undefined) break;
    if (sort === '/') {
      if (open.pop().name !== marker)
        throw new Error(`${name}.tpl: {{/${marker}}} ends nothing`);
      continue;
    }
    const kind = sort || (INCLUDED[marker] ? '>' : '');
    if (kind === '>' && !INCLUDED[marker])
      throw new Error(`${name}.tpl: what is included at {{>${marker}}}?`);
    const node = { kind, name: marker, inside: [] };

    inside.push(node);
    if (kind === '#') open.push(node);
  }
  return root;
}

const literal = (text) =>
  `'${text.replaceAll('\\', '\\\\').replaceAll('\'', '\\\'')}'`;

// A marker that the innermost section does not have is looked up outside it.
function phpValue(name, depth) {
  return Array.from({ length: depth + 1 }, (_, i) =>
    `$v${depth - i}['${name}']`).join(' ?? ');
}

function phpNode(node, depth) {
  if (typeof node === 'string') return `echo ${literal(node)};\n`;
  const { kind, name, inside } = node;
  const value = phpValue(name, depth), within = `$v${depth + 1}`;

  if (!kind) return `echo ${value};\n`;
  const body = kind === '>' ? `${INCLUDED[name]}(${within});\n` :
    inside.map((n) => phpNode(n, depth + 1)).join('');

  return REPEATED.has(name) ? `foreach (${value} ?? [] as ${within}) {\n${body}}\n` :
    `if (${within} = ${value} ?? false) {\n${body}}\n`;
}

// A file of functions, each of which prints one template: layout($values).
// Values are text that is escaped already, lists for REPEATED, arrays or true
// for other sections.
export function phpTemplates(staticPath) {
  const names = ['layout', ...new Set(Object.values(INCLUDED))];

  return `<?php\n${names.map((name) =>
    `function ${name}(array $v0): void\n{\n${parse(name, staticPath)
      .map((node) => phpNode(node, 0)).join('')}}\n`).join('\n')}`;
}

// One template of Django.  Its values are what PHP's are, but not escaped; the
// tag "section" is in lib/django.
export function djangoTemplate(name, staticPath) {
  return parse(name, staticPath).map(function write(node) {
    if (typeof node === 'string') return node;
    const { kind, name: marker, inside } = node;

    if (!kind) return `{{ ${marker} }}`;
    return `{% section ${marker} %}${kind === '>' ?
      djangoTemplate(INCLUDED[marker], staticPath) :
      inside.map(write).join('')}{% endsection %}`;
  }).join('');
}
