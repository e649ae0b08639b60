// The contacts of a campaign on its page, and the attempts of one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, HTMX, LIST, addCalled, addCampaign, makeDatabase, rawId, redis, runOf, sql, startWeb, stopAll }
  from '../bed.mjs';

let web, b;
before(async () => {
  makeDatabase();
  web = await startWeb();
  b = await new Browser(web).signIn('viewer@one.test');
});
after(stopAll);

const text = html => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const at = (id, more = '') => `${LIST}/${id}/contacts${more}`;
const linkOf = (page, label) => new RegExp(`href="([^"]*)"[^>]*>${label}<`).exec(page.body)?.[1].replaceAll('&amp;', '&');
const phones = page => [...page.body.matchAll(/<th scope="row"><a [^>]*>([^<]*)</g)].map(m => m[1]);
async function found(id, query) {
  const page = await b.get(at(id, query));
  assert.equal(page.status, 200, query);
  return phones(page);
}

test('every contact is on one page, each page begins after the one before', async () => {
  const id = addCalled('Pages', 120), seen = [], counts = [];
  for (let next = at(id); next;) {
    const page = await b.get(next);
    seen.push(...phones(page));
    counts.push(phones(page).length);
    assert.equal(linkOf(page, 'First page'), counts.length > 1 ? at(id) : undefined);
    next = linkOf(page, 'Next page');
  }
  assert.deepEqual(counts, [50, 50, 20]);
  assert.deepEqual(seen, Array.from({ length: 120 }, (_, i) => `+4930${1000001 + i}`));
});

test('a row says what came of the contact, and what is next', async () => {
  const id = addCalled('Rows'), { body } = await b.get(at(id));
  const rows = text(body.slice(body.indexOf('<tbody>')));
  assert.match(rows, /\+49301000001 Completed Completed 2 attempts \+49301000002 Retry scheduled Busy 1 attempt 1 Jan, 00:00 /);
  assert.match(rows, /\+49301000003 Pending \+49301000004/);
});

test('contacts are found by state, outcome, number in any spelling and external ID', async () => {
  const id = addCalled('Filters');
  sql(`INSERT INTO contact_external (list_id, external_id, part, ordinal)
      SELECT list_id, 'crm/7 & more', 0, 5 FROM segment WHERE campaign_id = ${rawId(id)};
    UPDATE contact SET external_id = 'crm/7 & more' WHERE ordinal = 5
      AND list_id = (SELECT list_id FROM segment WHERE campaign_id = ${rawId(id)})`);
  assert.deepEqual(await found(id, '?state=completed'), ['+49301000001']);
  assert.deepEqual(await found(id, '?outcome=busy'), ['+49301000002']);
  assert.equal((await found(id, '?state=pending')).length, 8);
  assert.deepEqual(await found(id, `?phone_number=${encodeURIComponent('0049 (30) 1000-004')}`), ['+49301000004']);
  assert.deepEqual(await found(id, `?external_id=${encodeURIComponent('crm/7 & more')}`), ['+49301000005']);
  const none = await b.get(at(id, '?state=voicemail&outcome=busy'));
  assert.match(text(none.body), /No contacts found/);
});

test('contacts are found by the disposition of their last report, and by a callback that was asked for', async () => {
  const id = addCalled('Said', 60), run = runOf(id);
  reported(id, { disposition: 'no_time' });
  sql(`INSERT INTO run_contact (run_id, seg, ordinal, state, class, seq, tries, outcome) SELECT ${run}, 1, seq, 3, 0, 2, 2, 1 FROM seq_3_to_55;
    UPDATE run_cursor SET next_ordinal = 56 WHERE run_id = ${run};
    INSERT INTO call_result (run_id, seg, ordinal, seq, nonce, at, disposition, callback_at, answered_by, opt_out, recording, transcript)
      SELECT ${run}, 1, c.seq, t.seq, 7, NOW(6), IF(t.seq = 2, 'call_later', 'no_time'), IF(t.seq = 2, '2030-01-01', NULL), 1, 0, '', ''
      FROM seq_3_to_55 c, seq_1_to_2 t`);
  assert.deepEqual(await found(id, '?disposition=no_time'), ['+49301000001'], 'not of an earlier report');
  assert.deepEqual(await found(id, '?callback=asked&phone_number=%2B49301000001'), []);
  assert.equal((await found(id, '?callback=asked&state=callback_scheduled')).length, 50);
  const page = await b.get(at(id, '?disposition=call_later&callback=asked')), next = linkOf(page, 'Next page');
  assert.match(next, /disposition=call_later&callback=asked&after=/);
  assert.deepEqual(phones(await b.get(next)), [53, 54, 55].map(n => `+493010000${n}`));
  assert.match(page.body, /<details class="fold" open>[^]*value="call_later"[^]*<option value="asked" selected>/);
  assert.match(text(page.body), /\+49301000003 Callback scheduled Completed call_later /);
  sql(`UPDATE contact SET phone = '' WHERE ordinal = 3 AND list_id = (SELECT list_id FROM segment WHERE campaign_id = ${rawId(id)})`);
  assert.equal((await found(id, '?disposition=call_later'))[0], '+49301000004', 'nothing is said of a person who was erased');
});

