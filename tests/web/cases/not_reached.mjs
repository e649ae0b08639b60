// A new campaign of the contacts that a run did not reach.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { Browser, LIST, addCalled, addCampaign, makeDatabase, rawId, runOf, sql, startWeb, stopAll, until } from '../bed.mjs';

let web, b;
before(async () => {
  makeDatabase();
  web = await startWeb();
  b = await new Browser(web).signIn('supervisor@one.test');
});
after(stopAll);

const listOf = id => sql(`SELECT list_id FROM segment WHERE campaign_id = ${rawId(id)} AND seg = 1`);
const lasts = id => sql(`SELECT GROUP_CONCAT(CAST(RIGHT(phone, 2) AS SIGNED) ORDER BY ordinal) FROM contact WHERE list_id = ${listOf(id)}`);
const made = got => /\/dashboard\/campaigns\/(\w{10})$/.exec(got.headers.location ?? '')?.[1];
const press = (id, once = 'a', run = 1, who = b) => who.post(`${LIST}/${id}/not-reached?run=${run}&once=${once}`);
const end = (id, rest = 1) => sql(`UPDATE run SET rest = ${rest}, ended_at = NOW(6) WHERE id = ${runOf(id)};
  UPDATE campaign SET status = ${rest === 4 ? 4 : 3}, completed_at = NOW(6) WHERE id = ${rawId(id)}`);
// Ordinals in every state: 1 completed, 2 retry, 3 exhausted, 4 abandoned, 5 voicemail, 6 invalid, 7 excluded, 8 spoke
// once, 9 taken back, 10 on a do-not-call list, 11 excluded by name, 12 erased; the others were never called.
function addEnded(name, contacts = 16) {
  const id = addCalled(name, contacts), run = runOf(id), list = listOf(id);
  sql(`INSERT INTO run_contact (run_id, seg, ordinal, state, class, seq, tries, spoke, outcome) VALUES (${run}, 1, 3, 5, 2, 1, 1, 0, 2),
      (${run}, 1, 4, 6, 2, 1, 1, 0, 8), (${run}, 1, 5, 7, 2, 1, 1, 0, 7), (${run}, 1, 6, 8, 2, 1, 1, 0, 6),
      (${run}, 1, 7, 9, 2, 0, 0, 0, 0), (${run}, 1, 8, 5, 2, 2, 2, 1, 2);
    UPDATE run_contact SET spoke = 1 WHERE run_id = ${run} AND ordinal = 1;
    UPDATE contact SET gone = 1 WHERE list_id = ${list} AND ordinal = 9;
    UPDATE contact SET phone = '' WHERE list_id = ${list} AND ordinal = 12;
    UPDATE contact SET vars = '{"name":"Ann"}', external_id = 'crm/3', written = '030 1', country = 'DE' WHERE list_id = ${list} AND ordinal = 3;
    INSERT IGNORE INTO dnc_list (id, workspace_id, name, kind, load_id, created_at, created_by) VALUES (9, 1, 'TPS', 2, 7, NOW(6), 'Ann');
    INSERT IGNORE INTO dnc (workspace_id, phone, list_id, load_id, at, reason, added_by) VALUES (1, '49301000010', 9, 7, NOW(6), '', 'Ann');
    INSERT INTO exclusion (set_id, campaign_id, phone, reason, at, barred, added_by)
      VALUES (${rawId(id)}, ${rawId(id)}, '49301000011', '', NOW(6), 1, 'Ann')`);
  return id;
}

test('the draft has those who did not speak and may be called, as they were', async () => {
  const id = addEnded('Spring');
  end(id, 3);
  const got = await press(id), fresh = made(got);
  assert.deepEqual([got.status, fresh !== id], [303, true]);
  assert.equal(lasts(fresh), '2,3,4,5,13,14,15,16');
  assert.equal(sql(`SELECT CONCAT_WS('|', vars, external_id, written, country) FROM contact WHERE list_id = ${listOf(fresh)} AND ordinal = 2`),
    '{"name":"Ann"}|crm/3|030 1|DE');
  assert.equal(sql(`SELECT external_id FROM contact_external WHERE list_id = ${listOf(fresh)} AND part = 0 AND ordinal = 2`), 'crm/3');
  assert.equal(sql(`SELECT CONCAT_WS(' ', c.name, c.status, c.runs, c.bot_id, s.upto, p.n, l.refs) FROM campaign c JOIN segment s ON s.campaign_id = c.id
    AND s.seg = 1 JOIN list_part p ON p.list_id = s.list_id JOIN contact_list l ON l.id = s.list_id WHERE c.id = ${rawId(fresh)}`), 'Spring (copy) 0 0 1 8 8 1');
  assert.equal(sql(`SELECT number_id FROM campaign_number WHERE campaign_id = ${rawId(fresh)}`), '1');
  assert.equal(sql(`SELECT became FROM audit WHERE campaign_id = ${rawId(fresh)}`), `{"from":"${id}","run":1,"contacts":8}`);
  assert.equal(sql(`SELECT CONCAT_WS(' ', state, name, good) FROM upload WHERE campaign_id = ${rawId(fresh)}`), `2 Not reached in run 1 of ${id} 8`);
  const page = await b.get(`${LIST}/${fresh}`);
  assert.match(page.body, /Campaign created/);
  assert.match((await b.get(`${LIST}/${fresh}/contacts`)).body, /\+49301000016/);
  assert.equal((await b.get(`${LIST}/${fresh}/activity`)).status, 200);
  assert.equal((await b.get(`${LIST}/${fresh}/edit/contacts`)).status, 200);
});

