// The page of one campaign: what it says, and that it follows the campaign.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, HTMX, LIST, addCampaign, makeDatabase, rawId, redis, runOf, sql, startWeb, statusOf, stopAll, toasts }
  from '../bed.mjs';

const PART = { ...HTMX, 'hx-target': 'div#campaign' };
let web, b;
before(async () => {
  makeDatabase();
  web = await startWeb();
  b = await new Browser(web).signIn('admin@one.test');
});
after(stopAll);

const bump = () => redis('INCR', 'list:1');
const text = html => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const tagOf = got => got.headers['hx-ptag'];
const open = async id => {
  const page = await b.get(`${LIST}/${id}`);
  return { page, tag: /id="poll" data-tag="([^"]*)"/.exec(page.body)[1] };
};

test('it names bot, numbers, contacts and hours', async () => {
  const id = addCampaign({ name: 'Named', contacts: 3 });
  sql(`INSERT INTO number (workspace_id, carrier_id, phone, enabled) VALUES (1, 1, '442000000005', 0), (1, 1, '442000000006', 1),
      (1, 1, '442000000007', 1);
    INSERT INTO campaign_number SELECT ${rawId(id)}, id FROM number WHERE LENGTH(phone) = 12`);
  const said = text((await open(id)).page.body);
  assert.match(said, /Bot Bot /);
  assert.match(said, /Number pool 4 numbers, 1 of them switched off \+442000000005, \+442000000006, \+442000000007 and 1 more/);
  assert.match(said, /Contact list 3 contacts/);
  assert.match(said, /all day, every day, UTC/);
  sql(`UPDATE campaign SET bot_id = 9999 WHERE id = ${rawId(id)}; DELETE FROM campaign_number WHERE campaign_id = ${rawId(id)}`);
  assert.match(text((await open(id)).page.body), /Bot None Number pool None/);
});

test('a failed run has failed, and things stand in the order of time', async () => {
  const id = addCampaign({ name: 'Fails', status: 'failed', age: 9000 });
  sql(`UPDATE campaign SET restarted_at = NOW(6) - INTERVAL 2 HOUR, restarted_by = 'Rita',
    started_at = NOW(6) - INTERVAL 1 HOUR, completed_at = NOW(6) WHERE id = ${rawId(id)}`);
  const { page } = await open(id);
  const labels = [...page.body.matchAll(/<dt>(Created|Restarted|Started|Paused|Completed|Failed)<\/dt>/g)].map(m => m[1]);
  assert.deepEqual(labels, ['Created', 'Restarted', 'Started', 'Failed']);
  assert.match(page.body.replace(/<[^>]*>/g, ''), /Restarted .+ by Rita/, 'in one line');
});

test('who is in a call is said only while somebody can be', async () => {
  for (const [status, can] of [['draft', false], ['running', true], ['paused', true], ['completed', false], ['failed', false]]) {
    const id = addCampaign({ name: `Calls ${status}`, status });
    assert.equal(/in progress/.test((await open(id)).page.body), can, status);
  }
  const id = addCampaign({ name: 'Finishing', status: 'completed' });
  sql(`UPDATE run_count SET active = 2 WHERE run_id = (SELECT current_run FROM campaign WHERE id = ${rawId(id)})`);
  assert.match(text((await open(id)).page.body), / 2 in progress/);
});

test('a live update: nothing, nothing new here, or the part', async () => {
  const id = addCampaign({ name: 'Followed', status: 'running' }), at = `${LIST}/${id}`;
  const { tag } = await open(id);
  const idle = await b.poll(at, tag);
  assert.equal(idle.status, 304);
  assert.equal(idle.body, '');
  sql(`UPDATE campaign SET status = 2, paused_at = NOW(6) WHERE id = ${rawId(id)}`);
  bump();
  const news = await b.poll(at, tag);
  assert.equal(news.status, 200);
  assert.match(news.body, /^<div id="campaign"/);
  assert.match(news.body, /data-status="paused"/);
  assert.match(news.body, /resume\?from=paused/);
  bump();
  const other = await b.poll(at, tagOf(news));
  assert.equal(other.status, 204, 'another campaign changed');
  assert.notEqual(tagOf(other), tagOf(news));
  assert.equal((await b.poll(at, tagOf(other))).status, 304);
  sql(`UPDATE run_count SET active = 5 WHERE run_id = (SELECT current_run FROM campaign WHERE id = ${rawId(id)})`);
  bump();
  assert.equal((await b.poll(at, tagOf(other))).status, 200, 'a figure of this one');
});