test('a filter stays in the links to other pages, and in its fields', async () => {
  const id = addCalled('Kept', 120), page = await b.get(at(id, '?state=pending'));
  const next = await b.get(linkOf(page, 'Next page'));
  assert.deepEqual(phones(next)[0], '+49301000053');
  assert.match(next.body, /<option value="pending" selected>/);
  assert.equal(linkOf(next, 'First page'), at(id, '?state=pending'));
});

test('what is rare is found after pages without any', async () => {
  const id = addCalled('Rare', 5000), run = runOf(id);
  sql(`INSERT INTO run_contact (run_id, seg, ordinal, state, class, seq, tries, outcome) VALUES (${run}, 1, 4999, 7, 2, 1, 1, 7)`);
  let page = await b.get(at(id, '?state=voicemail'));
  assert.match(text(page.body), /Nothing found yet/);
  for (let i = 0; i < 3 && !phones(page).length; i++) page = await b.get(linkOf(page, 'Next page'));
  assert.deepEqual(phones(page), ['+49301004999']);
});

test('a filter that is wrong is refused where it was typed', async () => {
  const id = addCalled('Wrong');
  for (const [query, says] of [['?phone_number=12', /id="e-phone"[^]*The phone number must/], ['?state=asleep', /class="err"[^]*State must be/],
    ['?after=x', /There is no such page/], ['?callback=perhaps', /class="err"[^]*Callback must be/],
    ['?disposition=Call+later', /id="e-disposition"[^]*Disposition must be a word/]]) {
    const page = await b.get(at(id, query));
    assert.equal(page.status, 422, query);
    assert.match(page.body, says);
    assert.match(page.body, /<title>Error: Contacts of Wrong/);
    assert.deepEqual(phones(page), []);
  }
  assert.match((await b.get(at(id, '?phone_number=12'))).body, /name="phone_number" type="tel" value="12"/);
  const kept = (await b.get(at(id, '?state=asleep&outcome=busy&callback=asked&disposition=no_time&phone_number=12&external_id=a-1'))).body;
  for (const field of ['<option value="busy" selected>', '<option value="asked" selected>', 'value="no_time"', 'value="12"', 'value="a-1"'])
    assert.ok(kept.includes(field), field);
});

test('a contact has a page with its attempts, or they open in its row', async () => {
  const id = addCalled('Trail'), page = await b.get(at(id, '/1-1'));
  const said = text(page.body);
  assert.match(said, / 1 1 Nov, 10:00 Busy Busy Here \+\d+ \S+ /);
  assert.match(said, / 2 1 Nov, 11:00 Completed \+\d+ .* 5 s 1 min 1 s /);
  const row = await b.get(at(id, '/1-1'), { ...HTMX, 'hx-target': 'tr' });
  assert.equal(row.status, 200);
  assert.match(row.body, /^<td colspan="6">/);
  assert.match(text(row.body), / 2 1 Nov, 11:00 Completed /);
  assert.match(text((await b.get(at(id, '/1-3'))).body), /There was no attempt\./);
});

test('the call that is up is the last attempt', async () => {
  const id = addCalled('Up'), run = runOf(id);
  sql(`UPDATE run_contact SET state = 1, seq = 2 WHERE run_id = ${run} AND ordinal = 2;
    INSERT INTO live_call SET id = UNHEX(CONCAT(LPAD(HEX(${run}), 8, '0'), '0001', '8002', '8000', '000200000001')), run_id = ${run},
      campaign_id = ${rawId(id)}, workspace_id = 1, seg = 1, ordinal = 2, seq = 2, phone = '49301000002', carrier_id = 1, number_id = 1,
      state = 2, class = 2, epoch = 0, queued_at = NOW(6), not_after = NOW(6), sent_at = NOW(6), ringing_at = NOW(6)`);
  assert.match(text((await b.get(at(id, '/1-2'))).body), / 2 \d+ \S+, \d\d:\d\d Ringing \+\d+ /);
});

