// Everybody at every door: each route of the program's own table is asked by
// each kind of caller, and what it must answer follows from the table.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Browser, HTMX, ROLES, addCampaign, makeDatabase, program, rawId, redis, sql, startWeb, stopAll,
  uploadDir } from '../bed.mjs';
import { API, Client, callId, addLive, description, makeKey, outdial } from '../api_bed.mjs';

const SCOPES = ['read', 'trigger', 'exclude', 'result', 'control', 'edit', 'settings', 'users'];
// A description, and an address that is a secret of its own.
const KEYLESS = /^\/api\/v1\/(openapi\.json|results\/:token)$/;

const routes = execFileSync(program, ['--routes'], { encoding: 'utf8' }).trim().split('\n').map(line => {
  const [method, pattern, needs, upload] = line.split(' '), scope = /^key:(.*)/.exec(needs)?.[1];
  return { method, pattern, scope, role: scope ? undefined : needs, upload: upload === 'upload',
    changes: method !== 'GET', api: pattern.startsWith(`${API}/`), ids: pattern.includes('/:'), name: `${method} ${pattern}` };
});

// An entry of each kind, by the segment before its id, in both workspaces.  Each
// has a name that must never be seen in the other one.
const WORD = { 1: 'Yankee', 2: 'Zulu' };
const PHONE = '+447700900123', DAY = { 1: '2099-12-24', 2: '2099-12-25' };
const ABSENT = { campaigns: '0000000000', batches: '0000000000', contacts: '9-9', holidays: '2099-01-01',
  attempts: callId(9999, 9) };
const NONE = 999999999;
const entries = {};