test('a second press, also at once, leads to the same campaign', async () => {
  const id = addEnded('Twice');
  end(id);
  const [one, two] = await Promise.all([press(id, 'x'), press(id, 'x')]);
  assert.ok(made(one));
  assert.deepEqual([made(two), made(await press(id, 'x')), made(await press(id, 'x', 1, await new Browser(web).signIn('admin@one.test')))],
    [made(one), made(one), made(one)]);
  assert.equal(sql(`SELECT COUNT(*) FROM campaign WHERE name LIKE 'Twice%'`), '2');
  assert.equal(sql(`SELECT COUNT(*) FROM contact_list WHERE refs = 0 AND dying = 0`), '0', 'what was made twice is given up');
  assert.notEqual(made(await press(id, 'y')), made(one), 'another page is another order');
});

test('of a number that stands twice the last one counts, and none if it spoke', async () => {
  const id = addCalled('Doubles', 8), run = runOf(id);
  sql(`UPDATE contact SET phone = '49301000004' WHERE list_id = ${listOf(id)} AND ordinal IN (5, 8);
    UPDATE contact SET phone = '49301000001' WHERE list_id = ${listOf(id)} AND ordinal = 6;
    UPDATE run_contact SET spoke = 1 WHERE run_id = ${run} AND ordinal = 1;
    INSERT INTO list_part SELECT own_list, 1, '', 1 FROM campaign WHERE id = ${rawId(id)};
    INSERT INTO contact (list_id, part, ordinal, phone) SELECT own_list, 1, 1, '49301000003' FROM campaign WHERE id = ${rawId(id)};
    INSERT INTO run_cursor (run_id, seg, list_id, part, zone, upto, prio, next_ordinal)
      SELECT ${run}, 2, own_list, 1, '', NULL, 4, 1 FROM campaign WHERE id = ${rawId(id)}`);
  end(id);
  assert.equal(lasts(made(await press(id))), '2,7,4,3');
});

test('it is refused in words', async () => {
  const running = addCalled('Running'), nobody = addCalled('Nobody', 2), draft = addCampaign({ name: 'Draft' });
  let got = await press(running);
  assert.deepEqual([got.status, /The run has not ended/.test(got.body)], [409, true]);
  sql(`UPDATE run_contact SET state = 9 WHERE run_id = ${runOf(nobody)}`);
  end(nobody);
  got = await press(nobody);
  assert.deepEqual([got.status, /There is nobody to call/.test(got.body)], [409, true]);
  assert.equal(sql(`SELECT COUNT(*) FROM contact_list WHERE refs = 0 AND dying = 0`), '0');
  assert.equal(sql(`SELECT COUNT(*) FROM upload WHERE state = 1`), '0');
  for (const [id, run, status] of [[draft, 1, 404], [nobody, 2, 404], [nobody, 'x', 422], [addCampaign({ ws: 2, status: 'completed' }), 1, 404]])
    assert.equal((await press(id, 'a', run)).status, status, `${id} ${run}`);
  assert.equal((await press(nobody, 'a', 1, await new Browser(web).signIn('viewer@one.test'))).status, 403);
});

test('the pages of an ended run have the button, for who may use it', async () => {
  const id = addEnded('Buttons'), has = async (who, path) => /formaction="[^"]*\/not-reached\?run=1&amp;once=\d+"/.test((await who.get(`${LIST}/${id}${path}`)).body);
  const viewer = await new Browser(web).signIn('viewer@one.test');
  assert.deepEqual([await has(b, '/runs'), await has(b, '/contacts')], [false, false]);
  end(id);
  assert.deepEqual([await has(b, '/runs'), await has(b, '/contacts'), await has(viewer, '/runs'), await has(viewer, '/contacts')], [true, true, false, false]);
});

test('a worker that dies meanwhile leaves no campaign, and the same press makes it', async () => {
  const id = addEnded('Killed', 100000), own = await startWeb(), who = await new Browser(own).signIn('supervisor@one.test');
  const children = pid => execFileSync('pgrep', ['-P', pid], { encoding: 'utf8' }).trim().split('\n');
  end(id);
  const lost = press(id, 'k', 1, who).catch(() => 'lost');
  await until('some are copied', () => sql(`SELECT COUNT(*) FROM upload u JOIN list_part p USING (list_id) WHERE u.state = 1 AND p.n > 3000`) === '1');
  for (const pid of children(own.pid).flatMap(children)) process.kill(Number(pid), 'SIGKILL');
  assert.equal(await lost, 'lost');
  assert.equal(sql(`SELECT COUNT(*) FROM campaign WHERE name LIKE 'Killed%'`), '1');
  await own.stop();
  const fresh = made(await press(id, 'k'));
  assert.equal(sql(`SELECT COUNT(*) FROM contact WHERE list_id = ${listOf(fresh)}`), String(100000 - 8));
  assert.equal(sql(`SELECT COUNT(*) FROM contact WHERE list_id = ${listOf(fresh)} AND ordinal > ${100000 - 8}`), '0', 'numbered without a gap');
});

test('a press on an old page does not bring back what was deleted', async () => {
  const id = addEnded('Gone again');
  end(id);
  const draft = made(await press(id, 'x'));
  const admin = await new Browser(web).signIn('admin@one.test');
  assert.equal((await admin.post(`${LIST}/${draft}/delete?from=draft`, { confirm: '1' })).status, 303);
  assert.equal(made(await press(id, 'x')), undefined);
  assert.equal(sql(`SELECT COUNT(*) FROM campaign WHERE name LIKE 'Gone again%'`), '1');
  assert.ok(made(await press(id, 'y')), 'a new page makes another one');
});