// What its bot reported of the second attempt of the first contact; nonce: of that attempt.
const reported = (id, more = {}, nonce = 7) => sql(`INSERT INTO call_result SET run_id = ${runOf(id)}, seg = 1, ordinal = 1, seq = 2,
  nonce = ${nonce}, at = NOW(6), ${Object.entries({ disposition: 'call_later', answered_by: 1, opt_out: 0, recording: 'https://rec.test/1?a=b',
    transcript: '', ...more }).map(([name, value]) => `${name} = '${value}'`)}`);

test('an attempt tells what its bot reported', async () => {
  const id = addCalled('Told'), other = addCalled('Told of another call');
  reported(id, { callback_at: '2026-12-01 10:00:00', opt_out: 1 });
  const said = text((await b.get(at(id, '/1-1'))).body);
  assert.match(said, / 1 1 Nov, 10:00 Busy Busy Here \+\d+ /, 'nothing of the first');
  assert.match(said, / 2 1 Nov, 11:00 Completed call_later Answered by a person Callback asked for: 1 Dec, 10:00 Opted out Recording /);
  assert.doesNotMatch(said, /Transcript/);
  reported(other, {}, 8);
  assert.doesNotMatch(text((await b.get(at(other, '/1-1'))).body), /call_later/, 'of a call that was withdrawn');
});

test('a contact says why it is not called, on its page and in its row', async () => {
  const id = addCalled('Why'), boss = await new Browser(web).signIn('supervisor@one.test');
  assert.match(text((await b.get(at(id, '/1-1'))).body), / It is not called again: the bot has spoken to it\. /);
  assert.match(text((await b.get(at(id, '/1-2'), { ...HTMX, 'hx-target': 'tr' })).body), /^ Nobody is called now: no dialler is running\. /);
  await boss.post(`${at(id, '/1-5')}/exclude`);
  assert.match(text((await b.get(at(id, '/1-5'))).body), / It is not called: its number is excluded from this campaign\. /);
  assert.match(text((await b.get(at(addCampaign({ name: 'Draft of one', contacts: 1 }), '/1-1'))).body), / the campaign is a draft /);
});

test('a recording is found by an address of ours, which leads there without a referrer', async () => {
  const id = addCalled('Recorded'), link = at(id, '/1-1/recording?attempt=2');
  reported(id);
  assert.match((await b.get(at(id, '/1-1'))).body, new RegExp(`href="${link.replace('?', '[?]')}" target="_blank"`));
  const got = await b.get(link);
  assert.deepEqual([got.status, got.headers.location, got.headers['referrer-policy']], [302, 'https://rec.test/1?a=b', 'no-referrer']);
  assert.equal((await b.get(at(id, '/1-1'))).headers['referrer-policy'], 'same-origin');
  const theirs = await new Browser(web).signIn('admin@two.test');
  for (const [who, path] of [[b, '/1-1/transcript?attempt=2'], [b, '/1-1/recording?attempt=1'], [b, '/1-1/recording'], [b, '/1-2/recording?attempt=2'],
    [b, '/1-1/recording?attempt=x'], [b, '/1-1/recording?attempt=2&run=2'], [theirs, '/1-1/recording?attempt=2']])
    assert.equal((await who.get(at(id, path))).status, 404, path);
  for (const bad of ['javascript:alert(1)', 'http://', 'https://a b/', '//rec.test/'])  {
    sql(`UPDATE call_result SET recording = '${bad}' WHERE run_id = ${runOf(id)}`);
    assert.equal((await b.get(link)).status, 404, bad);
  }
  sql(`UPDATE call_result SET recording = 'https://rec.test/' WHERE run_id = ${runOf(id)};
    UPDATE attempt SET phone = '' WHERE run_id = ${runOf(id)}`);
  assert.equal((await b.get(link)).status, 404, 'of a person who was erased');
  assert.doesNotMatch(text((await b.get(at(id, '/1-1'))).body), /call_later/);
});

