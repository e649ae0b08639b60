// A file that was uploaded to a node becomes a list, once and whole, whatever
// happens to the node; what is left over goes away.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { act, end, endAll, logOf, makeCampaign, makeWorld, now, sql, startDialler, statusOf, until } from '../bed.mjs';

const dir = /^upload_dir = (.*)$/m.exec(readFileSync(process.env.OUTDIAL_CONFIG, 'utf8'))[1];
const LARGE = 300_000;
let dialler, files = 0;

const fileName = () => (++files).toString(16).padStart(32, '0');

const lines = (count, more = '') => `phone_number,name\n${
  Array.from({ length: count }, (_, i) => `+4479${String(i).padStart(8, '0')},Name ${i}\n`).join('')}${more}`;

// As outdial-web leaves it: the file first, then its row.  'campaign': it came by
// the API for that one.
function upload(text, { file = fileName(), node = 'one', campaign = null } = {}) {
  if (text !== null) writeFileSync(path.join(dir, file), text);
  const id = sql(`INSERT INTO upload (workspace_id, name, file, node, size, created_at, created_by, for_campaign)
    VALUES (1, 'spring.csv', '${file}', '${node}', ${text?.length ?? 0}, NOW(6), 'Ann', ${campaign});
    SELECT LAST_INSERT_ID()`);
  return { id, file };
}

const of = (u, columns) => sql(`SELECT ${columns} FROM upload WHERE id=${u.id}`);
const ends = (u, seconds = 60) =>
  until(`upload ${u.id} ends`, () => Number(of(u, 'state')) > 1 && of(u, 'state'), seconds);
const begins = u => until(`upload ${u.id} is being read`, () => Number(of(u, 'rows_done')) > 0);
const there = u => existsSync(path.join(dir, u.file));
const swept = () => until('what is left over is erased', () => sql(
  `SELECT COUNT(*) FROM contact_list l WHERE refs=0 AND NOT EXISTS
    (SELECT 1 FROM upload u WHERE u.list_id=l.id AND u.state=2)`) === '0');

// Every row once, in the order of the file, and no other contact anywhere.
async function isWhole(u, count) {
  assert.equal(of(u, 'state, rows_done, good, rejected, duplicate'), `2\t${count}\t${count}\t0\t0`);
  assert.equal(sql(`SELECT COUNT(*), COUNT(DISTINCT ordinal), SUM(phone = 447900000000 + ordinal - 1),
    MAX(ordinal) FROM contact c JOIN upload u USING (list_id) WHERE u.id=${u.id}`),
  Array(4).fill(count).join('\t'));
  await until('its file is gone', () => !there(u));
  await swept();
  assert.equal(sql(`SELECT COUNT(*) FROM contact WHERE list_id NOT IN
    (SELECT list_id FROM upload WHERE list_id IS NOT NULL)`), '0', 'no half of a list stays');
}

before(async () => {
  makeWorld();
  mkdirSync(dir, { recursive: true });
  dialler = await startDialler();
});
after(endAll);

test('a file becomes a list of nobody’s', async () => {
  const u = upload('phone_number,name\n+447911123456,Ann\n12,=1+1\n07911 123456,Bob\n');

  assert.equal(await ends(u), '2');
  assert.equal(of(u, 'rows_done, good, rejected, duplicate, tries'), '3\t1\t1\t1\t1');
  assert.deepEqual(JSON.parse(of(u, 'preview')), { header: ['phone_number', 'name'],
    rows: [['+447911123456', 'Ann'], ['12', '=1+1'], ['07911 123456', 'Bob']] });
  assert.equal(sql(`SELECT body FROM upload_reject WHERE upload_id=${u.id}`),
    "\ufeffphone_number,name,line,reason\\r\\n12,'=1+1,3,The phone number must have 8 to 15 digits.\\r\\n"
      .replaceAll('\\r', '\r'));
  await until('its file is gone', () => !there(u));
});

