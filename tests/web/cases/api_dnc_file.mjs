// The API: files of numbers that are added to a do-not-call list or replace it.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { makeDatabase, sql, startWeb, stopAll, uploadDir } from '../bed.mjs';
import { Client, description, makeKey, refused } from '../api_bed.mjs';
import { ask } from '../fcgi.mjs';

const CSV = { 'content-type': 'text/csv' };
let web, api, client, list, theirs;
before(async () => {
  makeDatabase();
  web = await startWeb();
  api = await description(web);
  client = new Client(web, makeKey(web, 'read,settings').key, api);
  list = (await client.post('/do-not-call', { name: 'National', kind: 'national', max_age: 30 })).json.id;
  const others = new Client(web, makeKey(web, 'settings', { as: 'admin@two.test' }).key, api);
  theirs = (await others.post('/do-not-call', { name: 'Theirs', kind: 'other' })).json.id;
});
after(stopAll);

const put = (at, file, by = client, headers = CSV) => by.ask('PUT', `/do-not-call/${at}`, file, headers);
const numbers = async () => (await client.get(`/do-not-call/${list}/numbers`)).json.numbers.map(n => [n.phone_number, n.reason]);
const bars = async phone => (await client.post('/do-not-call/lookup', { phone_numbers: [phone] })).json.numbers[0].barred;

test('a file is added to a list, and what became of it can be read', async () => {
  refused(await client.get(`/do-not-call/${list}/file`), 404, /No file was read into this list/);
  const got = await put(`${list}/file`, 'phone_number,reason\n07700900001,asked\n07700900001,\n12,\n07700900002,\n');
  assert.equal(got.status, 200, got.body);
  const { id, created_at, ended_at, ...rest } = got.json;
  assert.deepEqual(rest, { replaces: false, state: 'done', name: 'numbers.csv', rows: 4, numbers: 2, rejected: 1, duplicate: 1,
    added: 2, created_by: 'admin one' });
  assert.ok(id > 0 && created_at <= ended_at);
  assert.deepEqual((await client.get(`/do-not-call/${list}/file`)).json, got.json);
  assert.deepEqual(await numbers(), [['+447700900001', 'asked'], ['+447700900002', '']]);
  assert.equal((await client.get(`/do-not-call/${list}`)).json.stale, false);
  const rows = await client.get(`/do-not-call/${list}/file/rejected`);
  assert.match(rows.body, /^\ufeffphone_number,reason,line,reason\r?\n12,,4,"?\w/);
  assert.deepEqual(readdirSync(uploadDir), [], 'the file is gone');
  assert.equal(sql('SELECT actor, action FROM audit ORDER BY id DESC LIMIT 1'), 'API key Test\timport to do-not-call list');
});

test('a file replaces a list only where that is asked for', async () => {
  assert.equal((await put(`${list}/file`, 'phone_number\n07700900003\n')).json.added, 1);
  assert.equal(await bars('07700900001'), true);
  const got = await put(`${list}/file?replace=yes`, 'phone_number\n07700900004\n');
  assert.deepEqual([got.json.replaces, got.json.rows], [true, 1]);
  assert.deepEqual(await numbers(), [['+447700900004', '']]);
  assert.deepEqual([await bars('07700900001'), await bars('07700900004')], [false, true]);
  refused(await client.get(`/do-not-call/${list}/file/rejected`), 404, /No row of this file was rejected/);
});

test('a file that is wrong changes nothing, and says where', async () => {
  refused(await put(`${list}/file?replace=yes`, 'phone\n07700900005\n'), 422, /phone_number/);
  assert.equal((await client.get(`/do-not-call/${list}/file`)).json.state, 'failed');
  assert.deepEqual(await numbers(), [['+447700900004', '']]);
  refused(await put(`${list}/file`, ''), 422, /empty/);
  refused(await put(`${list}/file`, 'phone_number\n1', client, { 'content-type': 'application/json' }), 415, /only text\/csv/);
  refused(await put(`${list}/file?replaces=yes`, 'phone_number\n07700900005\n'), 400, /nearest is “replace”/);
  refused(await put(`${list}/file`, 'phone_number\n1', client, { ...CSV, 'idempotency-key': 'f-1' }), 400, /takes no Idempotency-Key/);
  assert.deepEqual(readdirSync(uploadDir), []);
});

test('the own list takes a file, before it was ever used', async () => {
  refused(await client.get('/do-not-call/own/file'), 404, /No file/);
  assert.equal((await put('own/file', 'phone_number\n07700900009\n')).status, 200);
  assert.equal((await client.get('/do-not-call/own/file')).json.added, 1);
});

test('who may not, and another workspace’s list', async () => {
  const excluder = new Client(web, makeKey(web, 'read,exclude').key, api);
  refused(await put(`${list}/file`, 'phone_number\n07700900008\n', excluder), 403, /settings/);
  assert.equal((await excluder.get(`/do-not-call/${list}/file`)).status, 200);
  for (const at of [theirs, 0, 'x', 99999]) {
    refused(await put(`${at}/file`, 'phone_number\n07700900008\n'), 404, /no such do-not-call list/);
    refused(await client.get(`/do-not-call/${at}/file`), 404, /no such do-not-call list/);
    refused(await client.get(`/do-not-call/${at}/file/rejected`), 404, /no such do-not-call list/);
  }
  const asked = await ask(web.socket, { method: 'PUT', path: `/api/v1/do-not-call/${list}/file`,
    headers: { ...CSV, authorization: `Bearer ${client.key}` }, env: { OUTDIAL_ASKED_FIRST: '1', CONTENT_LENGTH: 1000 } });
  assert.equal(asked.status, 204);
  assert.equal(await bars('07700900008'), false);
});