test('times stand in the zone of the contact’s place, too, if it has one', async () => {
  const id = addCalled('Far');
  assert.doesNotMatch((await b.get(at(id, '/1-1'))).body, /New_York/);
  sql(`UPDATE run_cursor SET zone = 'America/New_York' WHERE run_id = ${runOf(id)}`);
  assert.match(text((await b.get(at(id, '/1-1'))).body), / 2 1 Nov, 11:00 1 Nov, 06:00 America\/New_York Completed /);
  assert.match(text((await b.get(at(id, '/1-2'))).body), /Next call 1 Jan, 00:00 31 Dec, 19:00 America\/New_York /);
  assert.match(text((await b.get(at(id))).body), /Busy 1 attempt 1 Jan, 00:00 31 Dec, 19:00 America\/New_York /);
  sql(`UPDATE run_cursor SET zone = 'Europe/London' WHERE run_id = ${runOf(id)}`);
  assert.doesNotMatch(text((await b.get(at(id, '/1-1'))).body), /11:00 .* Europe\/London Completed/, 'the workspace’s own');
});

test('there is no contact that is not of the campaign, nor one of another workspace', async () => {
  const id = addCalled('Walls'), other = addCampaign({ ws: 2, name: 'Theirs' });
  for (const path of [at(id, '/1-999'), at(id, '/9-1'), at(id, '/x'), at(id, '/1-0'), at(other), at(other, '/1-1')])
    assert.equal((await b.get(path)).status, 404, path);
});

test('a draft lists the contacts it will call', async () => {
  const id = addCampaign({ name: 'Draft', contacts: 3 });
  assert.deepEqual(await found(id, ''), ['+49301000001', '+49301000002', '+49301000003']);
  assert.match(text((await b.get(at(addCampaign({ name: 'Empty', contacts: 0 })))).body), /No contacts yet/);
});