test('a page of another sign-in, or of what is gone, is loaded anew', async () => {
  const id = addCampaign({ name: 'Gone' }), at = `${LIST}/${id}`;
  const { tag } = await open(id);
  const second = await new Browser(web).signIn('admin@one.test');
  const theirs = await second.poll(at, tag);
  assert.equal(theirs.status, 204);
  assert.equal(theirs.headers['hx-refresh'], 'true');
  assert.equal((await b.htmx(`${LIST}/${id}/delete`, { confirm: '1' })).status, 200);
  const gone = await b.poll(at, tag);
  assert.equal(gone.status, 204);
  assert.equal(gone.headers['hx-refresh'], 'true');
  assert.equal((await b.get(at)).status, 404);
});

test('a button there is answered with the part, and Delete with the list', async () => {
  const id = addCampaign({ name: 'Pressed' }), at = `${LIST}/${id}`;
  const act = (word, form) => b.htmx(`${at}/${word}`, form, PART);
  const started = await act('start?from=draft');
  assert.match(started.body, /^<div id="campaign"/);
  assert.deepEqual(toasts(started.body).map(t => t.text), ['Campaign started']);
  const refused = await act('start?from=draft');
  assert.match(refused.body, /data-status="running"/);
  assert.equal(toasts(refused.body)[0].text, 'Failed to start');
  const stopped = await act('stop?from=running');
  assert.deepEqual(toasts(stopped.body), [{ bad: false, text: 'Campaign stopped', detail: '10 contacts were waiting.' }]);
  assert.equal(statusOf(id), 'completed');
  const draft = addCampaign({ name: 'Deleted there' });
  const gone = await b.htmx(`${LIST}/${draft}/delete`, { confirm: '1', back: `${LIST}/${draft}` }, PART);
  assert.equal(gone.headers['hx-redirect'], LIST);
  assert.deepEqual(toasts((await b.get(LIST)).body).map(t => t.text), ['Campaign removed from the list']);
});

test('while Redis is away the page lives on, and says so once', async () => {
  const away = await startWeb({ redis_socket: '/nowhere' });
  const c = new Browser(away);
  const id = addCampaign({ name: 'Away', status: 'running' }), at = `${LIST}/${id}`;
  await c.signIn('admin@one.test');
  const page = await c.get(at);
  assert.match(page.body, /The job queue cannot be reached/);
  const tag = /id="poll" data-tag="([^"]*)"/.exec(page.body)[1];
  const first = await c.poll(at, tag);
  assert.equal(first.status, 200);
  assert.equal((await c.poll(at, tagOf(first))).status, 204);
  sql(`UPDATE campaign SET status = 2 WHERE id = ${rawId(id)}`);
  assert.match((await c.poll(at, tagOf(first))).body, /data-status="paused"/);
});

test('what others have been shown costs no look at the campaign; what is somebody’s own stays theirs', async () => {
  const id = addCampaign({ name: 'Shared' }), at = `${LIST}/${id}`;
  const other = await new Browser(web).signIn('supervisor@one.test'), viewer = await new Browser(web).signIn('viewer@one.test');
  const executed = () => Number(sql(`SHOW GLOBAL STATUS LIKE 'Com_stmt_execute'`).split('\t')[1]);
  const part = (who) => who.get(at, { ...PART, 'hx-ptag': '' });
  const shown = async (what) => {
    bump();
    const first = await part(b), before = executed(), again = await part(b), cost = executed() - before;
    assert.equal(again.body, first.body);
    assert.match(first.body, what);
    assert.ok(cost <= 2, `${cost} statements`); // unsaved changes, and whether the database answers
  };
  await shown(/Shared/);
  sql(`UPDATE campaign SET name = 'Renamed' WHERE id = ${rawId(id)}`);
  await shown(/Renamed/);
  sql(`INSERT INTO wizard (user_id, campaign_id, rev, ver, entries, base, done, back, saved_at)
    SELECT id, ${rawId(id)}, 1, 0, '{}', '{}', 0, '', NOW(6) FROM user WHERE email = 'supervisor@one.test'`);
  bump();
  for (const round of [1, 2]) {
    assert.match((await part(other)).body, /You have unsaved changes/, `round ${round}`);
    assert.doesNotMatch((await part(b)).body, /You have unsaved changes/);
    assert.doesNotMatch((await part(viewer)).body, /You have unsaved changes|<button type="submit"/);
  }
});

