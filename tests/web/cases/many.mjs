// Several rows at once, and the switch that holds the whole workspace.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, HTMX, LIST, addCampaign, makeDatabase, rawId, rows, short, sql, startWeb, statusOf, stopAll, toasts }
  from '../bed.mjs';

let web, b;
before(async () => {
  makeDatabase();
  web = await startWeb();
  b = await new Browser(web).signIn('supervisor@one.test');
});
after(stopAll);

const add = (...statuses) => statuses.map(status => addCampaign({ name: `Many ${status}`, status }));
const picks = (ids, statuses) => ids.map((id, i) => ['id', `${id}.${statuses[i]}`]);
const audited = id => sql(`SELECT action FROM audit WHERE campaign_id=${rawId(id)} ORDER BY id`).split('\n').filter(Boolean);
const partials = html => [...html.matchAll(/<hx-partial hx-target="#c-(\w+)" hx-swap="outerMorph">/g)].map(m => m[1]);
const many = (action, form, headers = HTMX) => b.post(`${LIST}/selected/${action}`, form, headers);

test('one press for several rows: each row as it now is, one line for all', async () => {
  const ids = add('running', 'running', 'running');
  let got = await many('pause', picks(ids, ['running', 'running', 'running']));
  assert.equal(got.status, 200);
  assert.deepEqual(partials(got.body), ids);
  assert.deepEqual(rows(got.body).map(r => r.status), ['paused', 'paused', 'paused']);
  assert.deepEqual(toasts(got.body), [{ bad: false, text: '3 campaigns paused', detail: '' }]);
  got = await many('resume', picks(ids.slice(0, 2), ['paused', 'paused']));
  assert.deepEqual(toasts(got.body), [{ bad: false, text: '2 campaigns resumed', detail: '' }]);
  got = await many('pause', picks(ids.slice(0, 1), ['running']));
  assert.deepEqual(toasts(got.body), [{ bad: false, text: 'Campaign paused', detail: '' }]);
  assert.deepEqual(ids.map(statusOf), ['paused', 'running', 'paused']);
  assert.deepEqual(audited(ids[0]), ['pause', 'resume', 'pause']);
});

test('rows that do not offer it are left alone; those that have changed are told of', async () => {
  const [draft, first, second, done] = add('draft', 'running', 'running', 'completed');
  await b.htmx(`${LIST}/${second}/stop?from=running`);
  const got = await many('pause', picks([draft, first, second, done], ['draft', 'running', 'running', 'completed']));
  assert.deepEqual([draft, first, second, done].map(statusOf), ['draft', 'paused', 'completed', 'completed']);
  assert.deepEqual(toasts(got.body), [{ bad: true, text: '1 campaign paused, 1 not',
    detail: '“Many running”: The campaign is now completed.' }]);
  assert.deepEqual(audited(draft), []);
  assert.deepEqual(toasts((await many('pause', picks([draft, done], ['draft', 'completed']))).body),
    [{ bad: true, text: 'Failed to pause', detail: 'None of the selected campaigns allows this.' }]);
  assert.deepEqual(toasts((await many('resume', {})).body),
    [{ bad: true, text: 'Failed to resume', detail: 'No campaign is selected.' }]);
  assert.equal(toasts((await many('pause', picks([second], ['running']))).body)[0].text, 'Failed to pause');
});

test('Stop asks first, with how many it is for', async () => {
  const ids = add('running', 'paused', 'draft'), form = picks(ids, ['running', 'paused', 'draft']);
  const back = [['back', `${LIST}?status=running`]];
  const page = await many('stop', [...form, ...back], {});
  assert.equal(page.status, 200);
  assert.match(page.body.replace(/<[^>]*>/g, ''), /Stop 2 campaigns\?\s*This cannot be undone\./);
  for (const [, value] of form) assert.match(page.body, new RegExp(`name="id" value="${value}"`));
  assert.deepEqual(ids.map(statusOf), ['running', 'paused', 'draft']);
  assert.equal((await many('stop', [...form, ...back, ['confirm', '0']], {})).headers.location, `${LIST}?status=running`);
  assert.deepEqual(ids.map(statusOf), ['running', 'paused', 'draft']);
  const done = await many('stop', [...form, ...back, ['confirm', '1']], {});
  assert.equal(done.status, 303);
  assert.equal(done.headers.location, `${LIST}?status=running`);
  assert.deepEqual(toasts((await b.get(LIST)).body), [{ bad: false, text: '2 campaigns stopped', detail: '' }]);
  assert.deepEqual(ids.map(statusOf), ['completed', 'completed', 'draft']);
  const one = add('running');
  assert.match((await many('stop', picks(one, ['running']), {})).body.replace(/<[^>]*>/g, ''), /Stop 1 campaign\?/);
});