test('the activity of a campaign is its entries of the audit log, page by page', async () => {
  const id = addCampaign({ name: 'Acted', contacts: 3 }), other = addCampaign({ name: 'Quiet' });
  const path = `${LIST}/${id}/activity`, heads = page => [...page.body.matchAll(/audit-action">([^<]*)</g)].map(m => m[1]);
  sql(`INSERT INTO audit (workspace_id, campaign_id, at, actor, action, was, became)
      SELECT 1, ${rawId(id)}, NOW(6) - INTERVAL seq SECOND, 'Ann', IF(seq = 1, 'pause', 'edit'), '{"concurrency":5}', '{"concurrency":8}'
      FROM seq_1_to_60`);
  const page = await b.get(path);
  assert.equal(page.status, 200, 'for a viewer');
  assert.deepEqual([heads(page).length, ...heads(page).slice(0, 2)], [50, 'Pause', 'Edit']);
  assert.match(text(page.body), /Ann Edit .* Concurrency Limit from 5 → to 8 /);
  const older = await b.get(linkOf(page, 'Older'));
  assert.equal(heads(older).length, 10);
  assert.equal(linkOf(older, 'Newest'), path);
  assert.match(text((await b.get(`${LIST}/${other}/activity`)).body), /No activity/);
  assert.equal((await b.get(`${path}?past=x`)).status, 422);
  assert.equal((await b.get(`${LIST}/${addCampaign({ ws: 2 })}/activity`)).status, 404);
});

test('earlier runs are listed with their figures, and their contacts read as they were', async () => {
  const id = addCalled('Twice'), first = runOf(id), text_ = page => text(page.body);
  sql(`UPDATE run SET rest = 2, ended_at = NOW(6) WHERE id = ${first};
    UPDATE run_count SET processed = 2, connected = 1, ended = 3, answered = 1, completed = 1, retry = 1, o_1 = 1, o_3 = 2
      WHERE run_id = ${first};
    INSERT INTO run SET workspace_id = 1, campaign_id = ${rawId(id)}, no = 2, settings = '{}', rest = 0, started_at = NOW(6);
    SET @run = LAST_INSERT_ID();
    INSERT INTO run_cursor SELECT @run, seg, list_id, part, zone, upto, prio, 1 FROM run_cursor WHERE run_id = ${first};
    INSERT INTO run_count (run_id, shard) VALUES (@run, 0);
    UPDATE campaign SET runs = 2, current_run = @run WHERE id = ${rawId(id)}`);
  const runs = await b.get(`${LIST}/${id}/runs`), said = text_(runs);
  assert.match(said, /Run 2: Under way .* Contacts processed 0 of 10 .* Run 1: Stopped /);
  assert.match(said.slice(said.indexOf('Run 1')), /Contacts processed 2 of 10 .* Answer Rate 33.3% .* Calls finished 3 .* Completed 1 33.3% Busy 2 66.6% /);
  assert.deepEqual(await found(id, '?state=completed'), [], 'nobody was called in the second');
  assert.deepEqual(await found(id, '?run=1&state=completed'), ['+49301000001']);
  const page = await b.get(at(id, '?run=1&state=completed'));
  assert.match(page.body, /<input type="hidden" name="run" value="1">/);
  assert.match(text_(await b.get(linkOf(page, '\\+49301000001'))), /Attempts in run 1 .* 2 1 Nov, 11:00 Completed /);
  for (const path of [at(id, '?run=3'), at(id, '/1-1?run=3'), at(id, '/1-1?run=x'), `${LIST}/${id}/runs?before=x`])
    assert.equal((await b.get(path)).status, 404, path);
  assert.match(text_(await b.get(`${LIST}/${id}/runs?before=1`)), /No runs yet/);
});

test('the Attempt Report has a line for each attempt of the run', async () => {
  const id = addCalled('Reported'), run = runOf(id);
  sql(`UPDATE carrier SET name = 'Trunk, "main"' WHERE id = 1;
    UPDATE contact SET external_id = '=1+1' WHERE ordinal = 1
      AND list_id = (SELECT list_id FROM segment WHERE campaign_id = ${rawId(id)});
    INSERT INTO call_result (run_id, seg, ordinal, seq, nonce, at, disposition, answered_by, opt_out, recording, transcript)
      VALUES (${run}, 1, 1, 2, 7, NOW(6), 'promised', 1, 0, '', '')`);
  const { status, headers, body } = await b.get(`${LIST}/${id}/report`);
  assert.deepEqual([status, headers['content-type']], [200, 'text/csv; charset=utf-8']);
  assert.equal(headers['content-disposition'], `attachment; filename="attempts-${id}-run-1.csv"`);
  assert.ok(body.startsWith('\ufeffcampaign_id,run,attempt_id,contact,'), 'Excel reads UTF-8');
  const [head, ...lines] = body.slice(1).split('\r\n');
  assert.equal(lines.pop(), '');
  assert.equal(head.split(',').length, 21);
  const attempt = seq => sql(`SELECT LOWER(CONCAT_WS('-', LPAD(HEX(${run}), 8, '0'), '0001', CONCAT('8', LPAD(HEX(${seq}), 3, '0'))))`);
  assert.ok(lines.every((line, i) => line.startsWith(`${id},1,${attempt(i + 1)}`)), lines.join('\n'));
  assert.deepEqual(lines.map(line => line.split(',').slice(3).join(',')), [
    `1-1,+49301000001,'=1+1,1,2026-11-01T10:00:00.000000+00:00,Europe/London,busy,Busy Here,486,17,none,yes,,,+44200000001,"Trunk, ""main""",,`,
    `1-1,+49301000001,'=1+1,2,2026-11-01T11:00:00.000000+00:00,Europe/London,completed,,200,,none,yes,5.000,61.000,+44200000001,"Trunk, ""main""",promised,human`]);
  sql(`UPDATE carrier SET name = 'Sim' WHERE id = 1`);
});

test('a report has all attempts, however many contacts lie between them', async () => {
  const id = addCalled('Long', 9000), run = runOf(id);
  sql(`UPDATE run_cursor SET next_ordinal = 9001 WHERE run_id = ${run};
    INSERT INTO attempt (run_id, seg, ordinal, seq, nonce, phone, carrier_id, number_id, slot, sent_at, outcome, counted)
      SELECT ${run}, 1, seq, 1, 7, 49301000000 + seq, 1, 1, 0, NOW(6), 2, 1 FROM seq_3_to_9000 WHERE seq NOT BETWEEN 10 AND 4500`);
  const lines = (await b.get(`${LIST}/${id}/report`)).body.split('\r\n').slice(1, -1);
  const contacts = lines.map(line => Number(line.split(',')[3].slice(2)));
  assert.deepEqual(contacts, [1, 1, ...Array.from({ length: 9000 }, (_, i) => i + 1).filter(n => n > 2 && (n < 10 || n > 4500))]);
});

test('there is no report without a run, of an unknown one, or of another workspace', async () => {
  const draft = addCampaign({ name: 'Never' }), id = addCalled('Known');
  for (const path of [`${draft}/report`, `${id}/report?run=2`, `${addCampaign({ ws: 2, status: 'running' })}/report`])
    assert.equal((await b.get(`${LIST}/${path}`)).status, 404, path);
});

test('a contact is excluded on its page, and the exclusion lifted', async () => {
  const id = addCalled('Excludes'), one = at(id, '/1-3'), boss = await new Browser(web).signIn('supervisor@one.test');
  assert.doesNotMatch((await b.get(one)).body, /formaction="[^"]*exclu/, 'a viewer has no button');
  assert.equal((await b.post(`${one}/exclude`)).status, 403);
  assert.match((await boss.get(one)).body, new RegExp(`formaction="${one}/exclude"`));
  const done = await boss.post(`${one}/exclude`);
  assert.deepEqual([done.status, done.headers.location], [303, one]);
  const page = await boss.get(one);
  assert.match(text(page.body), /Number excluded/);
  assert.match(text(page.body), /State Pending .* Not called Excluded from this campaign Lift exclusion /);
  assert.equal(sql(`SELECT COUNT(*) FROM exclusion WHERE phone = '49301000003'`), '1');
  assert.equal((await boss.post(`${one}/lift-exclusion`)).status, 303);
  assert.match(text((await boss.get(one)).body), /Exclusion lifted $/);
  assert.equal((await boss.post(`${one}/lift-exclusion`)).status, 409, 'twice');
  const first = at(id, '/1-1');
  sql(`UPDATE run_contact SET state = 9 WHERE run_id = ${runOf(id)} AND ordinal = 1`);
  await boss.post(`${first}/exclude`);
  await boss.post(`${first}/lift-exclusion`);
  assert.match(text((await boss.get(first)).body), /Exclusion lifted The contact stays excluded in this run/);
  sql(`UPDATE contact SET phone = '' WHERE ordinal = 4 AND list_id = (SELECT list_id FROM segment WHERE campaign_id = ${rawId(id)})`);
  assert.equal((await boss.post(`${at(id, '/1-4')}/exclude`)).status, 409, 'an erased person');
  assert.equal((await boss.post(`${at(id, '/1-99')}/exclude`)).status, 404);
});

test('a contact that waits is made due on its page, once', async () => {
  const id = addCalled('Calls now'), one = at(id, '/1-2'), boss = await new Browser(web).signIn('supervisor@one.test'), run = runOf(id);
  sql(`INSERT INTO due (run_id, class, due_at, seg, ordinal) VALUES (${run}, 2, '2030-01-01', 1, 2)`);
  assert.doesNotMatch((await b.get(one)).body, /call-now/, 'a viewer has no button');
  assert.equal((await b.post(`${one}/call-now`)).status, 403);
  assert.match((await boss.get(one)).body, new RegExp(`formaction="${one}/call-now"`));
  assert.doesNotMatch((await boss.get(`${one}?run=1`)).body, /call-now/, 'nor has a look at a run');
  const woken = () => Number(redis('XLEN', 'wake')), before = woken(), done = await boss.post(`${one}/call-now`);
  assert.deepEqual([done.status, done.headers.location], [303, one]);
  assert.equal(woken(), before + 1, 'the planner hears of it');
  assert.equal(sql(`SELECT t.due_at = d.due_at AND d.due_at BETWEEN NOW(6) - INTERVAL 1 MINUTE AND NOW(6) FROM due d JOIN run_contact t
    USING (run_id, seg, ordinal) WHERE run_id = ${run}`), '1');
  const page = await boss.get(one);
  assert.match(text(page.body), /Contact is due now $/);
  assert.doesNotMatch(page.body, /call-now/);
  assert.equal((await boss.post(`${one}/call-now`)).status, 303);
  assert.match(text((await boss.get(one)).body), /Contact was due already $/);
  assert.equal(woken(), before + 1);
  for (const [ordinal, why] of [[1, /gets no more calls/], [5, /its turn has not come/]]) {
    const no = await boss.post(`${at(id, `/1-${ordinal}`)}/call-now`, {}, { accept: 'application/json' });
    assert.deepEqual([no.status, why.test(no.body)], [409, true], no.body);
  }
  assert.equal((await boss.post(`${at(id, '/1-99')}/call-now`)).status, 404);
  assert.match(text((await b.get(`${LIST}/${id}/activity`)).body), /Call now .*Contacts .*1/);
});

const excluded = id => Number(sql(`SELECT COUNT(*) FROM exclusion WHERE campaign_id = ${rawId(id)}`));
const audited = id => sql(`SELECT GROUP_CONCAT(CONCAT(action, became) ORDER BY id) FROM audit WHERE campaign_id = ${rawId(id)}`);
const askedAgain = page => /<form class="card confirm" method="post" action="([^"]*)"/.exec(page.body)?.[1].replaceAll('&amp;', '&');