test('what is wrong with a file is said', async () => {
  const bad = upload('phone_number\n+447911123456\n"\n');
  const empty = upload('');
  const gone = upload(null);

  for (const [u, problem] of [[bad, /^Line 3/], [empty, /^The file is empty/],
    [gone, /^The file is no longer on the server/]]) {
    assert.equal(await ends(u), '3');
    assert.match(of(u, 'problem'), problem);
    assert.equal(of(u, 'list_id IS NULL'), '1');
    await until('its file is gone', () => !there(u));
  }
  await swept();
});

test('one after another, and another node’s not at all', async () => {
  const foreign = upload('phone_number\n+447911123456\n', { node: 'two' });
  const all = [lines(20_000), lines(10), lines(10)].map(text => upload(text));

  for (const u of all) assert.equal(await ends(u), '2');
  assert.equal(sql(`SELECT GROUP_CONCAT(id ORDER BY ended_at) FROM upload
    WHERE id IN (${all.map(u => u.id)})`), all.map(u => u.id).join(','));
  assert.equal(of(foreign, 'state'), '0');
  assert.ok(there(foreign));
  sql(`DELETE FROM upload WHERE id=${foreign.id}`);
});

test('kill -9 in the middle: read again, from the start', async () => {
  const u = upload(lines(LARGE));

  await begins(u);
  await end(dialler, 'SIGKILL');
  assert.equal(of(u, 'state'), '1');
  assert.ok(there(u));
  dialler = await startDialler();
  const back = now();
  await until('it is read again', () => of(u, 'tries') === '2');
  assert.ok(now() - back < 10e6, 'before its beat would have been dead');
  await ends(u);
  await isWhole(u, LARGE);
});

test('SIGTERM in the middle: it waits, and that was no try', async () => {
  const u = upload(lines(LARGE));

  await begins(u);
  const start = now();
  assert.deepEqual(await end(dialler), { code: 0, signal: null });
  assert.ok(now() - start < 4e6, 'it stops at once');
  assert.equal(of(u, 'state, tries'), '0\t0');
  dialler = await startDialler();
  await ends(u);
  await isWhole(u, LARGE);
});

// The row is written by its reader, too: what a deadlock undoes is run again, as
// every transaction of the programs is (src/store/tx.h).
function cancel(u) {
  for (;;) {
    try {
      return sql(`UPDATE upload SET state=4, token=0, ended_at=NOW(6) WHERE id=${u.id}`);
    } catch (error) {
      if (!error.message.includes('ERROR 1213 ')) throw error;
    }
  }
}

test('cancelled in the middle: nothing stays', async () => {
  const u = upload(lines(LARGE));

  await begins(u);
  cancel(u);
  await until('its file is gone', () => !there(u));
  assert.equal(of(u, 'state'), '4');
  assert.ok(Number(of(u, 'rows_done')) < LARGE, 'it was not read to its end');
  await swept();
});

test('a file that always kills is given up', async () => {
  const u = upload(lines(LARGE));

  for (let i = 1; i <= 3; i++) {
    await until('it is read', () => of(u, 'state, tries') === `1\t${i}`);
    await end(dialler, 'SIGKILL');
    dialler = await startDialler();
  }
  assert.equal(await ends(u), '3');
  assert.match(of(u, 'problem'), /three times/);
  assert.ok(!logOf(dialler).includes('AddressSanitizer'));
});

test('a queue of files does not put off clearing up', async () => {
  await end(dialler);
  const cancelled = upload('x');
  sql(`UPDATE upload SET state=4, ended_at=NOW(6) WHERE id=${cancelled.id}`);
  const queue = [1, 2].map(() => upload(lines(LARGE)));
  dialler = await startDialler();
  await until('the cancelled one is gone', () => !there(cancelled));
  assert.ok(Number(of(queue[1], 'state')) < 2, 'while others still wait');
  for (const u of queue) await ends(u);
  await swept();
});

test('files that no upload names', async () => {
  const hour = Date.now() / 1000 - 3700;
  const old = fileName(), fresh = fileName();

  await end(dialler);
  for (const name of [old, fresh, 'notes.txt']) writeFileSync(path.join(dir, name), 'x');
  for (const name of [old, 'notes.txt']) utimesSync(path.join(dir, name), hour, hour);
  dialler = await startDialler();
  await until('the old one is gone', () => !readdirSync(dir).includes(old));
  assert.ok(readdirSync(dir).includes(fresh), 'a fresh one may still get its row');
  assert.ok(readdirSync(dir).includes('notes.txt'), 'what is not ours stays');
});

