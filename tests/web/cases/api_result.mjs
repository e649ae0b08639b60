// What bots report of calls, by the API.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { addCampaign, makeDatabase, rawId, sql, startWeb, stopAll, until } from '../bed.mjs';
import { Client, NONCE, addLive, callId, description, makeKey, refused, runOf } from '../api_bed.mjs';

const NO_ANSWER = 2, VOICEMAIL = 7, RETRY = 2;
let web, api, client;
before(async () => {
  makeDatabase();
  web = await startWeb();
  api = await description(web);
  client = new Client(web, makeKey(web, 'result').key, api);
});
after(stopAll);

// A call of contact 'ordinal' that has ended; the contact waits for a retry.
function addEnded(id, ordinal, outcome = NO_ANSWER) {
  const run = runOf(id);
  sql(`INSERT INTO attempt (run_id, seg, ordinal, seq, nonce, phone, carrier_id, number_id, slot, sent_at, outcome, counted)
      VALUES (${run}, 1, ${ordinal}, 1, ${NONCE}, '4930${1000000 + ordinal}', 1, 1, 0, NOW(6), ${outcome}, 1);
    INSERT INTO run_contact SET run_id=${run}, seg=1, ordinal=${ordinal}, state=${RETRY}, class=2, due_at='2030-01-01', seq=1,
      tries=1, outcome=${outcome};
    INSERT INTO due VALUES (${run}, 2, '2030-01-01', 1, ${ordinal})`);
  return callId(run, ordinal);
}
const stored = call => {
  const [run, seg, seq] = [call.slice(0, 8), call.slice(9, 13), call.slice(15, 18)].map(t => parseInt(t, 16));
  return sql(`SELECT disposition, answered_by, opt_out, talk_ms, recording, body, reports FROM call_result
    WHERE run_id=${run} AND seg=${seg} AND seq=${seq} AND ordinal=${Number(BigInt(`0x${call.slice(19).replace('-', '')}`) >> 30n & 0xffffffffn)}`);
};
const report = (call, body, by = client) => by.post(`/attempts/${call}/result`, body);

test('a report before the call ends is kept, and the next one replaces it whole', async () => {
  const call = addLive(addCampaign({ name: 'Before', status: 'running' }), 1);
  const data = '{"n": 12345678901234567890, "at": [1.50, "}\\"]"], "ok": null}';
  const got = await report(call, `{"disposition":"interested","answered_by":"human","talk_ms":4200,
    "recording":"https://bot.test/r/1", "data" : ${data} ,"opt_out":false}`);
  assert.deepEqual([got.status, got.json], [200, { has_ended: false, changed: false }], got.body);
  assert.equal(stored(call), `interested\t1\t0\t4200\thttps://bot.test/r/1\t${data}\t1`, 'the data as they were sent');
  assert.equal((await report(call, { disposition: 'refused', callback_at: null })).status, 200);
  assert.equal(stored(call), 'refused\t0\t0\tNULL\t\tNULL\t2');
  for (const [text, kept] of [['"a"', '"a"'], ['7', '7'], ['[[],{}]', '[[],{}]'], ['true', 'true'], ['null', 'null']]) {
    assert.equal((await report(call, `{"data":${text}}`)).status, 200, text);
    assert.equal(stored(call).split('\t')[5], kept === 'null' ? 'null' : kept);
  }
});