// A second run has begun.
function earlierRun(id) {
  sql(`INSERT INTO run SET workspace_id = 1, campaign_id = ${rawId(id)}, no = 2, settings = '{}', rest = 0, started_at = NOW(6);
    UPDATE campaign SET runs = 2, status = 1, current_run = LAST_INSERT_ID() WHERE id = ${rawId(id)}`);
  return id;
}

test('all contacts that match a filter are excluded, once', async () => {
  const id = addCalled('All', 1200), boss = await new Browser(web).signIn('supervisor@one.test');
  const list = at(id, '?state=pending'), press = `${LIST}/${id}/exclude-all?state=pending`;
  assert.doesNotMatch((await b.get(list)).body, /exclude-all/, 'a viewer has no button');
  assert.equal((await b.post(press, { confirm: '1' })).status, 403);
  assert.ok((await boss.get(list)).body.includes(`formaction="${press}"`));
  const asked = await boss.post(press);
  assert.equal(asked.status, 200);
  assert.match(text(asked.body), / Exclude 1,198 contacts \? This campaign will no longer call their numbers\./);
  assert.equal(askedAgain(asked), press);
  assert.equal((await boss.post(press, { confirm: '0' })).headers.location, list);
  assert.equal(excluded(id), 0, 'Cancel does nothing');
  const done = await boss.post(press, { confirm: '1' });
  assert.deepEqual([done.status, done.headers.location], [303, list]);
  assert.match(text((await boss.get(list)).body), /1,198 numbers excluded $/);
  assert.equal(excluded(id), 1198);
  assert.equal(sql(`SELECT MIN(phone) FROM exclusion WHERE campaign_id = ${rawId(id)}`), '49301000003');
  assert.equal(audited(id), [500, 500, 198].map(n => `exclude{"numbers":${n},"reason":""}`).join());
  await boss.post(press, { confirm: '1' });
  assert.match(text((await boss.get(list)).body), /Failed to exclude No number was excluded: they are already, or there is none\. $/);
  assert.equal(excluded(id), 1198, 'a second press does nothing more');
  assert.equal((await boss.post(`${LIST}/${id}/exclude-all?state=voicemail`)).status, 409);
  assert.equal((await boss.post(`${LIST}/${id}/exclude-all?state=asleep`, { confirm: '1' })).status, 422);
  assert.match(text((await boss.post(`${LIST}/${id}/exclude-all`)).body), /Exclude 1,200 contacts \?/, 'without a filter the list tells');
});

