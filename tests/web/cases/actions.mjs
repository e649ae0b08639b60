// Start, Pause, Resume, Stop: as htmx, as a plain form, as a program.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, HTMX, LIST, addCampaign, makeDatabase, rawId, redis, rows, sql, startWeb, statusOf, stopAll, toasts }
  from '../bed.mjs';

let web, b;
before(async () => {
  makeDatabase();
  web = await startWeb();
  b = await new Browser(web).signIn('supervisor@one.test');
});
after(stopAll);

const audited = id => sql(`SELECT action FROM audit WHERE campaign_id=${rawId(id)} ORDER BY id`).split('\n').filter(Boolean);

test('the life of a campaign, row by row', async () => {
  const id = addCampaign({ name: 'Life <b>&"' });
  let from = 'draft';
  for (const [action, to, text] of [['start', 'running', 'Campaign started'], ['pause', 'paused', 'Campaign paused'],
    ['resume', 'running', 'Campaign resumed'], ['stop', 'completed', 'Campaign stopped']]) {
    const got = await b.htmx(`${LIST}/${id}/${action}?from=${from}`);
    assert.equal(got.status, 200);
    assert.deepEqual(rows(got.body), [{ id, status: to }]);
    assert.match(got.body, /^<tr /, 'the row comes first');
    assert.deepEqual(toasts(got.body), [{ bad: false, text,
      detail: action === 'stop' ? '10 contacts were waiting.' : '' }]);
    assert.match(got.body, /<hx-partial hx-target="#toasts" hx-swap="beforeend">/);
    assert.doesNotMatch(got.body, /<b>&|<html/);
    assert.equal(statusOf(id), to);
    from = to;
  }
  assert.deepEqual(audited(id), ['start', 'pause', 'resume', 'stop']);
});

test('without JavaScript: a redirect to where one was, and the toast there, once', async () => {
  const id = addCampaign({ name: 'Plain' }), back = `${LIST}?q=Plain&status=draft`;
  const got = await b.post(`${LIST}/${id}/start?from=draft`, { back });
  assert.equal(got.status, 303);
  assert.equal(got.headers.location, back);
  assert.equal(got.body, '');
  assert.equal(statusOf(id), 'running');
  assert.deepEqual(toasts((await b.poll(LIST)).body), [], 'a poll leaves it');
  assert.deepEqual(toasts((await b.get(back)).body), [{ bad: false, text: 'Campaign started', detail: '' }]);
  assert.deepEqual(toasts((await b.get(back)).body), []);
  for (const evil of ['https://evil.test', '//evil.test', '/login', ''])
    assert.equal((await b.post(`${LIST}/${id}/pause`, { back: evil })).headers.location, LIST);
});

test('a toast is nobody else’s', async () => {
  const id = addCampaign({ name: 'Private' }), other = await new Browser(web).signIn('admin@one.test');
  await b.get(LIST);
  await b.post(`${LIST}/${id}/start`);
  other.jar.outdial_toast = b.jar.outdial_toast;
  assert.deepEqual(toasts((await other.get(LIST)).body), []);
  assert.equal(toasts((await b.get(LIST)).body).length, 1);
});

test('a program gets JSON, and the status of a refusal', async () => {
  const id = addCampaign({ name: 'Program' }), json = { accept: 'application/json' };
  const done = await b.post(`${LIST}/${id}/start`, {}, json);
  assert.equal(done.status, 200);
  assert.equal(done.headers['content-type'], 'application/json');
  assert.deepEqual(JSON.parse(done.body), { id, status: 'running', message: 'Campaign started' });
  const refused = await b.post(`${LIST}/${id}/start`, {}, json);
  assert.equal(refused.status, 409);
  assert.equal(refused.headers['content-type'], 'application/problem+json');
  assert.equal(JSON.parse(refused.body).code, 'conflict');
  const empty = await b.post(`${LIST}/${addCampaign({ contacts: 0 })}/start`, {}, json);
  assert.equal(empty.status, 422);
  assert.ok(JSON.parse(empty.body).detail.length > 10);
});

