// The API: the people of a workspace.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, LIST, PASSWORD, makeDatabase, sql, startWeb, stopAll } from '../bed.mjs';
import { Client, description, makeKey, outdial, refused } from '../api_bed.mjs';

const AT = '/users';
let web, api, client, others;
before(async () => {
  makeDatabase();
  web = await startWeb();
  api = await description(web);
  client = new Client(web, makeKey(web, 'users').key, api);
  others = new Client(web, makeKey(web, 'users', { as: 'admin@two.test' }).key, api);
});
after(stopAll);

const fine = (got, status = 200) => {
  assert.equal(got.status, status, got.body);
  return got.json;
};
const idOf = email => Number(sql(`SELECT id FROM user WHERE email='${email}'`));
const invite = async (email, more = {}, by = client, headers = {}) => by.post(AT, { email, ...more }, headers);
const audit = n => sql(`SELECT actor, action FROM audit ORDER BY id DESC LIMIT ${n}`).split('\n');
const alive = async b => (await b.get(LIST)).status === 200;

// Somebody who has accepted, with a browser that is signed in.
async function join(email, role) {
  const { link } = fine(await invite(email, { role, name: 'Joined' }), 201);
  const b = new Browser(web);
  assert.equal((await b.post(new URL(link).pathname, { name: 'Joined', password: PASSWORD })).status, 303);
  assert.ok(await alive(b));
  return { id: idOf(email), at: `${AT}/${idOf(email)}`, b };
}

test('people are listed page by page, without their secrets', async () => {
  sql(`INSERT INTO user (workspace_id, email, name, role, password_hash, created_at)
    SELECT 1, CONCAT('p', LPAD(seq, 3, '0'), '@one.test'), 'P', 0, '', NOW(6) FROM seq_1_to_150`);
  const seen = [];
  for (let at = ''; at !== null;) {
    const { json, body } = await client.get(`/users${at && `?after=${encodeURIComponent(at)}`}`);
    assert.doesNotMatch(body, /argon2|password/);
    seen.push(...json.users);
    at = json.next;
  }
  assert.equal(seen.length, 153);
  assert.equal(new Set(seen.map(u => u.id)).size, 153);
  const { id, ...admin } = seen[0];
  assert.ok(id > 0);
  assert.deepEqual(admin, { email: 'admin@one.test', name: 'admin one', role: 'admin', state: 'active', second_factor: false, version: 0 });
  assert.ok(!seen.some(u => u.email.endsWith('two.test')));
  sql(`DELETE FROM user WHERE email LIKE 'p___@one.test'`);
});

test('an invitation: its link is answered once, and again only to who repeats the request', async () => {
  const key = { 'idempotency-key': 'invite-1' };
  const got = await invite('ann@example.test', { role: 'supervisor', name: 'Ann' }, client, key), made = fine(got, 201);
  const { id, link, ...rest } = made;
  assert.deepEqual(rest, { email: 'ann@example.test', name: 'Ann', role: 'supervisor', state: 'invited', second_factor: false, version: 0 });
  assert.match(link, /^http.*\/invitation\/[\w-]{43}$/);
  assert.equal(got.headers.location, `/api/v1/users/${id}`);
  assert.equal(got.headers['cache-control'], 'no-store');
  assert.equal((await invite('ann@example.test', { role: 'supervisor', name: 'Ann' }, client, key)).body, got.body);
  const token = link.split('/').pop();
  for (const table of ['user_link', 'audit', 'user', 'idempotency'])
    assert.ok(!sql(`SELECT * FROM ${table}`).includes(token), `${table} has not the token`);
  assert.ok(!web.log().includes(token));
  assert.deepEqual(fine(await client.get(`${AT}/${id}`)), { id, ...rest });
  const b = new Browser(web);
  assert.equal((await b.post(new URL(link).pathname, { name: 'Ann', password: PASSWORD })).status, 303);
  assert.equal(fine(await client.get(`${AT}/${id}`)).state, 'active');
  assert.equal(fine(await invite('bob@example.test'), 201).role, 'viewer', 'unless another role is given');
  assert.deepEqual(audit(1), ['API key Test\tinvite user']);
});

test('a role is changed by the version that was read, and counts at the next request', async () => {
  const { at, b } = await join('carl@example.test', 'viewer');
  const newCampaign = async () => (await b.get(`${LIST}/new/basics`)).status;
  assert.equal(await newCampaign(), 403);
  const read = await client.get(at);
  const got = await client.patch(at, { role: 'supervisor' }, { 'if-match': read.headers.etag });
  assert.deepEqual([fine(got).role, got.json.name], ['supervisor', 'Joined']);
  assert.notEqual(got.headers.etag, read.headers.etag);
  assert.equal(await newCampaign(), 200);
  refused(await client.patch(at, { name: 'X' }, { 'if-match': read.headers.etag }), 412, /user has changed/);
  assert.equal(fine(await client.patch(at, { name: 'Carl' })).name, 'Carl');
});