test('all that match and wait become due at once, and nobody else', async () => {
  const id = addCalled('All now', 40), run = runOf(id), boss = await new Browser(web).signIn('supervisor@one.test');
  const press = `${LIST}/${id}/call-all`, due = () => sql(`SELECT GROUP_CONCAT(ordinal ORDER BY ordinal) FROM run_contact
    WHERE run_id = ${run} AND due_at <= NOW(6)`);
  sql(`INSERT INTO run_contact (run_id, seg, ordinal, state, class, due_at, seq, tries, outcome)
      SELECT ${run}, 1, seq, IF(seq % 2, 2, 3), IF(seq % 2, 2, 0), '2030-01-01', 1, 1, IF(seq > 20, 3, 2) FROM seq_3_to_30;
    UPDATE run_cursor SET next_ordinal = 31 WHERE run_id = ${run};
    INSERT INTO due (run_id, class, due_at, seg, ordinal) SELECT run_id, class, due_at, seg, ordinal FROM run_contact
      WHERE run_id = ${run} AND due_at IS NOT NULL`);
  assert.match(text((await boss.post(`${press}?outcome=busy`)).body), / Call 11 contacts now\? These wait for a retry or a callback /);
  const woken = Number(redis('XLEN', 'wake'));
  assert.equal((await boss.post(`${press}?state=callback_scheduled&outcome=busy`, { confirm: '1' })).status, 303);
  assert.equal(due(), '22,24,26,28,30');
  assert.equal(Number(redis('XLEN', 'wake')), woken + 1);
  assert.match(text((await boss.get(at(id))).body), / 5 contacts due now $/);
  assert.match(text((await boss.post(`${press}?state=retry_scheduled`)).body), / Call 15 contacts now\?/);
  await boss.post(press, { confirm: '1' });
  assert.equal(due(), Array.from({ length: 29 }, (_, i) => i + 2).join());
  assert.equal(sql(`SELECT COUNT(*) FROM due d JOIN run_contact t USING (run_id, seg, ordinal, class, due_at) WHERE run_id = ${run}`), '29');
  assert.equal(audited(id), 'call now{"contacts":5},call now{"contacts":24}');
  assert.equal((await boss.post(press)).status, 409, 'nobody is left');
  assert.match((await boss.get(at(id))).body, /call-all/);
  assert.doesNotMatch((await boss.get(at(id, '?run=1'))).body, /call-all/, 'a look at a run');
  sql(`UPDATE run SET rest = 2, ended_at = NOW(6) WHERE id = ${run}; UPDATE campaign SET status = 3 WHERE id = ${rawId(id)}`);
  assert.doesNotMatch((await boss.get(at(id))).body, /call-all/, 'a run that is over');
  for (const path of [`${addCampaign({ name: 'No run' })}/call-all`, `${earlierRun(id)}/call-all?run=1`]) {
    const no = await boss.post(`${LIST}/${path}`);
    assert.deepEqual([no.status, /Only contacts of the current run/.test(no.body)], [409, true], path);
  }
  assert.equal((await boss.post(`${LIST}/${addCampaign({ ws: 2 })}/call-all`)).status, 404);
});

