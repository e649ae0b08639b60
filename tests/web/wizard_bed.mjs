// What the tests of the wizard share: its steps, and files that have been read.
import assert from 'node:assert/strict';
import { LIST, sql } from './bed.mjs';

export const NEW = `${LIST}/new`;
export const STEPS = ['basics', 'numbers', 'dialler', 'contacts', 'review'];
export const DIALLER = { concurrency: 7, pacing: 'predictive', mode: 'multi_day', window_start: '10:00', window_end: '16:30',
  more_windows: '', zone: 'Europe/Berlin', days: 'mon', holidays: 'yes', not_before: '', last_day: '',
  max_attempts: 4, retry_delay: 20, retry_on: 'busy', 'retry_delays.busy': 5, retry_dispositions: '',
  goal_dispositions: '',  ring_timeout: 30 };

export const hidden = (html, name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1].replaceAll('&amp;', '&');
export const summary = html => [.../id="errors"[^]*?<ul>([^]*?)<\/ul>/.exec(html)?.[1]
  .matchAll(/href="([^"]*)">([^<]*)</g) ?? []].map(m => [m[1], m[2]]);
export const notice = html => /id="notice"[^]*?<span>([^<]*)</.exec(html)?.[1] ?? '';
export const discard = who => who.post(`${NEW}/discard`, { confirm: 1 });
export const kept = () => Number(sql('SELECT COUNT(*) FROM wizard'));

// Leaves a step as its page says, with a button.
export async function leave(who, at, form, go = 'next', headers = {}) {
  const page = await who.get(at);
  assert.equal(page.status, 200, `${at}: ${page.status} ${page.headers.location}`);
  return who.post(at, { rev: hidden(page.body, 'rev'), ver: hidden(page.body, 'ver'),
    came: hidden(page.body, 'came'), go, ...form }, headers);
}

// Contacts as an import leaves them, for what this person has begun.
export function uploaded(user, { state = 2, good = 3, campaign = 0, problem = '' } = {}) {
  sql(`INSERT INTO contact_list SET workspace_id=1, created_at=NOW(6);
    SET @l = LAST_INSERT_ID();
    INSERT INTO list_part SET list_id=@l, part=0, n=${good};
    INSERT INTO contact (list_id, part, ordinal, phone)
      SELECT @l, 0, seq, CONCAT('4930', 1000000 + seq) FROM seq_1_to_${good || 1} LIMIT ${good};
    INSERT INTO upload SET workspace_id=1, list_id=@l, state=${state}, name='some.csv', node='n',
      good=${good}, rows_done=${good}, unknown=1, problem='${problem}', created_at=NOW(6), created_by='x',
      started_at=NOW(6), beat_at=NOW(6);
    UPDATE wizard SET upload_id=LAST_INSERT_ID() WHERE campaign_id=${campaign} AND user_id=
      (SELECT id FROM user WHERE email='${user}');`);
  return Number(sql('SELECT MAX(id) FROM upload'));
}

export async function fill(who, name) {
  await leave(who, `${NEW}/basics`, { name, bot_id: 1 });
  await leave(who, `${NEW}/numbers`, { shown: '1', numbers: '1' });
  await leave(who, `${NEW}/dialler`, DIALLER);
}