test('a refusal shows the row as it now is, and why', async () => {
  const id = addCampaign({ name: 'Refused' });
  for (const [action, from, text] of [['pause', 'running', 'Failed to pause'], ['resume', 'paused', 'Failed to resume'],
    ['stop', 'running', 'Failed to stop'], ['start', 'paused', 'Failed to start']]) {
    const got = await b.htmx(`${LIST}/${id}/${action}?from=${from}`);
    assert.equal(got.status, 200, text);
    assert.deepEqual(rows(got.body), [{ id, status: 'draft' }]);
    const [toast] = toasts(got.body);
    assert.equal(toast.text, text);
    assert.ok(toast.bad && toast.detail.length > 10, JSON.stringify(toast));
  }
  assert.equal(statusOf(id), 'draft');
  assert.deepEqual(audited(id), []);
  await b.post(`${LIST}/${id}/pause`);
  assert.equal(toasts((await b.get(LIST)).body)[0].text, 'Failed to pause');
});

test('a fault says which action failed and why, in a toast', async () => {
  const id = addCampaign({ name: 'Faulty' }), gone = '0000000000';
  for (const [action, text] of [['start', 'Failed to start'], ['stop', 'Failed to stop'], ['clone', 'Failed to clone']]) {
    const got = await b.htmx(`${LIST}/${gone}/${action}?from=draft`);
    assert.equal(got.status, 404);
    assert.deepEqual(toasts(got.body), [{ bad: true, text, detail: 'There is no such campaign.' }]);
  }
  const old = await b.htmx(`${LIST}/${id}/start?from=draft`, { csrf: 'x' });
  assert.equal(old.status, 403);
  assert.deepEqual(toasts(old.body), [{ bad: true, detail: '',
    text: 'This form is out of date. Reload the page and try again.' }]);
  assert.equal(statusOf(id), 'draft');
});

test('each Start check says what is missing', async () => {
  for (const [what, change] of [['contacts', { contacts: 0 }], ['bot', { bot: 99 }], ['bot of another workspace', { bot: 2 }]]) {
    const id = addCampaign({ name: what, ...change });
    const got = await b.htmx(`${LIST}/${id}/start?from=draft`);
    assert.equal(toasts(got.body)[0].text, 'Failed to start', what);
    assert.equal(statusOf(id), 'draft');
  }
  const id = addCampaign({ name: 'no numbers' });
  sql(`DELETE FROM campaign_number WHERE campaign_id=${rawId(id)}`);
  assert.equal(toasts((await b.htmx(`${LIST}/${id}/start`)).body)[0].text, 'Failed to start');
});

test('a button shown for another status is refused, even where the action would do', async () => {
  const id = addCampaign({ name: 'Stale', status: 'paused' });
  const got = await b.htmx(`${LIST}/${id}/stop?from=running`);
  assert.equal(toasts(got.body)[0].text, 'Failed to stop');
  assert.equal(statusOf(id), 'paused');
  assert.equal((await b.htmx(`${LIST}/${id}/stop?from=busy`)).status, 400);
});

test('twenty at once press one button: one winner', async () => {
  const people = await Promise.all(Array.from({ length: 4 }, (_, i) =>
    new Browser(web).signIn(i % 2 ? 'admin@one.test' : 'supervisor@one.test')));
  for (const [action, from, done] of [['start', 'draft', 'running'], ['pause', 'running', 'paused'],
    ['stop', 'paused', 'completed']]) {
    const id = addCampaign({ name: 'Race', status: from });
    const got = await Promise.all(Array.from({ length: 20 }, (_, i) =>
      people[i % 4].htmx(`${LIST}/${id}/${action}?from=${from}`)));
    assert.ok(got.every(r => r.status === 200));
    assert.ok(got.every(r => rows(r.body)[0].status === done), 'every answer shows the row as it is');
    assert.equal(got.filter(r => !toasts(r.body)[0].bad).length, 1);
    assert.deepEqual(audited(id), [action]);
    if (action === 'start') assert.equal(sql(`SELECT COUNT(*) FROM run WHERE campaign_id=${rawId(id)}`), '1');
  }
});