// Rule 8.1, for what changes something; the first that fits counts.
const RULES = [
  [/^\/(login(\/code)?|invitation\/:id)$/, 'anybody'], // how one becomes somebody
  [/^\/(logout|dashboard\/account\b.*)$/, 'viewer'], // the own account
  [/^\/dashboard\/settings\/do-not-call(\/:id\/numbers)?$/, 'supervisor'], // the own list; of another the handler asks
  [/^\/dashboard\/settings\/|\/delete$/, 'admin'],
  [/^\/dashboard\/(campaigns|hold|release|alarms)\b/, 'supervisor'],
];
// What stands in the query, not in the path.
const ASKED = [
  [/^\/dashboard\/settings\/users\//, 'user'], [/\/holidays\/delete$/, 'day'], [/\/do-not-call\/:id\/(delete|remove)$/, 'number'],
  [/^\/(api\/v1|dashboard)\/calls$/, 'phone_number'],
];
// Own pages that are not there, or lead on, as nothing has been begun.
const EMPTY = [[/\/(rejected\/export|file|file\/rejected|recording|transcript)$/, 404], [/^\/dashboard\/campaigns\/:id\/report$|\/attempts\/export$/, 404], [/^\/invitation\/:id$/, 404]];
// To remove one that is not there is a second press, which says that it is gone.
const AGAIN = /\/webhooks\/:id\/remove$/;
// It ends the session of who walks.
const LEAVES = /^\/logout$/;
let web, api, callers;

async function furnish(ws) {
  const word = WORD[ws], team = ws === 1 ? 'one' : 'two', as = `admin@${team}.test`;
  for (const [table, column] of [['bot', 'name'], ['carrier', 'name'], ['number', 'label'], ['user', 'name'], ['workspace', 'name']])
    sql(`UPDATE ${table} SET ${column} = CONCAT(${column}, ' ${word}') WHERE ${table === 'workspace' ? 'id' : 'workspace_id'} = ${ws}`);
  const draft = addCampaign({ ws, name: `Draft ${word}` }), running = addCampaign({ ws, name: `Running ${word}`, status: 'running' });
  const key = makeKey(web, SCOPES.join(), { as, name: word }), client = new Client(web, key.key, api);
  const make = async (at, body) => {
    const got = await client.post(at, body);
    assert.ok(got.status < 300, got.body);
    return got.json;
  };
  const list = await make('/do-not-call', { name: word, kind: 'other' });
  await make(`/do-not-call/${list.id}/numbers`, { phone_numbers: [`+44770090020${ws}`], reason: word });
  await make('/do-not-call/own/numbers', { phone_numbers: [`+44770090030${ws}`], reason: word });
  const hook = await make('/webhooks', { url: `https://${word}.example.com/`, description: word });
  await make('/events/on');
  await make('/holidays', { day: DAY[ws], name: word });
  const sent = await make(`/campaigns/${draft}/trigger`, { contacts: [{ phone_number: PHONE, external_id: word }] });
  await make(`/campaigns/${draft}/exclude`, { phone_numbers: ['+4930100000' + ws], reason: word });
  sql(`INSERT INTO upload SET workspace_id = ${ws}, name = '${word}.csv', node = 'x', state = 2, rejected = 1, campaign_id = ${rawId(draft)},
    created_at = NOW(6), created_by = '${word}'; SET @upload = LAST_INSERT_ID();
    INSERT INTO upload_reject SELECT @upload, 1, '${word}'`);
  entries[ws] = { campaigns: draft, bots: ws, carriers: ws, numbers: ws, 'do-not-call': list.id, webhooks: hook.id,
    'api-keys': key.id, contacts: sent.contacts[0].contact, batches: sent.batch_id, holidays: DAY[ws],
    uploads: sql('SELECT MAX(id) FROM upload'), attempts: addLive(running, 1, ws),
    user: sql(`SELECT id FROM user WHERE email = 'viewer@${team}.test'`),
    users: sql(`SELECT id FROM user WHERE email = 'viewer@${team}.test'`), number: `44770090020${ws}`, phone_number: `44770090020${ws}`, day: DAY[ws] };
  return client;
}

const person = (role, team = 'one') => new Browser(web).signIn(`${role}@${team}.test`);
async function endedSession() {
  const b = await person('admin'), jar = { ...b.jar };
  await b.post('/logout');
  b.jar = jar;
  return b;
}
async function oldSession() {
  const b = await person('admin');
  sql('UPDATE session SET expires_at = NOW(6) ORDER BY created_at DESC LIMIT 1');
  redis('FLUSHALL');
  return b;
}
const keyOf = (scopes, more) => makeKey(web, scopes.join(), more).key;
function revoked() {
  const { id, key } = makeKey(web, SCOPES.join());
  outdial(web, 'key', 'revoke', String(id), '--as', 'admin@one.test');
  return key;
}

before(async () => {
  makeDatabase();
  web = await startWeb({ api_requests: 1000000, secure_cookies: 'no' });
  api = await description(web);
  await furnish(1);
  const theirs = await furnish(2), admin = await person('admin');
  const asAdmin = more => ({ role: 'admin', browser: admin, ...more });
  callers = [
    { name: 'nobody' },
    { name: 'a session that was ended', browser: await endedSession() },
    { name: 'a session that is over', browser: await oldSession() },
    { name: 'a cookie of one’s own making', browser: Object.assign(new Browser(web), { jar: { outdial: `${'A'.repeat(43)}.1.2` } }) },
    ...await Promise.all(ROLES.map(async role => ({ name: role, role, browser: await person(role) }))),
    { name: 'an admin without the token of a form', ...asAdmin({ token: '' }) },
    { name: 'an admin with a made-up token', ...asAdmin({ token: '0'.repeat(128) }) },
    { name: 'an admin with the token of somebody else', ...asAdmin({ token: (await person('admin')).csrf }) },
    { name: 'an admin on a page of another site', ...asAdmin({ foreign: { origin: 'http://evil.test' } }) },
    { name: 'an admin led here by another site', ...asAdmin({ foreign: { 'sec-fetch-site': 'cross-site' } }) },
    { name: 'an admin of another workspace', role: 'admin', browser: await person('admin', 'two'), ws: 2 },
    ...SCOPES.flatMap(scope => [[scope], SCOPES.filter(s => s !== scope)])
      .map(scopes => ({ name: `a key for ${scopes}`, scopes, key: keyOf(scopes) })),
    { name: 'a key of another workspace', scopes: SCOPES, key: theirs.key, ws: 2 },
    { name: 'a key of another campaign', scopes: SCOPES, key: keyOf(SCOPES, { campaign: addCampaign() }), campaign: 'another' },
    { name: 'a key of this campaign', scopes: SCOPES, key: keyOf(SCOPES, { campaign: entries[1].campaigns }), campaign: 'this' },
    { name: 'a key that is over', key: keyOf(SCOPES, { expires: '2020-01-01T00:00:00Z' }) },
    { name: 'a key that was revoked', key: revoked() },
    { name: 'a key that is none', key: `od_${'x'.repeat(43)}` },
  ].map(who => ({ ws: 1, browser: new Browser(web), ...who, client: new Client(web, who.key, api) }));
});
after(stopAll);

// What a caller is answered: 'passes' for all that is left to the handler.
function expected(who, r) {
  if (r.role === 'anybody') return r.changes && !r.api && who.foreign ? 'denied' : 'passes';
  if (!(r.api ? who.scopes : who.role)) return 'unknown';
  if (r.api && !who.scopes.includes(r.scope)) return 'denied';
  if (r.api && who.campaign && !(who.campaign === 'this' && r.pattern.includes('/:campaign'))) return 'denied';
  if (!r.api && ROLES.indexOf(who.role) < ROLES.indexOf(r.role)) return 'denied';
  if (!r.api && r.changes && (who.foreign || who.token !== undefined)) return 'denied';
  if (who.ws === 1 || !r.ids) return 'passes';
  return AGAIN.test(r.pattern) ? 'again' : 'absent';
}

// A request that lacks nothing, so that only who sends it can be wrong with it.
const MEMBERS = { phone_number: PHONE, phone_numbers: [PHONE], contacts: [{ phone_number: PHONE }], name: 'Walk',
  day: '2099-12-31', url: 'https://walk.example.com/', description: 'Walk', disposition: 'walk', reason: 'Walk' };
const FORM = { confirm: '1', go: 'next', phone: PHONE, name: 'Walk', day: '2099-12-31', on: 'yes' };
const FILE = 'phone_number\n+447700900123\n';

function bodyOf(r) {
  if (r.upload) return FILE;
  const { requestBody } = api.paths[r.pattern.slice(API.length).replaceAll(/:(\w+)/g, '{$1}')]?.[r.method.toLowerCase()] ?? {};
  if (!requestBody) return undefined;
  const name = requestBody.content['application/json'].schema.$ref.split('/').pop();
  return Object.fromEntries(Object.entries(MEMBERS).filter(([key]) => key in api.components.schemas[name].properties));
}

// The address, with the entries that stand in it; some stand in its query.
function fill(r, ids) {
  const at = r.pattern.replaceAll(/([\w-]+)\/:\w+/g, (_, kind) => `${kind}/${ids[kind] ?? NONE}`);
  const [, name] = ASKED.find(([pattern]) => pattern.test(r.pattern)) ?? [];
  return name ? `${at}?${name}=${ids[name] ?? NONE}` : at;
}

function send(who, r, ids, form = FORM, more = {}) {
  const at = fill(r, ids), { browser, client, key, token, foreign } = who;
  if (r.api && r.role !== 'anybody')
    return client.ask(r.method, at.slice(API.length), form === FORM ? bodyOf(r) : bodyOf(r) && {},
      { ...(r.upload && { 'content-type': 'text/csv' }), cookie: Object.entries(browser.jar).map(c => c.join('=')).join('; '), ...more });
  const headers = { ...(key && { authorization: `Bearer ${key}` }), ...foreign, ...more };
  if (!r.changes) return browser.get(at, headers);
  const csrf = token === undefined ? {} : { csrf: token };
  return r.upload ? browser.upload(at, FILE, { ...(form === FORM ? {} : { name: '' }), ...csrf }, headers)
    : browser.post(at, { ...form, ...csrf }, headers);
}

const sees = (who, got, about) => assert.doesNotMatch(got.body, new RegExp(WORD[3 - who.ws], 'i'), about);

const CHANGING = /^(session|api_key|idempotency|tx_mark|sign_in_try)$/; // by being asked
const tables = () => sql('SHOW TABLES').split('\n').filter(name => !CHANGING.test(name));
const stored = () => [sql(`CHECKSUM TABLE ${tables().join()} EXTENDED`), readdirSync(uploadDir).length];

// An answer without what only this request, session or address has.
const bare = (got, r, ids) => got.body.replaceAll(fill(r, ids), 'ADDRESS')
  .replace(/<code>\w{10}<|csrf" value="\w*|"request":"\w*|\d{4}-\d\d-\d\d|id="toasts"[^]*/g, '');

test('routes are unique; what changes something needs a role of rule 8.1, or a scope; each id has an entry', () => {
  assert.equal(new Set(routes.map(r => r.name)).size, routes.length);
  for (const r of routes.filter(r => !KEYLESS.test(r.pattern))) {
    assert.ok(['GET', 'POST', ...(r.api ? ['PUT', 'PATCH', 'DELETE'] : [])].includes(r.method), r.name);
    assert.ok(r.api ? SCOPES.includes(r.scope) : ['anybody', ...ROLES].includes(r.role), r.name);
    for (const [, kind] of r.pattern.matchAll(/([\w-]+)\/:/g)) assert.ok(kind in entries[1] || kind === 'invitation', r.name);
    if (r.pattern.startsWith('/dashboard/')) assert.notEqual(r.role, 'anybody', r.name);
    if (r.changes && !r.api) assert.equal(r.role, RULES.find(([pattern]) => pattern.test(r.pattern))?.[1], r.name);
  }
});

test('who is not known, or may not, is refused, and nothing is changed', async () => {
  for (const who of callers) {
    const before = stored();
    for (const r of routes) {
      const want = expected(who, r);
      if (want === 'passes') continue;
      const got = await send(who, r, entries[1]), about = `${who.name}: ${r.name}: ${got.status} ${got.body.slice(0, 300)}`;
      sees(who, got, about);
      assert.equal(got.status, { unknown: r.api ? 401 : 303, denied: 403, absent: 404, again: 303 }[want], about);
      if (want === 'unknown' && !r.api) {
        assert.match(got.headers.location, /^\/login/, about);
        assert.equal((await send(who, r, entries[1], FORM, HTMX)).status, 401, about);
      }
      if (r.api && ['unknown', 'denied'].includes(want))
        assert.equal(/error="?(\w+)/.exec(got.headers['www-authenticate'])?.[1], !who.key ? undefined
          : want === 'unknown' ? 'invalid_token' : who.campaign ? undefined : 'insufficient_scope', about);
      if (want === 'absent')
        assert.equal(bare(got, r, entries[1]), bare(await send(who, r, ABSENT), r, ABSENT), about);
    }
    assert.deepEqual(stored(), before, who.name);
  }
});

test('Nginx hears the same before it takes a file from the line', async () => {
  const before = stored();
  for (const who of callers)
    for (const r of routes.filter(r => r.upload)) {
      const want = expected({ ...who, token: undefined }, r);
      const got = await who.browser.ask({ method: r.method, path: fill(r, entries[who.ws]),
        headers: { 'content-type': r.api ? 'text/csv' : 'multipart/form-data; boundary=x', origin: 'http://outdial.test',
          'sec-fetch-site': 'same-origin', ...who.foreign, ...(who.key && { authorization: `Bearer ${who.key}` }) },
        env: { OUTDIAL_ASKED_FIRST: '1', CONTENT_LENGTH: 1000 } });
      assert.equal(got.status, { unknown: 401, denied: 403 }[want] ?? 204, `${who.name}: ${r.name}`);
    }
  assert.deepEqual(stored(), before);
});

test('who may read is shown their own, and nothing of another workspace', async () => {
  const before = stored();
  for (const who of callers)
    for (const r of routes.filter(r => !r.changes)) {
      if (['unknown', 'denied'].includes(expected(who, r))) continue;
      const got = await send(who, r, entries[who.ws]), about = `${who.name}: ${r.name}: ${got.status} ${got.body.slice(0, 300)}`;
      sees(who, got, about);
      const [, status] = EMPTY.find(([pattern]) => pattern.test(r.pattern)) ?? [];
      if (status) assert.equal(got.status, status, about);
      else assert.ok(got.status === 200 || (got.status === 303 && (r.role === 'anybody' || !got.headers.location.startsWith('/login'))), about);
    }
  assert.deepEqual(stored(), before, 'a GET changes nothing');
});

test('who may change something is let through to it', async () => {
  for (const who of callers.filter(who => who.campaign !== 'this')) // what is absent is of another one
    for (const r of routes.filter(r => r.changes && expected(who, r) === 'passes' && !LEAVES.test(r.pattern))) {
      const got = await send(who, r, ABSENT, {});
      sees(who, got, `${who.name}: ${r.name}`);
      assert.ok(![401, 403].includes(got.status) && got.status < 500, `${who.name}: ${r.name}: ${got.status} ${got.body.slice(0, 300)}`);
    }
});

test('what is no id is answered like one that does not exist', async () => {
  const admin = callers.find(who => who.name === 'admin'), own = entries[1].campaigns;
  for (const r of routes.filter(r => r.pattern.includes(':id')))
    for (const id of ['zzzzzzzzzz', 'short', '..', '%2e%2e', `${own}x`, '1%00']) {
      const at = r.pattern.replace(':id', id);
      const got = r.changes ? await admin.browser.post(at, FORM) : await admin.browser.get(at);
      assert.equal(got.status, id === '1%00' ? 400 : 404, `${r.method} ${at}`);
    }
});