test('a report waits for an erasure of its number, and keeps no link then', async t => {
  const id = addCampaign({ name: 'Erased', status: 'running' }), call = addEnded(id, 7), run = runOf(id);
  const erasure = spawn('mariadb', ['--no-defaults', '-S', process.env.MARIADB_SOCKET, '-u', 'root', '-N', '-n', sql('SELECT DATABASE()')],
    { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => erasure.kill());
  erasure.stdin.write(`BEGIN; UPDATE attempt SET phone = '' WHERE run_id = ${run} AND ordinal = 7; SELECT 1;\n`);
  await once(erasure.stdout, 'data');
  const reported = report(call, { disposition: 'sold', recording: 'https://bot.test/r/7' });
  await until('the report waits', () => sql(`SELECT COUNT(*) FROM information_schema.processlist
    WHERE info LIKE 'SELECT phone FROM attempt%SHARE MODE'`) === '1');
  erasure.stdin.end('COMMIT;\n');
  assert.equal((await reported).status, 200);
  assert.equal(stored(call), 'sold\t0\t0\tNULL\t\tNULL\t1');
});

test('a report after the call changes what follows, once', async () => {
  const id = addCampaign({ name: 'After', status: 'running' });
  sql(`UPDATE campaign SET callbacks = 1, retry_on = ${1 << NO_ANSWER | 1 << VOICEMAIL} WHERE id = ${rawId(id)}`);
  const call = addEnded(id, 1);
  const body = { callback_at: new Date(Date.now() + 86400e3).toISOString() };
  const one = await report(call, body);
  assert.deepEqual([one.status, one.json], [200, { has_ended: true, changed: true }], one.body);
  assert.equal(sql(`SELECT state FROM run_contact WHERE run_id=${runOf(id)} AND ordinal=1`), '3', 'a callback is scheduled');
  const two = await report(call, body);
  assert.deepEqual([two.status, two.json.changed], [200, false]);
  assert.equal(stored(call).split('\t').at(-1), '2');
});

test('an opt-out puts the number on the list of the workspace, with reason and who added it', async () => {
  const call = addEnded(addCampaign({ name: 'Out', status: 'running' }), 5);
  assert.equal((await report(call, { opt_out: true })).status, 200);
  const { key } = makeKey(web, 'read'), reader = new Client(web, key, api);
  const { numbers } = (await reader.get('/do-not-call/own/numbers')).json;
  assert.deepEqual(numbers.map(n => [n.phone_number, n.reason, n.added_by, n.until]), [['+49301000005', 'Asked in a call.', 'admin one', null]]);
});

test('what is wrong is named', async () => {
  const call = addLive(addCampaign({ name: 'Wrong', status: 'running' }), 2);
  const cases = [
    [{ disposition: 'Call Later!' }, /word of a-z/, '#/disposition'],
    [{ callback_at: 'tomorrow' }, /date and time/, '#/callback_at'],
    [{ answered_by: 'dog' }, /unknown, human, machine or screening/, '#/answered_by'],
    [{ talk_ms: '1' }, /must be a number/, '#/talk_ms'],
    [{ recording: 'http://x/' }, /https/, '#/recording'],
    [{ data: 'x'.repeat(9000) }, /8192/, '#/data'],
    [{ datum: 1 }, /nearest is “data”/, '#/datum'],
    [{ disposition: 5 }, /string of JSON/, '#/disposition'],
  ];
  for (const [body, detail, pointer] of cases) refused(await report(call, body), 422, detail, pointer);
  refused(await report(call), 400, /no body/);
  assert.equal(stored(call), '');
});

// The address of a call, made as the program makes it.
function signed(call, ws = 1) {
  const plain = Buffer.from(call.replaceAll('-', '') + ws.toString(16).padStart(8, '0'), 'hex');
  const secret = Buffer.from(sql('SELECT HEX(secret) FROM installation'), 'hex');
  return plain.toString('hex') + createHmac('sha256', secret).update('call result\0').update(plain).digest('hex');
}
const bySignature = (token, body) => new Client(web, null, api).post(`/results/${token}`, body);

test('whoever knows the address of a call reports its result, by the same rules', async () => {
  const live = addLive(addCampaign({ name: 'Signed', status: 'running' }), 21), token = signed(live);
  const got = await bySignature(token, { disposition: 'interested', talk_ms: 4200 });
  assert.deepEqual([got.status, got.json], [200, { has_ended: false, changed: false }], got.body);
  assert.equal(stored(live), 'interested\t0\t0\t4200\t\tNULL\t1');
  refused(await bySignature(token, { datum: 1 }), 422, /nearest is “data”/, '#/datum');
  const id = addCampaign({ name: 'Signed later', status: 'running' }), call = addEnded(id, 22);
  sql(`UPDATE campaign SET callbacks = 1, retry_on = ${1 << NO_ANSWER} WHERE id = ${rawId(id)}`);
  const body = { callback_at: new Date(Date.now() + 86400e3).toISOString(), opt_out: false };
  assert.deepEqual((await bySignature(signed(call), body)).json, { has_ended: true, changed: true });
  assert.deepEqual((await bySignature(signed(call), body)).json.changed, false, 'once');
  assert.equal((await bySignature(signed(call), { opt_out: true })).status, 200);
  assert.equal(sql(`SELECT added_by FROM dnc WHERE phone='49301000022'`), 'Bot');
});

test('an address that was changed, is foreign or names no call is not there, and no log has it', async () => {
  const call = addLive(addCampaign({ name: 'Unsigned', status: 'running' }), 23), token = signed(call);
  const theirs = addLive(addCampaign({ ws: 2, name: 'Signed theirs', status: 'running' }), 24, 2);
  const changed = Array.from({ length: token.length }, (_, i) => token.slice(0, i) + (token[i] === '0' ? '1' : '0') + token.slice(i + 1));
  const wrong = [...changed, token.slice(2), `${token}00`, 'x', token.slice(0, 40), signed(theirs, 1), signed(call, 2),
    signed(callId(runOf(addCampaign({ name: 'None', status: 'running' })), 9)), '0'.repeat(token.length)];
  for (const at of wrong) refused(await bySignature(at, { disposition: 'x' }), 404, /no such call/);
  assert.equal(stored(call) + stored(theirs), '');
  assert.equal((await bySignature(signed(theirs, 2), { disposition: 'x' })).status, 200);
  assert.ok(!web.log().includes(token.slice(-64)) && web.log().includes('POST /api/v1/results/:token 404'));
});

test('the address is told to keys that may report, with attempts and events', async () => {
  const id = addCampaign({ name: 'Told', status: 'running', contacts: 40 }), ended = addEnded(id, 31), live = addLive(id, 32), queued = addLive(id, 33);
  sql(`UPDATE live_call SET state = 0 WHERE id = UNHEX('${queued.replaceAll('-', '')}')`);
  sql(`DELETE FROM event; INSERT INTO event_seq SET workspace_id = 1, next = 5 ON DUPLICATE KEY UPDATE next = 5;
    INSERT INTO event (workspace_id, seq, kind, at, campaign_id, run_id, seg, ordinal, attempt, call_id)
      SELECT 1, seq + 1, seq, NOW(6), ${rawId(id)}, ${runOf(id)}, 1, 32, 1, UNHEX('${live.replaceAll('-', '')}') FROM seq_0_to_3`);
  const may = new Client(web, makeKey(web, 'read,result').key, api), reader = new Client(web, makeKey(web, 'read').key, api);
  const url = call => call && `http://127.0.0.1/api/v1/results/${signed(call)}`;
  const all = async by => [
    ...(await by.get(`/campaigns/${id}/attempts`)).json.attempts, ...(await by.get(`/campaigns/${id}/calls`)).json.attempts,
    ...(await by.get(`/campaigns/${id}/contacts/1-31`)).json.attempts].map(a => a.result_url);
  assert.deepEqual(await all(may), [ended, live, null, ended].map(url));
  assert.deepEqual(await all(reader), [null, null, null, null]);
  const events = async by => (await by.get('/events')).json.events.map(e => [e.type, e.data.result_url]);
  const kinds = ['ringing', 'answered', 'joined', 'finished'].map(k => `attempt.${k}`);
  assert.deepEqual(await events(may), kinds.map((k, n) => [k, n ? url(live) : undefined]));
  assert.deepEqual(await events(reader), kinds.map(k => [k, undefined]));
  assert.equal((await bySignature(url(ended).split('/').pop(), { disposition: 'x' })).status, 200);
});

test('an address takes so many reports a minute', async () => {
  const one = addLive(addCampaign({ name: 'Often', status: 'running' }), 25), token = signed(one), other = addEnded(addCampaign({ name: 'Seldom', status: 'running' }), 26);
  let got;
  for (let i = 0; i < 42 && got?.status !== 429; i++) got = await bySignature(token, { disposition: 'x' });
  refused(got, 429, /takes 20 requests a minute/);
  assert.ok(got.headers['retry-after'] >= 1);
  assert.equal((await bySignature(signed(other), { disposition: 'x' })).status, 200, 'another call is another matter');
  assert.equal((await report(one, { disposition: 'y' })).status, 200, 'and so is a key');
});

test('a call that is not there, of another workspace or of another campaign takes no report', async () => {
  const mine = addCampaign({ name: 'Mine', status: 'running' }), other = addCampaign({ name: 'Other', status: 'running' });
  const theirs = addCampaign({ ws: 2, name: 'Theirs', status: 'running' });
  const body = { disposition: 'x' }, theirCall = addLive(theirs, 9, 2);
  for (const call of [callId(runOf(mine), 3), theirCall, '00000000-0000-0000-0000-000000000000', 'nothing', callId(4e9, 1)])
    refused(await report(call, body), 404, /no such call/);
  assert.equal(stored(theirCall), '');
  const only = new Client(web, makeKey(web, 'result', { campaign: mine }).key, api);
  const own = addLive(mine, 6), live = addLive(other, 7), ended = addEnded(other, 8);
  assert.equal((await report(own, body, only)).status, 200);
  for (const call of [live, ended]) {
    refused(await report(call, body, only), 403, /another campaign/);
    assert.equal(stored(call), '');
  }
  assert.equal((await report(live, body)).status, 200, 'a key of all campaigns reports');
});