test('who is disabled or signed out is so at once', async () => {
  const { at, b } = await join('dora@example.test', 'viewer');
  assert.equal(fine(await client.post(`${at}/disable`)).state, 'disabled');
  assert.equal(await alive(b), false);
  refused(await client.post(`${at}/disable`), 409, /already disabled/);
  assert.equal(fine(await client.post(`${at}/enable`)).state, 'active');
  await b.signIn('dora@example.test');
  assert.ok(await alive(b));
  assert.equal(fine(await client.post(`${at}/sign-out`)).state, 'active');
  assert.equal(await alive(b), false);
  fine(await client.post(`${at}/sign-out`));
  assert.deepEqual(audit(1), ['API key Test\tsign out user'], 'once');
  fine(await client.delete(at), 204);
  refused(await client.delete(at), 404, /no such user/);
  assert.equal((await new Browser(web).post('/login', { email: 'dora@example.test', password: PASSWORD })).status, 422);
});

test('by a key nobody becomes an administrator', async () => {
  refused(await invite('eve@example.test', { role: 'admin' }), 403, /nobody becomes an administrator/);
  const { id, at } = await join('fay@example.test', 'supervisor');
  refused(await client.patch(at, { role: 'admin' }), 403, /nobody becomes an administrator/);
  assert.equal(sql(`SELECT role FROM user WHERE id=${id}`), '1');
  assert.equal(idOf('eve@example.test'), 0);
  outdial(web, 'user', 'change', 'fay@example.test', '--role', 'admin', '--workspace', 'Workspace one');
  assert.equal(fine(await client.patch(at, { name: 'Fay' })).role, 'admin', 'an administrator stays one');
  assert.equal(fine(await client.patch(at, { role: 'viewer' })).role, 'viewer', 'until they are none');
});

test('a key that somebody made who is no administrator any more changes nobody', async () => {
  const { id, at } = await join('gus@example.test', 'supervisor'), { at: victim } = await join('hal@example.test', 'viewer');
  outdial(web, 'user', 'change', 'gus@example.test', '--role', 'admin', '--workspace', 'Workspace one');
  const key = new Client(web, makeKey(web, 'users', { as: 'gus@example.test' }).key, api);
  fine(await key.patch(victim, { role: 'supervisor' }));
  refused(await key.patch(at, { role: 'viewer' }), 409, /your own role/);
  refused(await key.post(`${at}/disable`), 409, /disable yourself/);
  const tries = () => [key.patch(victim, { role: 'viewer' }), key.post(`${victim}/disable`), key.delete(victim), invite('ida@example.test', {}, key)];
  for (const gone of [{ role: 'supervisor' }, 'disable', 'remove']) {
    fine(gone.role ? await client.patch(at, gone) : gone === 'remove' ? await client.delete(at) : await client.post(`${at}/disable`),
      gone === 'remove' ? 204 : 200);
    for (const got of await Promise.all(tries())) refused(got, 403, /no longer an administrator/);
    if (gone !== 'remove') sql(`UPDATE user SET role = 2, disabled_at = NULL WHERE id = ${id}`);
  }
  assert.equal(fine(await client.get(victim)).role, 'supervisor');
  const machine = JSON.parse(outdial(web, 'key', 'add', 'Machine', '--scopes', 'users', '--workspace', 'Workspace one', '--json'));
  fine(await new Client(web, machine.key, api).patch(victim, { role: 'viewer' }));
});

test('what is wrong is named, and who may not', async () => {
  const admin = `${AT}/${idOf('admin@one.test')}`, theirs = `${AT}/${idOf('admin@two.test')}`;
  for (const [body, detail, pointer] of [[{ email: 'nobody' }, /E-mail must be an address/, '#/email'], [{}, /E-mail/, '#/email'],
    [{ email: 'x@y.test', role: 'boss' }, /viewer, supervisor or admin/, '#/role'], [{ email: 'x@y.test', rolle: 'viewer' }, /nearest is “role”/, '#/rolle']])
    refused(await client.post(AT, body), 422, detail, pointer);
  refused(await invite('ADMIN@ONE.TEST'), 409, /already in use/);
  refused(await client.patch(admin, { email: 'x@y.test' }), 422, /no member “email”/, '#/email');
  refused(await new Client(web, makeKey(web, 'users', { as: 'admin@one.test' }).key, api).post(`${admin}/disable`), 409, /disable yourself/);
  const settings = new Client(web, makeKey(web, 'read,settings').key, api);
  refused(await settings.get(AT), 403, /lacks the scope “users”/);
  for (const [method, at, body] of [['GET', theirs], ['PATCH', theirs, { name: 'X' }], ['DELETE', theirs], ['POST', `${theirs}/disable`],
    ['POST', `${theirs}/sign-out`], ['GET', `${AT}/0`], ['GET', `${AT}/x`], ['GET', `${AT}/99999999999`]])
    refused(await client.ask(method, at, body), 404, /no such user/);
  assert.equal(fine(await others.get(AT)).users.length, 3);
});
