// scene.mjs - a workspace of a test's own with its people, and campaigns in
// every state: by the administrator's command, and by SQL where none leads.
// None of them dials: their calling window opens tomorrow.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

import { sql } from '../bench/lib/stack.mjs';
import { outdial } from './browser.mjs';

const PASSWORD = 'correct horse battery';
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export { sql };

export const rawId = (id) =>
  [...id].reduce((n, c) => n * 32n + BigInt(LETTERS.indexOf(c)), 0n);

// A zone where it is about noon, so that tomorrow is far away.
function noonZone() {
  const hour = new Date().getUTCHours();

  return hour === 12 ? 'UTC' : hour > 12 ? `Etc/GMT+${hour - 12}` :
    `Etc/GMT-${12 - hour}`;
}

export class Scene {
  // who can sign in: scene.admin, and what other roles there are to be
  constructor(name, ...roles) {
    const word = `${name.toLowerCase()}-${Date.now().toString(36)}`;

    this.name = `${name} ${word}`;
    for (const role of ['admin', ...roles]) {
      const email = `${role}@${word}.example`;

      outdial(['user', 'add', '--workspace', this.name, '--email', email,
        '--name', `Robin ${role}`, '--role', role, '--new-workspace'], `${PASSWORD}\n`, null);
      this[role] = { email, password: PASSWORD, name: `Robin ${role}` };
    }
    [[this.id]] = sql(`SELECT id FROM workspace WHERE name = '${this.name}'`);
  }

  // The administrator's command in the name of this workspace's.
  run(args, input) {
    return outdial(args, input, this.admin.email).trim();
  }

  // What the campaigns are made of: a bot, a carrier with a number.
  furnish() {
    const own = ['--workspace', this.name];

    const add = (...args) =>
      JSON.parse(outdial([...args, ...own, '--json'], '', null)).id;

    this.bot = add('bot', 'add', 'Bot', 'sip:bot@example.org');
    this.carrier = String(add('carrier', 'add', 'Carrier', '/nowhere'));
    this.number = String(add('number', 'add', this.carrier, '442079460000'));
    return this;
  }

  // A draft; with contacts unless told otherwise.
  draft(name, { contacts = 3, ...settings } = {}) {
    const today = new Date(Date.now()).getUTCDay();
    const id = this.run(['campaign', 'create', '-'], JSON.stringify({ name,
      bot_id: this.bot, mode: 'multi_day', zone: noonZone(),
      days: DAYS[(today + 1) % 7], ...settings }));
    const phones = Array.from({ length: contacts }, (_, i) => 447700900100 + i);

    if (contacts > 0)
      this.run(['import', id, '-'], `phone_number\n${phones.join('\n')}\n`);
    return id;
  }

  // How each status is brought about, from a draft.
  become(id, status, reason = 'The number pool lost its last usable number.') {
    const way = { draft: [], running: ['start'], paused: ['start', 'pause'],
      completed: ['start', 'stop'], failed: ['start'],
      prepared: ['start', 'stop', 'restart'] };

    for (const action of way[status])
      this.run(['campaign', action, id]);
    if (status === 'failed')
      this.change(`UPDATE campaign c JOIN run r ON r.id = c.current_run
        SET c.status = 4, c.completed_at = UTC_TIMESTAMP(6), r.rest = 4,
        r.ended_at = UTC_TIMESTAMP(6), r.reason = '${reason}'
        WHERE c.id = ${rawId(id)}`);
    return id;
  }

  make(name, status, settings) {
    return this.become(this.draft(name, settings), status);
  }

  // SQL that the pages are told of.
  change(text) {
    sql(text);
    this.tell();
  }

  tell() {
    execFileSync('redis-cli', ['-s', process.env.REDIS_SOCKET, 'EVAL',
      'return redis.call("EXISTS", KEYS[1]) == 1 and redis.call("INCR", KEYS[1])',
      '1', `list:${this.id}`]);
  }

  // Figures of a campaign's run, as columns of run_count, and of its list.
  figures(id, { contacts, ...counts }) {
    const of = rawId(id), names = Object.keys(counts);

    if (contacts !== undefined)
      sql(`UPDATE list_part p JOIN segment s USING (list_id, part)
        SET p.n = IF(s.seg = 1, ${contacts}, 0), s.upto = NULL
        WHERE s.campaign_id = ${of};
        UPDATE run_cursor r JOIN campaign c ON c.current_run = r.run_id
        SET r.upto = NULL WHERE c.id = ${of}`);
    if (names.length > 0)
      sql(`UPDATE run r JOIN campaign c ON c.current_run = r.id
        SET r.ended_at = UTC_TIMESTAMP(6) WHERE c.id = ${of} AND c.status > 2;
        REPLACE INTO run_count (run_id, shard, ${names.join(', ')})
        SELECT current_run, 0, ${Object.values(counts).join(', ')}
        FROM campaign WHERE id = ${of}`);
    this.tell();
  }

  statusOf(id) {
    const [[status]] = sql(`SELECT status FROM campaign WHERE id = ${rawId(id)}`);

    return ['draft', 'running', 'paused', 'completed', 'failed'][status];
  }
}

// The newest toast says this and gives this reason; then it is put away.
export async function said(page, text, reason = '') {
  const toast = page.locator('#toasts .toast').filter({ hasText: text }).last();

  await toast.waitFor();
  assert.deepEqual(await toast.locator('p').evaluate((p) =>
    [p.firstChild.textContent.trim(),
      p.querySelector('small')?.textContent ?? '',
      p.parentElement.classList.contains('bad')]),
  [text, reason, text.startsWith('Failed')]);
  if (await toast.evaluate(() => globalThis.htmx !== undefined))
    await toast.getByRole('button', { name: 'Dismiss' }).click();
}

// The question that is asked, in the dialog or on a page of its own.
export const question = async (page) =>
  (await page.locator('dialog[open] .dialog-body, form.confirm .dialog-body')
    .innerText()).replace(/\s+/g, ' ').trim();

export const answer = (page, name) =>
  page.locator('dialog[open], form.confirm').getByRole('button', { name }).click();

// Buttons and links of a row, as [name, place] from left to right.
export const actionsOf = (row) => row.locator('.acts > *').evaluateAll((all) =>
  all.map((one) => [one.getAttribute('aria-label'),
    Number(one.className.match(/slot-(\d)/)[1])]));
