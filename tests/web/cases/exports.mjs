// What is downloaded of a campaign: the Attempt Report as CSV and XLSX, and its
// contacts, which can be uploaded again.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Client, description, makeKey, outdial, refused } from '../api_bed.mjs';
import { Browser, LIST, addCalled, addCampaign, makeDatabase, rawId, root, runOf, sql, startWeb, stopAll } from '../bed.mjs';

let web, b;
before(async () => {
  makeDatabase();
  web = await startWeb();
  b = await new Browser(web).signIn('viewer@one.test');
});
after(stopAll);

const report = (id, query = '') => `${LIST}/${id}/report${query}`;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

// A CSV file as rows of texts; none of ours has a line end in a cell.
function csvRows({ body }) {
  assert.ok(body.startsWith('\ufeff') && body.endsWith('\r\n'));
  return body.slice(1, -2).split('\r\n').map(line => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, line.endsWith(',') ? undefined : -1)
    .map(m => m[1].replace(/^"([^]*)"$/, '$1').replaceAll('""', '"')));
}
function sheets(got) {
  const file = path.join(web.dir, 'got.xlsx');
  writeFileSync(file, got.bytes);
  return JSON.parse(execFileSync('/usr/bin/python3', [path.join(root, 'tests/web/sheet.py'), file], { encoding: 'utf8' }));
}