test('Restart asks first; without JavaScript on a page of its own', async () => {
  const id = addCampaign({ name: 'Again "&amp;', status: 'completed' }), at = `${LIST}/${id}/restart?from=completed`;
  const page = await b.post(at, { back: `${LIST}?q=Again` });
  assert.equal(page.status, 200);
  assert.match(page.body, /Prepare this campaign for a new run\?/);
  assert.match(page.body, /value="0"[^>]*>Cancel/);
  assert.match(page.body, /value="1"[^>]*>OK/);
  assert.equal(statusOf(id), 'completed');
  assert.equal((await b.post(at, { confirm: '0', back: `${LIST}?q=Again` })).headers.location, `${LIST}?q=Again`);
  assert.equal(statusOf(id), 'completed');
  assert.equal((await b.post(at, { confirm: '1' })).status, 303);
  assert.equal(statusOf(id), 'draft');
  assert.equal(toasts((await b.get(LIST)).body)[0].text, 'Campaign prepared for restart');
  const undone = await b.post(`${LIST}/${id}/cancel-restart?from=draft`);
  assert.equal(undone.status, 303);
  assert.equal(statusOf(id), 'completed');
});

test('a started run wakes the dialler', async () => {
  redis('DEL', 'wake');
  const id = addCampaign({ name: 'Wake' });
  await b.htmx(`${LIST}/${id}/start`);
  assert.match(redis('XRANGE', 'wake', '-', '+'), new RegExp(sql(`SELECT current_run FROM campaign WHERE id=${rawId(id)}`)));
});

test('the page of one campaign', async () => {
  const id = addCampaign({ name: 'Detail <i>' });
  const page = await b.get(`${LIST}/${id}`);
  assert.equal(page.status, 200);
  assert.match(page.body, /<h1[^>]*><bdi>Detail &lt;i&gt;<\/bdi><\/h1>/);
  assert.match(page.body, /<title>Detail &lt;i&gt; · Outdial<\/title>/);
  assert.match(page.body, new RegExp(`formaction="${LIST}/${id}/start\\?from=draft"`));
  const part = await b.get(`${LIST}/${id}`, HTMX);
  assert.doesNotMatch(part.body, /<html/);
  assert.equal((await b.get(`${LIST}/${id.toUpperCase()}`)).status, 200);
});

test('Clone opens the clone', async () => {
  const id = addCampaign({ name: 'Model', status: 'running' });
  const got = await b.htmx(`${LIST}/${id}/clone?from=running`);
  assert.equal(got.status, 204);
  const at = got.headers['hx-redirect'];
  assert.match(at, new RegExp(`^${LIST}/\\w{10}$`));
  const page = await b.get(at);
  assert.match(page.body, /Model \(copy\)/);
  assert.deepEqual(toasts(page.body).map(t => t.text), ['Campaign cloned']);
  assert.equal((await b.post(`${LIST}/${id}/clone`)).headers.location.length, at.length);
});

test('Delete takes a draft that never ran, asks first, and is for admins', async () => {
  const admin = await new Browser(web).signIn('admin@one.test');
  const id = addCampaign({ name: 'Gone "soon"' }), ran = addCampaign({ name: 'Ran', status: 'running' });
  assert.equal((await b.htmx(`${LIST}/${id}/delete`, { confirm: '1' })).status, 403);
  assert.match((await admin.post(`${LIST}/${id}/delete`)).body.replace(/<\/?bdi>/g, ''),
    /Delete draft campaign “Gone &quot;soon&quot;”\?/);
  const got = await admin.htmx(`${LIST}/${id}/delete`, { confirm: '1' });
  assert.match(got.body, new RegExp(`<hx-partial hx-target="#c-${id}" hx-swap="delete">`));
  assert.deepEqual(toasts(got.body).map(t => t.text), ['Campaign removed from the list']);
  assert.equal((await admin.get(`${LIST}/${id}`)).status, 404);
  assert.equal((await admin.htmx(`${LIST}/${id}/start`)).status, 404);
  const leave = async back => (await admin.post(`${LIST}/${addCampaign({ name: 'Leaves' })}/delete`,
    { confirm: '1', back })).headers.location;
  assert.equal(await leave(`${LIST}?q=x&status=draft`), `${LIST}?q=x&status=draft`, 'the list as it was filtered');
  assert.equal(await leave(`${LIST}/${ran}`), LIST, 'a page of one campaign may be that of the one that left');
  const refused = await admin.htmx(`${LIST}/${ran}/delete`, { confirm: '1' });
  assert.deepEqual(rows(refused.body), [{ id: ran, status: 'running' }]);
  assert.equal(toasts(refused.body)[0].text, 'Failed to delete');
});
