// A file with contacts that comes by the API: taken from the line, told of, and
// only for a campaign that may have it.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { addCampaign, makeDatabase, rawId, sql, startWeb, stopAll, uploadDir } from '../bed.mjs';
import { API, Client, description, makeKey, refused } from '../api_bed.mjs';

const FILE = 'phone_number\n+447911123456\n', CSV = { 'content-type': 'text/csv; charset=utf-8' };
let web, api, client;
before(async () => {
  makeDatabase();
  web = await startWeb();
  api = await description(web);
  client = new Client(web, makeKey(web, 'read,edit').key, api);
});
after(stopAll);

const put = (id, file = FILE, headers = {}) => client.ask('PUT', `/campaigns/${id}/contacts`, file, { ...CSV, ...headers });
const uploads = id => Number(sql(`SELECT COUNT(*) FROM upload WHERE for_campaign = ${rawId(id)}`));
const files = () => readdirSync(uploadDir).filter(name => /^[0-9a-f]{32}$/.test(name));

test('a file is taken as it is, and its reading can be followed', async () => {
  const id = addCampaign({ name: 'File' }), had = files();
  const got = await put(id);
  assert.equal(got.status, 202, got.body);
  const { id: upload, state, size, taken, rows } = got.json;
  assert.deepEqual([state, size, taken, rows], ['waiting', FILE.length, false, 0]);
  assert.equal(got.headers.location, `${API}/campaigns/${id}/uploads/${upload}`);
  const [file] = files().filter(name => !had.includes(name));
  assert.equal(readFileSync(`${uploadDir}/${file}`, 'utf8'), FILE);
  refused(await put(id), 409, /Another file for this campaign is being read/);
  const at = `/campaigns/${id}/uploads/${upload}`;
  sql(`UPDATE upload SET state = 3, problem = 'Line 2 is wrong.', rows_done = 1, rejected = 1, ended_at = NOW(6) WHERE id = ${upload}`);
  const { json } = await client.get(at);
  assert.deepEqual([json.state, json.problem, json.rows, json.rejected, json.taken], ['failed', 'Line 2 is wrong.', 1, 1, false]);
  sql(`UPDATE upload SET state = 2, problem = '', campaign_id = for_campaign, for_campaign = NULL WHERE id = ${upload}`);
  assert.deepEqual([(await client.get(at)).json.state, (await client.get(at)).json.taken], ['done', true]);
  assert.equal((await put(id)).status, 202, 'and the next file may come');
});

test('a file takes no Idempotency-Key, as nobody compares two files', async () => {
  const id = addCampaign({ name: 'Again' });
  refused(await put(id, FILE, { 'idempotency-key': 'file-1' }), 400, /takes no Idempotency-Key/);
  assert.equal(uploads(id), 0);
  assert.equal((await put(id)).status, 202);
  refused(await put(id), 409, /./);
  assert.equal(uploads(id), 1);
});

test('nothing is stored of a file that may not come', async () => {
  const draft = addCampaign({ name: 'Draft' }), running = addCampaign({ name: 'Running', status: 'running' });
  const had = files().length, all = sql('SELECT COUNT(*) FROM upload');
  refused(await put(running), 409, /draft that never ran/);
  refused(await put(draft, ''), 422, /empty/);
  for (const type of ['application/json', 'text/csvx', 'multipart/form-data; boundary=x'])
    refused(await put(draft, FILE, { 'content-type': type }), 415, /only text\/csv/);
  assert.deepEqual([files().length, sql('SELECT COUNT(*) FROM upload')], [had, all]);
});

test('a file that waits or is read is cancelled, and its campaign may have another', async () => {
  const id = addCampaign({ name: 'Cancelled' }), had = files();
  for (const state of [0, 1]) {
    const { json: { id: upload } } = await put(id), at = `/campaigns/${id}/uploads/${upload}`;
    sql(`UPDATE upload SET state = ${state} WHERE id = ${upload}`);
    const got = await client.delete(at, { 'idempotency-key': `cancel-${state}` });
    assert.equal(got.status, 204, got.body);
    assert.equal((await client.delete(at, { 'idempotency-key': `cancel-${state}` })).status, 204);
    assert.equal((await client.get(at)).json.state, 'cancelled');
    assert.deepEqual(files(), had, 'the file is gone');
    refused(await client.delete(at), 409, /already been cancelled/);
  }
  const { json: { id: upload } } = await put(id), at = `/campaigns/${id}/uploads/${upload}`;
  const reader = new Client(web, makeKey(web, 'read').key, api);
  refused(await reader.delete(at), 403, /edit/);
  refused(await client.delete(`/campaigns/${addCampaign({ name: 'Beside' })}/uploads/${upload}`), 404, /no such upload/);
  sql(`UPDATE upload SET state = 2, campaign_id = for_campaign, for_campaign = NULL WHERE id = ${upload}`);
  refused(await client.delete(at), 409, /campaign already has these contacts/);
  assert.equal((await client.get(at)).json.state, 'done');
});

test('the rejected rows are a file, with line and reason', async () => {
  const id = addCampaign({ name: 'Rejected' });
  const { json: { id: upload } } = await put(id), at = `/campaigns/${id}/uploads/${upload}`;
  refused(await client.get(`${at}/rejected`), 404, /No row of this file was rejected/);
  const pieces = ['\ufeffphone_number,line,reason\n', '12,3,"Too short, or no number."\n', 'x,4,No digits.\n'];
  sql(`UPDATE upload SET state = 2, rejected = 2 WHERE id = ${upload};
    INSERT INTO upload_reject (upload_id, n, body) VALUES ${pieces.map((p, n) => `(${upload}, ${n + 1}, '${p}')`)}`);
  const got = await client.get(`${at}/rejected`);
  assert.deepEqual([got.status, got.body], [200, pieces.join('')]);
  assert.match(got.headers['content-disposition'], /rejected\.csv/);
  const other = addCampaign({ name: 'Other rejected' });
  refused(await client.get(`/campaigns/${other}/uploads/${upload}/rejected`), 404, /no such upload/);
  const others = new Client(web, makeKey(web, 'read', { as: 'admin@two.test' }).key, api);
  refused(await others.get(`${at}/rejected`), 404, /./);
});

test('an upload of another campaign, workspace or person’s form is not there', async () => {
  const id = addCampaign({ name: 'Own' }), other = addCampaign({ name: 'Not own' });
  const { json: { id: upload } } = await put(other);
  sql(`INSERT INTO upload SET workspace_id = 1, name = 'a.csv', node = 'x', created_at = NOW(6), created_by = 'x'`);
  const form = sql('SELECT MAX(id) FROM upload');
  for (const at of [upload, form, 99999, 0, 'x', '-1'])
    refused(await client.get(`/campaigns/${id}/uploads/${at}`), 404, /no such upload/);
});
