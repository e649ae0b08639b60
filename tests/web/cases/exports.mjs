// What is downloaded of a campaign: the Attempt Report as CSV and XLSX.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Client, description, makeKey, refused } from '../api_bed.mjs';
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
  const { body } = await b.get(`${LIST}/${id}/contacts?outcome=busy`), link = /href="([^"]*)" download/.exec(body)[1].replaceAll('&amp;', '&');
  assert.equal((await b.get(link)).headers['content-disposition'], `attachment; filename="attempts-${id}-run-1-busy.csv"`, link);
  for (const [query, says] of [['outcome=bsy', /outcome must be/], ['disposition=a%20b', /disposition must be a word/], ['from=1.1.26', /from must/],
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
  refused(await client.get(`${at}?disposition=a%20b`), 422, /disposition must be a word/);
  refused(await client.get(`${at}?run=2`), 404, /no such run|no run 2/i);
  refused(await client.get(`/campaigns/${addCampaign({ name: 'No run' })}/attempts/export`), 404, /has no run yet/);
  assert.equal((await client.get(`/campaigns/${addCampaign({ ws: 2, status: 'running' })}/attempts/export`)).status, 404);
});