test('a question names the campaign, on the page and in its title', async () => {
  const id = addCampaign({ name: 'Asked & named', status: 'completed' });
  const page = await b.post(`${LIST}/${id}/restart?from=completed`);
  assert.match(page.body, /<title>Restart, Asked &amp; named · Outdial<\/title>/);
  assert.match(page.body, new RegExp(`<a href="${LIST}/${id}"><bdi>Asked &amp; named</bdi></a>`));
});

test('its calls are counted by what they do, and the last ones listed', async () => {
  const id = addCampaign({ name: 'Live', status: 'running' }), run = runOf(id);
  sql(`UPDATE run_count SET active = 8, retry = 4, callback = 2, o_1 = 6, o_3 = 2 WHERE run_id = ${run};
    INSERT INTO live_call (id, workspace_id, phone, campaign_id, run_id, seg, ordinal, seq, class, epoch, state, carrier_id, number_id,
        queued_at, not_after, sent_at)
      SELECT UNHEX(CONCAT(LPAD(HEX(${run}), 8, '0'), '000180018000', LPAD(HEX(seq), 4, '0'), '00000007')), 1, 4930100000 + seq,
        ${rawId(id)}, ${run}, 1, seq, 1, 2, 0, seq DIV 3, 1, 1, NOW(6), NOW(6), NOW(6) - INTERVAL 70 - seq SECOND FROM seq_1_to_10`);
  const { page } = await open(id), said = text(page.body);
  assert.match(said, /Calls now Dialling 3 Ringing 3 In a call 2 Retries 4 Callbacks 2 /);
  const calls = [...page.body.matchAll(/<th scope="row">(\+[^<]*)<\/th><td>([^<]*)</g)].map(m => m.slice(1));
  assert.equal(calls.length, 5);
  assert.match(calls[0].join(' '), /^\+4930\*\*\*\*10 1:0[0-3]$/, 'the newest, masked');
  assert.match(said, /Outcomes .* Completed 6 75% Busy 2 25% /);
  const idle = (await open(addCampaign({ name: 'Over', status: 'completed' }))).page.body;
  assert.doesNotMatch(idle, /Calls now|>Outcomes</);
});

test('its calls of the last hour are a chart and a table of minutes', async () => {
  const id = addCampaign({ name: 'Charted', status: 'running' }), run = runOf(id);
  sql(`SET @now = UNIX_TIMESTAMP() DIV 60;
    INSERT INTO run_minute (run_id, minute, slot, ended, answered, handled, ring_ms, talk_ms) VALUES
      (${run}, @now - 2, 0, 10, 4, 4, 50000, 80000), (${run}, @now - 2, 1, 6, 2, 2, 30000, 40000), (${run}, @now - 1, 0, 4, 4, 3, 40000, 30000),
      (${run}, @now - 70, 0, 99, 99, 99, 0, 0)`);
  const { page } = await open(id), said = text(page.body);
  assert.match(said, /Finished in 60 minutes 20 Picked up in 60 minutes 10 Average ring time 6 s Average talk time 16 s /);
  assert.match(page.body, /aria-label="Calls that ended in each minute from \d\d:\d\d to \d\d:\d\d: 20 in all, 10 picked up, at most 16 in a minute"/);
  assert.equal(page.body.match(/<rect class="missed"/g).length, 2, 'a minute without calls is a gap');
  assert.match(page.body, /<rect class="missed" x="9[4-6]\.\d%" y="20\.0%" width="1\.3%" height="80\.0%"\/><rect class="answered" x="9[4-6]\.\d%" y="70\.0%"/);
  const rows = [...page.body.matchAll(/<th scope="row">(\d\d:\d\d)<\/th><td>(\d+)<\/td><td>(\d+)</g)].map(m => m.slice(2).join());
  assert.deepEqual(rows, ['16,6', '4,4']);
});