test('the Attempt Report as XLSX has the rows of the CSV file, in cells of their kinds', async () => {
  const id = addCalled('Sheet', 10), run = runOf(id);
  sql(`UPDATE carrier SET name = 'Trunk, <"main"> & co' WHERE id = 1;
    UPDATE contact SET external_id = '=1+1' WHERE ordinal = 1 AND list_id = (SELECT list_id FROM segment WHERE campaign_id = ${rawId(id)});
    UPDATE contact SET external_id = '  007' WHERE ordinal = 2 AND list_id = (SELECT list_id FROM segment WHERE campaign_id = ${rawId(id)});
    UPDATE attempt SET sent_at = '2026-07-01 10:00:00.123456' WHERE run_id = ${run} AND seq = 1;
    INSERT INTO attempt (run_id, seg, ordinal, seq, nonce, phone, carrier_id, number_id, slot, sent_at, outcome, counted)
      VALUES (${run}, 1, 2, 1, 7, '', 99, 99, 0, '2026-11-01 23:59:59.999999', 12, 0);
    INSERT INTO call_result (run_id, seg, ordinal, seq, nonce, at, disposition, answered_by, opt_out, recording, transcript)
      VALUES (${run}, 1, 1, 2, 7, NOW(6), 'promised', 1, 0, '', '')`);
  const csv = await b.get(report(id)), got = await b.get(report(id, '?format=xlsx'));
  assert.deepEqual([got.status, got.headers['content-type']], [200, XLSX]);
  assert.equal(got.headers['content-disposition'], `attachment; filename="attempts-${id}-run-1.xlsx"`);
  const [[name, [head, ...rows]], ...more] = sheets(got), [wants, ...lines] = csvRows(csv);
  assert.deepEqual([name, more.length, rows.length], ['Attempts', 0, 3]);
  const date = head.indexOf('sent_at_date');
  assert.deepEqual([date, head.toSpliced(date, 1)], [wants.indexOf('sent_at') + 1, wants]);
  const numbers = ['run', 'attempt', 'sip_code', 'q850_cause', 'ring_seconds', 'talk_seconds'];
  assert.deepEqual(rows.map(row => row.toSpliced(date, 1)), lines.map(line => line.map((text, i) =>
    text === '' ? null : numbers.includes(wants[i]) ? Number(text) : text.replace(/^'=/, '='))));
  assert.deepEqual(rows.map(row => row[date]), ['date:2026-07-01T11:00:00.123', 'date:2026-11-01T11:00:00.000', 'date:2026-11-02T00:00:00.000'],
    'in the workspace’s zone');
  assert.equal(rows[0][wants.indexOf('external_id')], '=1+1', 'a text, no formula');
  sql(`UPDATE carrier SET name = 'Sim' WHERE id = 1`);
});

test('an XLSX file leaves nothing behind, and needs room on the disk', async () => {
  const id = addCalled('Room'), dir = path.join(web.dir, 'made');
  mkdirSync(dir);
  const own = await startWeb({ upload_dir: dir, upload_min_free_mb: 100000000, web_processes: 1, web_threads: 1 });
  const small = await new Browser(own).signIn('viewer@one.test');
  const refused = await small.get(report(id, '?format=xlsx'));
  assert.equal(refused.status, 503);
  assert.match(refused.body, /too little room to make an XLSX file/);
  assert.equal((await small.get(report(id))).status, 200, 'CSV needs none');
  await own.stop();
  const roomy = await startWeb({ upload_dir: dir, web_processes: 1, web_threads: 1 }), other = await new Browser(roomy).signIn('viewer@one.test');
  const children = pid => execFileSync('pgrep', ['-P', pid], { encoding: 'utf8' }).trim().split('\n');
  const open = () => children(roomy.pid).flatMap(children).reduce((n, pid) => n + readdirSync(`/proc/${pid}/fd`).length, 0);
  assert.equal((await other.get(report(id, '?format=xlsx'))).status, 200);
  const was = open();
  for (let i = 0; i < 3; i++) assert.equal((await other.get(report(id, '?format=xlsx'))).status, 200);
  const head = await other.ask({ method: 'HEAD', path: report(id, '?format=xlsx') });
  assert.deepEqual([head.status, head.headers['content-type'], head.body], [200, XLSX, '']);
  assert.deepEqual([readdirSync(dir), open()], [[], was]);
  await roomy.stop();
});

test('a report has the attempts that are asked for, and its name says which', async () => {
  const id = addCalled('Asked'), run = runOf(id);
  sql(`INSERT INTO call_result (run_id, seg, ordinal, seq, nonce, at, disposition, answered_by, opt_out, recording, transcript)
      VALUES (${run}, 1, 1, 2, 7, NOW(6), 'call_back', 1, 0, '', '');
    UPDATE attempt SET sent_at = '2026-07-01 23:30:00' WHERE run_id = ${run} AND seq = 1`);
  const outcomes = async query => {
    const got = await b.get(report(id, query)), [head, ...lines] = csvRows(got);
    return [lines.map(line => line[head.indexOf('outcome')]), /filename="(.*)"/.exec(got.headers['content-disposition'])[1]];
  };
  assert.deepEqual(await outcomes('?run=1&outcome=busy'), [['busy'], `attempts-${id}-run-1-busy.csv`]);
  assert.deepEqual(await outcomes('?outcome=no_answer'), [[], `attempts-${id}-run-1-no-answer.csv`]);
  assert.deepEqual(await outcomes('?disposition=call_back'), [['completed'], `attempts-${id}-run-1-call-back.csv`]);
  assert.deepEqual(await outcomes('?disposition=call'), [[], `attempts-${id}-run-1-call.csv`]);
  assert.deepEqual(await outcomes('?from=2026-07-03'), [['completed'], `attempts-${id}-run-1-from-2026-07-03.csv`]);
  assert.deepEqual(await outcomes('?to=2026-07-01'), [[], `attempts-${id}-run-1-to-2026-07-01.csv`], 'days are London’s');
  assert.deepEqual(await outcomes('?from=2026-07-02&to=2026-07-02'), [['busy'], `attempts-${id}-run-1-from-2026-07-02-to-2026-07-02.csv`]);
  assert.deepEqual(await outcomes('?outcome=&disposition=&from=&to='), [['busy', 'completed'], `attempts-${id}-run-1.csv`]);
  const { body } = await b.get(`${LIST}/${id}/contacts?outcome=busy`), link = /href="([^"]*)" download>Attempt/.exec(body)[1].replaceAll('&amp;', '&');
  assert.equal((await b.get(link)).headers['content-disposition'], `attachment; filename="attempts-${id}-run-1-busy.csv"`, link);
  for (const [query, says] of [['outcome=bsy', /outcome must be/], ['disposition=a%20b', /Disposition must be a word/], ['from=1.1.26', /from must/],
    ['to=2026-02-30', /to must/], ['format=pdf', /format must be csv or xlsx/], ['run=x', /run must be/]]) {
    const got = await b.get(report(id, `?${query}`));
    assert.deepEqual([got.status, says.test(got.body)], [422, true], query);
  }
});

test('a key fetches the report as the page has it', async () => {
  const id = addCalled('By key'), api = await description(web), client = new Client(web, makeKey(web, 'read').key, api);
  const at = `/campaigns/${id}/attempts/export`, csv = await client.get(`${at}?outcome=busy`), page = await b.get(report(id, '?outcome=busy'));
  assert.deepEqual([csv.status, csv.body, csv.headers['content-disposition']], [200, page.body, page.headers['content-disposition']]);
  assert.equal(csvRows(csv).length, 2);
  const book = await client.get(`${at}?format=xlsx`);
  assert.deepEqual([book.status, book.headers['content-type'], sheets(book)[0][1].length], [200, XLSX, 3]);
  refused(await client.get(`${at}?outcome=bsy`), 400, /outcome must be/);
  refused(await client.get(`${at}?outcom=busy`), 400, /the nearest is “outcome”/);
  refused(await client.get(`${at}?disposition=a%20b`), 422, /Disposition must be a word/);
  refused(await client.get(`${at}?run=2`), 404, /no such run|no run 2/i);
  refused(await client.get(`/campaigns/${addCampaign({ name: 'No run' })}/attempts/export`), 404, /has no run yet/);
  assert.equal((await client.get(`/campaigns/${addCampaign({ ws: 2, status: 'running' })}/attempts/export`)).status, 404);
});

const contacts = (id, query = '') => `${LIST}/${id}/export${query}`;
const listOf = id => sql(`SELECT list_id FROM segment WHERE campaign_id = ${rawId(id)} AND list_id <> (SELECT own_list FROM campaign WHERE id = ${rawId(id)})`);
const setVars = (id, ordinal, vars, external = null) => sql(`UPDATE contact SET vars = '${JSON.stringify(vars).replaceAll('\\', '\\\\')}',
  external_id = ${external ? `'${external}'` : 'NULL'} WHERE list_id = ${listOf(id)} AND ordinal = ${ordinal}`);
// Three variables, of which no contact has all; and one that looks like a formula.
function addVaried(name) {
  const id = addCalled(name, 12), run = runOf(id);
  setVars(id, 1, { first: 'Ann', 'a "b", c': '=1+1' }, 'crm/7');
  setVars(id, 2, { city: 'Köln;\nDeutz', first: ' Bob ' });
  setVars(id, 3, { city: '+49301', outdial_state: 'x', phone_number: 'y' });
  sql(`UPDATE contact SET phone = '', vars = NULL WHERE list_id = ${listOf(id)} AND ordinal = 4;
    INSERT INTO contact (list_id, part, ordinal, phone) VALUES (${listOf(id)}, 0, 13, '49301000013'); -- of another campaign
    INSERT INTO call_result (run_id, seg, ordinal, seq, nonce, at, disposition, answered_by, opt_out, recording, transcript)
      VALUES (${run}, 1, 1, 1, 7, NOW(6), 'promised', 1, 0, '', ''), (${run}, 1, 1, 2, 7, NOW(6), '', 1, 0, '', '');
    UPDATE run_contact SET spoke = 1 WHERE run_id = ${run} AND ordinal = 1;
    INSERT INTO run_contact (run_id, seg, ordinal, state, class, seq, tries, outcome) VALUES (${run}, 1, 5, 5, 2, 1, 1, 2),
      (${run}, 1, 6, 8, 2, 1, 1, 6), (${run}, 1, 7, 9, 2, 0, 0, 0), (${run}, 1, 8, 7, 2, 1, 1, 7)`);
  return id;
}

test('an export has a line for each contact, with its variables and what came of it', async () => {
  const id = addVaried('Exported'), got = await b.get(contacts(id));
  assert.deepEqual([got.status, got.headers['content-type'], got.headers['content-disposition']],
    [200, 'text/csv; charset=utf-8', `attachment; filename="contacts-${id}-run-1.csv"`]);
  assert.equal(got.body.slice(0, got.body.indexOf('+49301000005')).replace('\ufeff', ''), [
    'phone_number,first,"a ""b"", c",city,outdial_external_id,outdial_state,outdial_attempts,outdial_last_outcome,outdial_last_disposition,outdial_last_call',
    `+49301000001,Ann,'=1+1,,crm/7,completed,2,completed,,2026-11-01T11:00:00.000000+00:00`,
    '+49301000002, Bob ,,"Köln;\nDeutz",,retry_scheduled,1,busy,,',
    '+49301000003,,,+49301,,pending,0,,,', ''].join('\r\n'));
  assert.equal(got.body.match(/\+493010000\d\d,/g).length, 11, 'all but the erased one');
});

test('an export can be uploaded as it is, and gives the same contacts', async () => {
  const id = addVaried('There'), back = addCampaign({ name: 'And back', contacts: 0 }), file = path.join(web.dir, 'export.csv');
  writeFileSync(file, (await b.get(contacts(id))).body);
  outdial(web, 'import', back, file, '--as', 'admin@one.test');
  const all = of => sql(`SELECT phone, vars FROM contact WHERE list_id = ${listOf(of)} AND phone <> '' AND ordinal <= 12 ORDER BY ordinal`).split('\n')
    .map(line => line.split('\t')).map(([phone, vars]) => [phone, vars === 'NULL' ? {} : JSON.parse(vars)]);
  const want = all(id).map(([phone, { outdial_state, phone_number, ...vars }]) => [phone, vars]);
  assert.deepEqual([want.length, want[1][1]], [11, { city: 'Köln;\nDeutz', first: ' Bob ' }]);
  assert.deepEqual(all(back), want);
});

test('an export has the contacts that are asked for', async () => {
  const id = addVaried('Chosen'), run = runOf(id);
  const found = async query => {
    const got = await b.get(contacts(id, query)), [, ...lines] = csvRows({ body: got.body.replace(/\n(?=Deutz)/, '') });
    return [lines.map(line => Number(line[0].slice(-2))), /filename="contacts-\w+-run-1(.*)\.csv"/.exec(got.headers['content-disposition'])[1]];
  };
  assert.deepEqual(await found('?state=retry_scheduled'), [[2], '-retry-scheduled']);
  assert.deepEqual(await found('?outcome=voicemail&run=1'), [[8], '-voicemail']);
  assert.deepEqual(await found('?not_reached=yes'), [[2, 3, 5, 8, 9, 10, 11, 12], '-not-reached']);
  sql(`UPDATE run SET rest = 2, ended_at = NOW(6) WHERE id = ${run}; UPDATE run_contact SET spoke = 1 WHERE run_id = ${run} AND ordinal = 5`);
  assert.deepEqual(await found('?state=manual_stopped'), [[2, 3, 9, 10, 11, 12], '-manual-stopped']);
  assert.deepEqual(await found('?not_reached=yes'), [[2, 3, 8, 9, 10, 11, 12], '-not-reached'], 'who spoke once was reached');
  for (const [query, says] of [['state=asleep', /state must be/], ['outcome=bsy', /outcome must be/], ['run=x', /run must be/], ['not_reached=so', /not_reached must/]]) {
    const got = await b.get(contacts(id, `?${query}`));
    assert.deepEqual([got.status, says.test(got.body)], [422, true], query);
  }
  assert.equal((await b.get(contacts(id, '?run=2'))).status, 404);
  assert.equal((await b.get(contacts(addCampaign({ ws: 2 })))).status, 404);
  const draft = addCampaign({ name: 'Draft', contacts: 2 });
  assert.equal((await b.get(contacts(draft))).body.match(/\+49301/g).length, 2);
  const page = await b.get(`${LIST}/${id}/contacts?outcome=voicemail`), link = /href="([^"]*)" download>Export/.exec(page.body)[1].replaceAll('&amp;', '&');
  assert.match((await b.get(link)).headers['content-disposition'], /run-1-voicemail\.csv/);
});

test('more variables than a file can have columns are refused in words', async () => {
  const id = addCalled('Wide', 20);
  for (let i = 1; i <= 20; i++) setVars(id, i, Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`v${i}_${n}`, 'x'])));
  const got = await b.get(contacts(id));
  assert.equal(got.status, 409);
  assert.match(got.body, /more than 993 different variables/);
  sql(`UPDATE contact SET vars = NULL WHERE list_id = ${listOf(id)} AND ordinal = 20`);
  assert.equal(csvRows(await b.get(contacts(id)))[0].length, 957);
});

test('a key exports contacts as the page does', async () => {
  const id = addVaried('Key'), api = await description(web), client = new Client(web, makeKey(web, 'read').key, api);
  const got = await client.get(`/campaigns/${id}/contacts/export?not_reached=true`);
  assert.deepEqual([got.status, got.body], [200, (await b.get(contacts(id, '?not_reached=yes'))).body]);
  refused(await client.get(`/campaigns/${id}/contacts/export?stat=x`), 400, /the nearest is “state”/);
});