test('more than one request takes go on where it ended', async () => {
  const id = addCampaign({ name: 'Legion', contacts: 10700 }), boss = await new Browser(web).signIn('supervisor@one.test');
  const press = `${LIST}/${id}/exclude-all?phone_number=`;
  assert.match(text((await boss.post(press)).body), / Exclude 10,700 contacts \?.* About 10,000 are excluded at a time\./);
  const part = await boss.post(press, { confirm: '1' });
  assert.equal(part.status, 200);
  assert.match(text(part.body), / 10,000 numbers excluded \. Go on with the others\? What is done stays done\. /);
  assert.equal(askedAgain(part), `${LIST}/${id}/exclude-all?after=1-10000`);
  assert.equal((await boss.post(askedAgain(part), { confirm: '1' })).status, 303);
  assert.match(text((await boss.get(at(id))).body), / 700 numbers excluded $/);
  assert.equal(excluded(id), 10700);
  sql(`DELETE FROM exclusion WHERE campaign_id = ${rawId(id)} AND phone = '49301010650'`);
  assert.equal((await boss.post(press, { confirm: '1' })).status, 303, 'what is done is passed over');
  assert.equal(excluded(id), 10700);
  const many = addCampaign({ name: 'Looked for', contacts: 10700, status: 'running' });
  assert.match(text((await boss.post(`${LIST}/${many}/exclude-all?state=pending`)).body), / Exclude more than 10,000 contacts \?/);
});

test('the do-not-call lists that bar a number are named', async () => {
  const id = addCalled('Barred');
  sql(`INSERT INTO dnc_list (workspace_id, name, kind, load_id, created_at, created_by) VALUES (1, 'TPS', 2, 7, NOW(6), 'Ann');
    SET @list = LAST_INSERT_ID();
    INSERT INTO dnc (workspace_id, phone, list_id, load_id, at, reason, added_by) VALUES (1, '49301000003', @list, 7, NOW(6), '', 'Ann')`);
  assert.match(text((await b.get(at(id, '/1-3'))).body), /Not called On the do-not-call list “ ?TPS ?”/);
  assert.doesNotMatch(text((await b.get(at(id, '/1-5'))).body), /Not called/);
});

test('the settings stand beside those that a run began with', async () => {
  const id = addCampaign({ name: 'Configured' }), boss = await new Browser(web).signIn('supervisor@one.test'), path = `${LIST}/${id}/config`;
  assert.doesNotMatch((await b.get(path)).body, /When run/, 'a draft has none yet');
  assert.equal((await boss.post(`${LIST}/${id}/start`)).status, 303);
  const began = text((await b.get(path)).body);
  assert.match(began, /When run 1 began Now .* Concurrency Limit 50 50 .* Bot Bot Bot Number Pool 1 number 1 number/);
  assert.doesNotMatch(began, /Changed/);
  sql(`UPDATE campaign SET concurrency = 80 WHERE id = ${rawId(id)}; DELETE FROM campaign_number WHERE campaign_id = ${rawId(id)}`);
  assert.match(text((await b.get(`${path}?run=1`)).body), / Concurrency Limit 50 80 Changed .* Number Pool 1 number 0 numbers Changed/);
  assert.equal((await b.get(`${path}?run=2`)).status, 404);
  assert.equal((await b.get(`${LIST}/${addCampaign({ ws: 2 })}/config`)).status, 404);
});