const rawId = id => sql(`SELECT id FROM campaign WHERE hay LIKE '%\\n${id}'`);
const takenBy = (u, campaign) => until(`campaign has upload ${u.id}`,
  () => of(u, `campaign_id = ${campaign} AND for_campaign IS NULL`) === '1', 60);

// These rows and no others are the campaign's, and the audit log has each file once.
function hasTaken(campaign, rows, audits) {
  assert.equal(sql(`SELECT COUNT(*), COUNT(DISTINCT phone), MAX(phone) - MIN(phone) + 1 FROM segment s
    JOIN contact c USING (list_id, part) WHERE s.campaign_id = ${campaign}`), Array(3).fill(rows).join('\t'));
  assert.equal(sql(`SELECT COUNT(*) FROM audit WHERE campaign_id = ${campaign} AND actor = 'API' AND behalf = 'Ann'`),
    String(audits));
}

test('a file that came for a campaign is taken once, also after kill -9 in mid-reading', async () => {
  const campaign = rawId(makeCampaign(3).id);
  const u = upload(lines(LARGE), { campaign });

  await begins(u);
  await end(dialler, 'SIGKILL');
  assert.equal(of(u, `campaign_id IS NULL AND for_campaign = ${campaign}`), '1');
  hasTaken(campaign, 3, 0);
  dialler = await startDialler();
  await takenBy(u, campaign);
  assert.equal(of(u, 'tries'), '2');
  hasTaken(campaign, LARGE, 1);
  await until('its file is gone', () => !there(u));
  await swept();
});

test('the file that is put after it takes its place', async () => {
  const campaign = rawId(makeCampaign(3).id);
  const first = upload(lines(2000), { campaign });

  await takenBy(first, campaign);
  hasTaken(campaign, 2000, 1);
  const second = upload(lines(10), { campaign });

  await takenBy(second, campaign);
  hasTaken(campaign, 10, 2);
  await swept();
});

// Somebody else writes the campaign's row, and lets go when told.
async function holdRow(campaign) {
  const { MARIADB_SOCKET, TEST_DATABASE } = process.env;
  const client = spawn('mariadb', ['--no-defaults', '-S', MARIADB_SOCKET, '-u', 'root', TEST_DATABASE, '-e',
    `BEGIN; SELECT id FROM campaign WHERE id = ${campaign} FOR UPDATE; SELECT SLEEP(600)`], { stdio: 'ignore' });
  const id = await until('the row is held',
    () => sql("SELECT id FROM information_schema.processlist WHERE state = 'User sleep'"));

  return () => {
    sql(`KILL ${id}`);
    return new Promise((resolve) => { client.once('exit', resolve); });
  };
}

test('kill -9 between reading and taking: taken once', async () => {
  const campaign = rawId(makeCampaign(3).id), letGo = await holdRow(campaign);
  const u = upload(lines(10), { campaign });

  await until('it is read, and the campaign’s turn',
    () => of(u, 'state') === '2' && sql('SELECT COUNT(*) FROM information_schema.innodb_lock_waits') !== '0');
  await end(dialler, 'SIGKILL');
  await letGo();
  dialler = await startDialler();
  await takenBy(u, campaign);
  assert.equal(of(u, 'tries'), '1', 'and read once');
  hasTaken(campaign, 10, 1);
});

test('a campaign that was started meanwhile keeps its contacts', async () => {
  const { id } = makeCampaign(3), campaign = rawId(id);
  const u = upload(lines(LARGE), { campaign });

  await begins(u);
  act('start', id);
  await until('it has failed', () => of(u, 'state') === '3', 60);
  assert.match(of(u, 'problem'), /^The campaign was started or deleted/);
  hasTaken(campaign, 3, 0);
  assert.equal(statusOf(id), 'running');
  await swept();
});