test('a whole page of a hundred, twice the same, and what is no selection', async () => {
  const ids = add(...Array(100).fill('running')), all = picks(ids, Array(100).fill('running'));
  const got = await many('pause', all);
  assert.deepEqual(toasts(got.body), [{ bad: false, text: '100 campaigns paused', detail: '' }]);
  const [id] = ids;
  assert.deepEqual(toasts((await many('resume', [...picks([id], ['paused']), ...picks([id], ['paused'])])).body),
    [{ bad: false, text: 'Campaign resumed', detail: '' }]);
  for (const bad of ['', 'x', id, `${id}.`, `${id}.busy`, `${id}running`, `${id}.running.`, `.${id}.running`,
    `${'u'.repeat(10)}.running`, `${id}.running`.repeat(9)])
    assert.equal((await many('pause', [['id', bad]])).status, 400, bad);
  assert.equal(statusOf(id), 'running');
});

test('another workspace’s rows are no rows', async () => {
  const theirs = addCampaign({ ws: 2, status: 'running' }), [mine] = add('running');
  const got = await many('pause', picks([theirs, mine, short(77)], ['running', 'running', 'running']));
  assert.equal(statusOf(theirs), 'running');
  assert.equal(statusOf(mine), 'paused');
  assert.deepEqual(partials(got.body), [mine]);
  assert.deepEqual(toasts(got.body), [{ bad: true, text: '1 campaign paused, 2 not', detail: 'There is no such campaign.' }]);
});

test('two at once press for the same rows: each row has one winner', async () => {
  const ids = add('running', 'running', 'running'), form = picks(ids, Array(3).fill('running'));
  const other = await new Browser(web).signIn('admin@one.test');
  await Promise.all([many('pause', form), other.post(`${LIST}/selected/pause`, form, HTMX)]);
  assert.deepEqual(ids.map(id => audited(id).length), [1, 1, 1]);
});

test('Hold stops the whole workspace, everybody sees it, Release lets go', async () => {
  const [running] = add('running'), viewer = await new Browser(web).signIn('viewer@one.test');
  const other = await new Browser(web).signIn('admin@two.test');
  const tag = (await viewer.poll(`${LIST}?status=running`)).headers['hx-ptag'];
  const got = await b.htmx('/dashboard/hold');
  assert.equal(got.status, 200);
  assert.match(got.body, /^<section id="strip"[^]*On hold[^]*by <bdi>supervisor one<\/bdi>/);
  assert.match(got.body, /formaction="\/dashboard\/release"/);
  assert.doesNotMatch(got.body, /formaction="\/dashboard\/hold"/);
  assert.deepEqual(toasts(got.body), [{ bad: false, text: 'Workspace on hold', detail: '' }]);
  const poll = await viewer.poll(`${LIST}?status=running`, tag);
  assert.match(poll.body, /<hx-partial hx-target="#strip" hx-swap="outerMorph"><section id="strip"[^]*On hold/);
  assert.ok(partials(poll.body).includes(running), 'the rows say so too');
  assert.match(poll.body, /class="note calm">[^]*?on hold/);
  assert.doesNotMatch(poll.body, /formaction="\/dashboard\/release"/, 'a viewer has no switch');
  assert.doesNotMatch((await other.get(LIST)).body, /On hold/);
  assert.match((await b.get(`${LIST}/${running}`)).body, /on hold/);
  const again = await b.htmx('/dashboard/hold');
  assert.deepEqual(toasts(again.body), [{ bad: true, text: 'Failed to hold', detail: 'The workspace is already on hold.' }]);
  const plain = await b.post('/dashboard/release', { back: `${LIST}?q=a` });
  assert.equal(plain.headers.location, `${LIST}?q=a`);
  const page = await b.get(LIST);
  assert.deepEqual(toasts(page.body), [{ bad: false, text: 'Workspace released', detail: '' }]);
  assert.doesNotMatch(page.body, /On hold|on hold/);
  assert.match(page.body, /formaction="\/dashboard\/hold"/);
  const json = { accept: 'application/json' };
  assert.equal((await b.post('/dashboard/release', {}, json)).status, 409);
  assert.deepEqual(sql('SELECT action FROM audit WHERE campaign_id IS NULL AND action NOT LIKE "sign %" ORDER BY id').split('\n'), ['hold', 'release']);
});
