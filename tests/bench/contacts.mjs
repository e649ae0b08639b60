// Start, Restart and Clone of a campaign with 5,000,000 contacts, against one
// with 10; and what they add on disk.  The hours of both lie on another day, so
// nothing is dialled meanwhile.
import fs from 'node:fs';
import path from 'node:path';

import { makeRoom } from './lib/campaigns.mjs';
import { LIST, pressHeaders } from './lib/load.mjs';
import { figure, median, rounds } from './lib/measure.mjs';
import { answer } from './lib/peers.mjs';
import { CAMPAIGN, csrfOf, makeWorkspace, note, shortId, sql, url }
  from './lib/stack.mjs';

const ROUNDS = 9;
const TIMES = 5; // in each round
const MANY = 5_000_000, FEW = 10;
const CHUNK = 250_000;
const ACTIONS = ['start', 'restart', 'clone'];
const TABLES = ['contact', 'contact_list', 'list_part', 'segment', 'run_contact',
  'run_cursor'];

// Of all tables that grow with contacts, or with lists and runs.
function megabytes() {
  const [[data]] = sql('SELECT @@datadir');
  const size = (table) => fs.statSync(path.join(data, 'outdial', `${table}.ibd`)).size;

  return TABLES.reduce((sum, table) => sum + size(table), 0) / 2 ** 20;
}

function makeContacts(list, count) {
  for (let at = 0; at < count; at += CHUNK)
    sql(`INSERT INTO contact (list_id, part, ordinal, phone, vars)
      SELECT ${list}, 0, ${at} + seq, 447000000000 + ${at} + seq,
        CONCAT('{"first_name":"Name ', seq, '"}')
      FROM seq_1_to_${Math.min(CHUNK, count - at)}`);
}

function makeCampaign(ws, contacts) {
  const id = 2n ** 47n + BigInt(contacts);
  const days = 1 << (new Date().getUTCDay() + 2) % 7; // bit 0 is Monday
  const [[list]] = sql(`INSERT INTO contact_list SET workspace_id = ${ws},
      refs = 1, created_at = UTC_TIMESTAMP(6);
    SELECT LAST_INSERT_ID();`);

  makeContacts(list, contacts);
  sql(`INSERT INTO list_part SET list_id = ${list}, part = 0, n = ${contacts};
    INSERT INTO campaign SET id = ${id}, workspace_id = ${ws},
      name = 'Contacts ${contacts}', hay = '${shortId(id)}', status = 0,
      own_list = ${list}, concurrency = 50,
      bot_id = (SELECT id FROM bot WHERE workspace_id = ${ws}), ${CAMPAIGN},
      created_at = UTC_TIMESTAMP(6);
    UPDATE campaign SET days = ${days} WHERE id = ${id};
    INSERT INTO campaign_number SELECT ${id}, id FROM number
      WHERE workspace_id = ${ws};
    INSERT INTO segment SET campaign_id = ${id}, seg = 1, list_id = ${list},
      part = 0, upto = ${contacts};`);
  return { short: shortId(id), list };
}

// With their table: to delete each would take longer.
function dropContacts(list) {
  sql(`CREATE TABLE contact_kept LIKE contact;
    INSERT INTO contact_kept SELECT * FROM contact WHERE list_id <> ${list};
    UPDATE list_part SET n = 0 WHERE list_id = ${list};
    UPDATE segment SET upto = 0 WHERE list_id = ${list};
    UPDATE run_cursor SET upto = 0 WHERE list_id = ${list};
    RENAME TABLE contact TO contact_old, contact_kept TO contact;
    DROP TABLE contact_old;`);
}

// Presses a button as a browser does; returns the answer and its time in ms.
async function press(ws, csrf, short, action) {
  const from = performance.now();
  const got = await fetch(`${url}${LIST}/${short}/${action}`, { method: 'POST',
    headers: pressHeaders(ws.cookie, url), body: `csrf=${csrf}&confirm=1` });
  const text = await got.text();
  const ms = performance.now() - from;

  if (!got.ok || text.includes('Failed to'))
    throw new Error(`${action} was refused: ${got.status} ${text}`);
  return { ms, next: got.headers.get('hx-redirect') };
}

// Every action some times; the medians of each: { start: ms, ... }.
async function actions(ws, csrf, { short }) {
  const took = Object.fromEntries(ACTIONS.map((name) => [name, []]));

  for (let i = 0; i < TIMES; i++) {
    const clone = await press(ws, csrf, short, 'clone');
    const copy = clone.next.split('/').pop();

    took.clone.push(clone.ms);
    await press(ws, csrf, copy, 'delete?from=draft');
    took.start.push((await press(ws, csrf, short, 'start?from=draft')).ms);
    await press(ws, csrf, short, 'stop?from=running');
    took.restart.push((await press(ws, csrf, short,
      'restart?from=completed')).ms);
  }
  return Object.fromEntries(ACTIONS.map((name) => [name, median(took[name])]));
}

const ws = makeWorkspace('contacts');
const began = performance.now();

makeRoom(ws.id);
const few = makeCampaign(ws.id, FEW), many = makeCampaign(ws.id, MANY);

process.on('exit', () => dropContacts(many.list));
note(`${MANY} contacts made in ${
  ((performance.now() - began) / 1000).toFixed(0)} s`);
const csrf = csrfOf(await answer(url + LIST, { headers: { cookie: ws.cookie } }));
const before = megabytes();
const results = await rounds(ROUNDS, { few: () => actions(ws, csrf, few),
  many: () => actions(ws, csrf, many) });
const after = megabytes();

for (const name of ACTIONS)
  figure({ name: `${name}, ${MANY.toLocaleString('en')} contacts`, unit: 'ms',
    peer_name: `${FEW} contacts`, ours: results.many.map((r) => r[name]),
    peer: results.few.map((r) => r[name]) });
figure({ name: `disk after ${2 * TIMES * (ROUNDS + 1)} of each`, unit: 'MB',
  peer_name: 'before', ours: [after], peer: [before] });
