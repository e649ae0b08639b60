// The campaign wizard: every step a page and a form of its own; what is kept,
// what is refused, and what two tabs or two people hear.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, LIST, addCampaign, makeDatabase, rawId, redis, sql, startWeb, statusOf, stopAll, toasts }
  from '../bed.mjs';
import { NEW, STEPS, DIALLER, hidden, summary, notice, discard, kept, leave, uploaded, fill }
  from '../wizard_bed.mjs';

let web, b;

before(async () => {
  makeDatabase();
  web = await startWeb();
  b = await new Browser(web).signIn('supervisor@one.test');
});
after(stopAll);

test('looking keeps nothing; a step that is not open leads to the one that is', async () => {
  assert.match((await b.get(NEW)).body, /action="[^"]*\/new\/basics"/);
  for (const step of STEPS.slice(1))
    assert.equal((await b.get(`${NEW}/${step}`)).headers.location, `${NEW}/basics`);
  const page = await b.get(`${NEW}/basics`, { referer: `http://outdial.test${LIST}?q=x&status=draft` });
  assert.equal(hidden(page.body, 'came'), `${LIST}?q=x&status=draft`);
  assert.match(page.body, /aria-current="step"><span class="t">Basics/);
  assert.equal(kept(), 0);
});

test('from nothing to a draft, step by step', async () => {
  const none = await leave(b, `${NEW}/basics`, {});
  assert.equal(none.status, 422);
  assert.deepEqual(summary(none.body), [['#f-name', 'Campaign Name is missing.'], ['#f-bot_id', 'Bot is missing.']]);
  assert.match(none.body, /id="f-name"[^>]*aria-describedby="h-name e-name" aria-invalid="true"/);
  const first = await leave(b, `${NEW}/basics`, { name: ' Spring <b>&" ', bot_id: 1, came: `${LIST}?q=x` });
  assert.equal(first.headers.location, `${NEW}/numbers`);
  const empty = await leave(b, `${NEW}/numbers`, { shown: '1' });
  assert.equal(empty.status, 422);
  assert.deepEqual(summary(empty.body), [['#f-numbers', 'Choose at least one number to call from.']]);
  assert.match(empty.body, /Spring &lt;b&gt;&amp;&quot;/);
  await leave(b, `${NEW}/numbers`, { shown: '1', numbers: '1' });
  const bad = await leave(b, `${NEW}/dialler`, { ...DIALLER, concurrency: '0', 'retry_delays.busy': 'x' });
  assert.equal(bad.status, 422);
  assert.deepEqual(summary(bad.body).map(([at]) => at).sort(), ['#f-concurrency', '#f-retry_delays']);
  assert.match(bad.body, /name="concurrency"[^>]* value="0"/, 'what was entered is there still');
  await leave(b, `${NEW}/dialler`, { ...DIALLER, pacing: 'reserve' });
  const noFile = await leave(b, `${NEW}/contacts`, {});
  assert.deepEqual(summary(noFile.body).map(([at]) => at), ['#f-contacts']);
  uploaded('supervisor@one.test', { state: 1 });
  assert.equal((await leave(b, `${NEW}/contacts`, {})).headers.location, `${NEW}/review`,
    'a file that is being read does not stop anybody');
  const early = await leave(b, `${NEW}/review`, {}, 'save');
  assert.equal(early.status, 422);
  assert.deepEqual(summary(early.body)[0], ['#upload-title',
    '“some.csv” is still being read: 3 rows so far. Wait until it has been read, or cancel it.']);
  for (const step of STEPS)
    assert.match((await b.get(`${NEW}/${step}`)).body, /data-state="reading"[^]*value="cancel"[^]*id="step"/,
      `${step} shows the file`);
  const watch = `${NEW}/progress?step=review`;
  assert.match((await b.poll(watch)).body, /data-state="reading"/);
  sql('UPDATE upload SET state=2');
  assert.match((await b.poll(watch)).body, /some\.csv<\/bdi><\/b> has been read: 3 contacts/);
  assert.match((await b.get(`${NEW}/contacts`)).body, /1 number is possible, but not in any known numbering plan\. The campaign will call it\./);
  const review = await b.get(`${NEW}/review`);
  for (const text of ['Spring &lt;b&gt;', 'Europe/Berlin', '10:00', 'Busy 5 min', 'some.csv, 3 contacts', 'Multi day'])
    assert.ok(review.body.includes(text), text);
  assert.equal(Number(sql(`SELECT COUNT(*) FROM campaign`)), 0, 'nothing is in the list until then');
  const form = { rev: hidden(review.body, 'rev'), ver: 0, go: 'save', file: hidden(review.body, 'file') };
  const done = await b.post(`${NEW}/review`, form);
  assert.equal(done.status, 303, done.body.slice(0, 300));
  const id = done.headers.location.split('/').pop();
  assert.deepEqual(toasts((await b.get(done.headers.location)).body), [{ bad: false, text: 'Campaign created', detail: '' }]);
  assert.equal(sql(`SELECT name, concurrency, mode, window_start, window_end, zone, days, max_attempts, retry_on,
      retry_delays, ring_timeout, callbacks, pacing FROM campaign WHERE id=${rawId(id)}`),
  'Spring <b>&"\t7\t1\t600\t990\tEurope/Berlin\t1\t4\t8\tbusy=5\t30\t0\t1');
  assert.equal(sql(`SELECT COALESCE(SUM(upto), 0) FROM segment WHERE campaign_id=${rawId(id)}`), '3');
  assert.equal(kept(), 0, 'and nothing is begun any more');
  const twice = await b.post(`${NEW}/review`, form);
  assert.equal(twice.headers.location, done.headers.location, 'a second press leads to the same page');
  assert.deepEqual(toasts((await b.get(twice.headers.location)).body),
    [{ bad: false, text: 'Campaign created', detail: '' }]);
  await b.post(`${NEW}/review`, { ...form, rev: Number(form.rev) + 1 });
  assert.deepEqual(toasts((await b.get(LIST)).body),
    [{ bad: true, text: 'Failed to create', detail: 'It has already been saved or discarded.' }]);
  assert.equal(Number(sql('SELECT COUNT(*) FROM campaign')), 1, 'a second press makes no second one');
});

test('what was begun is offered, goes on elsewhere, and may be thrown away', async () => {
  await leave(b, `${NEW}/basics`, { name: 'Begun', bot_id: 1 });
  const other = await startWeb(), again = await new Browser(other).signIn('supervisor@one.test');
  const offer = await again.get(NEW);
  assert.match(offer.body, /You have an unfinished campaign[^]*Begun[^]*new\/numbers/);
  assert.match((await again.get(`${NEW}/basics`)).body, /name="name"[^>]* value="Begun"/);
  const stranger = await new Browser(web).signIn('admin@one.test');
  assert.doesNotMatch((await stranger.get(NEW)).body, /Begun/, 'it is nobody else’s');
  assert.equal((await discard(again)).status, 303);
  assert.equal(kept(), 0);
});

test('Finish later goes back to where one was; Back keeps what is entered', async () => {
  const came = `${LIST}?q=abc&sort=name`;
  await leave(b, `${NEW}/basics`, { name: 'Half', bot_id: 1, came });
  const back = await leave(b, `${NEW}/numbers`, { shown: '1', numbers: '1' }, 'back');
  assert.equal(back.headers.location, `${NEW}/basics`);
  assert.match((await b.get(`${NEW}/numbers`)).body, /id="n-1" value="1" checked/);
  const close = await leave(b, `${NEW}/numbers`, { shown: '1', numbers: '1' }, 'close');
  assert.equal(close.headers.location, came);
  await b.get(came);
  for (const evil of ['https://evil.test', '//evil.test', '/login']) {
    await discard(b);
    const got = await leave(b, `${NEW}/basics`, { name: 'x', bot_id: 1, came: evil }, 'close');
    assert.equal(got.headers.location, LIST);
  }
  await discard(b);
});

test('with htmx a step comes as a part, with its address; the card follows', async () => {
  const page = await b.get(`${NEW}/basics`), rev = hidden(page.body, 'rev');
  const at = { rev, ver: 0, name: 'Quick', bot_id: 1 };
  const wrong = await b.htmx(`${NEW}/basics`, { ...at, name: '', go: 'next' });
  assert.equal(wrong.status, 200, 'htmx shows no 4xx');
  assert.match(wrong.body, /^\s*<div id="wizard"[^>]*>[^]*id="errors"/);
  const step = await b.htmx(`${NEW}/basics`, { ...at, rev: hidden(wrong.body, 'rev'), go: 'next' });
  assert.equal(step.headers['hx-push-url'], `${NEW}/numbers`);
  assert.match(step.body, /<title>Number Pool, Quick · Outdial<\/title>/);
  assert.doesNotMatch(step.body, /<html/);
  await b.htmx(`${NEW}/numbers`, { rev: hidden(step.body, 'rev'), shown: '1', numbers: '1', go: 'next' });
  const dialler = await b.get(`${NEW}/dialler`);
  const means = await b.htmx(`${NEW}/dialler`, { ...DIALLER, rev: hidden(dialler.body, 'rev'), go: 'means',
    window_start: '00:00', window_end: '24:00', max_attempts: 9, zone: 'UTC' });
  assert.equal(means.headers['hx-replace-url'], `${NEW}/dialler`);
  assert.match(means.body, /^\s*<aside [^]*Mon all day, UTC<\/b>: [^]*9 at most/);
  assert.match((await b.get(`${NEW}/dialler`)).body, /name="max_attempts"[^>]* value="9"/, 'and it is kept');
  const broken = await b.htmx(`${NEW}/dialler`, { ...DIALLER, rev: hidden(dialler.body, 'rev'), go: 'means', zone: 'Mars' });
  assert.match(broken.body, /not complete yet/);
  await discard(b);
});

test('two tabs: the later is told, and nothing of the first is lost', async () => {
  const one = await b.get(`${NEW}/basics`), two = await b.get(`${NEW}/basics`);
  const form = page => ({ rev: hidden(page.body, 'rev'), ver: 0, go: 'next', bot_id: 1 });
  assert.equal((await b.post(`${NEW}/basics`, { ...form(one), name: 'First' })).status, 303);
  const late = await b.post(`${NEW}/basics`, { ...form(two), name: 'Second' });
  assert.equal(late.status, 409);
  assert.match(notice(late.body), /another tab/);
  assert.match(late.body, /name="name"[^>]* value="Second"/, 'what the later entered is there');
  assert.match((await b.get(`${NEW}/basics`)).body, /name="name"[^>]* value="First"/);
  const sure = await b.post(`${NEW}/basics`, { ...form(late), name: 'Second' });
  assert.equal(sure.status, 303, 'and is kept when it is sent again');
  await discard(b);
});

test('a second press is no other tab, not even at once; a tab of what was discarded is', async () => {
  const page = await b.get(`${NEW}/basics`), form = { rev: hidden(page.body, 'rev'), ver: 0, go: 'next', name: 'Twice', bot_id: 1 };
  const both = await Promise.all([1, 2, 3].map(() => b.post(`${NEW}/basics`, form)));
  assert.deepEqual(both.map(got => got.status), [303, 303, 303]);
  assert.equal((await b.post(`${NEW}/basics`, form)).status, 303, 'nor later');
  const typed = await b.get(`${NEW}/numbers`);
  await Promise.all(['means', 'next'].map(go => b.htmx(`${NEW}/numbers`,
    { rev: hidden(typed.body, 'rev'), ver: 0, go, shown: '1', numbers: '1' }).then(got =>
    assert.equal(notice(got.body), ''))));
  const stale = await b.get(`${NEW}/dialler`);
  const question = await b.post(`${NEW}/discard`);
  assert.match(question.body, /Discard “<bdi>Twice<\/bdi>”\?/);
  assert.equal((await b.post(`${NEW}/discard`, { confirm: 0 })).headers.location, NEW);
  assert.equal(kept(), 1);
  await discard(b);
  await fill(b, 'Another');
  const wrong = await b.post(`${NEW}/dialler`, { ...DIALLER, rev: hidden(stale.body, 'rev'), ver: 0, go: 'next', max_attempts: 9 });
  assert.equal(wrong.status, 409, 'it does not fit what was begun anew');
  await discard(b);
});

test('two Creates at once make one campaign, and the other hears it', async () => {
  await fill(b, 'Once');
  uploaded('supervisor@one.test');
  await leave(b, `${NEW}/contacts`, {});
  const page = await b.get(`${NEW}/review`), form = { rev: hidden(page.body, 'rev'), ver: 0, go: 'save' };
  redis('CLIENT', 'PAUSE', 300, 'WRITE'); // who is second finds no gap, however wide
  const all = await Promise.all([1, 2, 3, 4].map(() => b.post(`${NEW}/review`, form)));
  assert.deepEqual(all.map(got => got.status), [303, 303, 303, 303]);
  assert.equal(sql(`SELECT COUNT(*) FROM campaign WHERE name='Once'`), '1');
  assert.equal(new Set(all.map(got => got.headers.location)).size, 1, 'all of them lead to it');
  assert.deepEqual(toasts((await b.get(all[0].headers.location)).body),
    [{ bad: false, text: 'Campaign created', detail: '' }], 'and it is said once');
});

test('numbers: what is not shown stays as it is; all and none follow the search', async () => {
  sql(`INSERT INTO number (id, workspace_id, carrier_id, phone, label) SELECT 100 + seq, 1, 1,
    CONCAT('4420', 1000000 + seq), CONCAT(IF(seq % 2, 'Odd ', 'Even '), seq) FROM seq_1_to_150;
    UPDATE number SET enabled=0 WHERE id=101;`);
  await leave(b, `${NEW}/basics`, { name: 'Pool', bot_id: 1 });
  const page = await b.get(`${NEW}/numbers`);
  assert.equal([...page.body.matchAll(/name="numbers" id/g)].length, 100);
  assert.match(page.body, /The first 100 are shown/);
  const act = async (form, go) => {
    const now = await b.get(`${NEW}/numbers`);
    return b.post(`${NEW}/numbers`, { rev: hidden(now.body, 'rev'), ver: 0, go, ...form });
  };
  const selected = html => Number(/([\d,]+) of 151 selected/.exec(html)[1]);
  assert.equal(selected((await act({ q: 'odd' }, 'all')).body), 74, 'all that match and can call');
  assert.equal(selected((await act({ q: 'Odd 149', shown: '249' }, 'search')).body), 73, 'unticked');
  assert.equal(selected((await act({ q: 'even 15' }, 'all')).body), 74);
  assert.match((await act({ q: '+44 (20) 1000-149' }, 'search')).body, /<label for="n-249">\+44201000149</);
  assert.equal(selected((await act({ q: 'odd' }, 'none')).body), 1);
  sql('DELETE FROM number WHERE id > 100');
  const gone = await leave(b, `${NEW}/numbers`, { shown: '1', numbers: '1' });
  assert.equal(gone.status, 303, 'a number that was deleted and never shown again is no matter');
  await discard(b);
});

test('a carrier counts once in the rate of a pass, however a search orders its numbers', async () => {
  sql(`INSERT INTO carrier SET id=60, workspace_id=1, name='Twice', kind=0, address='/nowhere', cps=7,
      channels=1, created_at=NOW(6);
    INSERT INTO number (id, workspace_id, carrier_id, phone, label) VALUES
      (61, 1, 60, '442061', 'Second one'), (62, 1, 60, '442062', 'Second two');`);
  await leave(b, `${NEW}/basics`, { name: 'Rate', bot_id: 1 });
  uploaded('supervisor@one.test', { good: 300 });
  const search = async q => {
    const now = await b.get(`${NEW}/numbers`);
    const got = await b.post(`${NEW}/numbers`, [['rev', hidden(now.body, 'rev')], ['ver', 0],
      ['go', 'search'], ['q', q], ['shown', '1,61,62'], ...[1, 61, 62].map(n => ['numbers', n])]);
    return /Calls per second<\/dt><dd[^>]*>([\d,]+) at most/.exec(got.body)[1];
  };
  const whole = await search('');
  assert.equal(await search('Second two'), whole);
  await discard(b);
  sql('DELETE FROM number WHERE carrier_id=60; DELETE FROM carrier WHERE id=60');
});

test('a bot or a number that is deleted meanwhile is told at the end', async () => {
  sql(`INSERT INTO bot SET id=50, workspace_id=1, name='Brief', target='sip:x', created_at=NOW(6);
    INSERT INTO number SET id=50, workspace_id=1, carrier_id=1, phone='4420555';`);
  await leave(b, `${NEW}/basics`, { name: 'Brief', bot_id: 50 });
  await leave(b, `${NEW}/numbers`, { shown: '1,50', numbers: '50' });
  await leave(b, `${NEW}/dialler`, { ...DIALLER, always_on: 'yes' });
  assert.equal((await leave(b, `${NEW}/contacts`, {})).status, 303, 'always-on needs no file');
  sql('DELETE FROM bot WHERE id=50; DELETE FROM number WHERE id=50');
  const got = await leave(b, `${NEW}/review`, {}, 'save');
  assert.equal(got.status, 422);
  assert.deepEqual(summary(got.body).map(([at]) => at), [`${NEW}/basics#f-bot_id`, `${NEW}/numbers#f-numbers`]);
  assert.match(got.body, /1 chosen number has been deleted/);
  await discard(b);
});

test('an edit changes a draft, shows what it changes, and goes back', async () => {
  const id = addCampaign({ name: 'Edited' }), at = `${LIST}/${id}/edit`, ver = () => sql(`SELECT ver FROM campaign WHERE id=${rawId(id)}`);
  const page = await b.get(at);
  assert.match(page.body, /name="name"[^>]* value="Edited"/);
  assert.equal([...page.body.matchAll(/<li class="done[^"]*">/g)].length, 4, 'every other step is open');
  await leave(b, `${at}/basics`, { name: 'Edited now', bot_id: 1, came: `${LIST}/${id}` });
  const review = await b.get(`${at}/review`);
  assert.match(review.body, /class="changed"[^]*Edited now[^]*was <bdi>Edited<\/bdi>/);
  assert.equal(statusOf(id), 'draft');
  const before_ = ver();
  const done = await leave(b, `${at}/review`, {}, 'save');
  assert.equal(done.headers.location, `${LIST}/${id}`);
  assert.notEqual(ver(), before_);
  assert.equal(sql(`SELECT name FROM campaign WHERE id=${rawId(id)}`), 'Edited now');
  assert.match(sql(`SELECT became FROM audit WHERE campaign_id=${rawId(id)}`), /^\{"name":"Edited now"\}$/);
});

test('two people: the later save hears who and what, and can go on', async () => {
  const id = addCampaign({ name: 'Both' }), at = `${LIST}/${id}/edit`;
  const boss = await new Browser(web).signIn('admin@one.test');
  const now = { ...DIALLER, mode: 'multi_day', window_start: '00:00', window_end: '24:00', zone: 'UTC',
    days: 'mon', retry_on: '', 'retry_delays.busy': '', concurrency: 50, max_attempts: 3, retry_delay: 30, ring_timeout: 45 };
  await leave(b, `${at}/dialler`, { ...now, concurrency: 9, retry_delay: 31 });
  await leave(boss, `${at}/dialler`, { ...now, max_attempts: 8, retry_delay: 32 });
  assert.equal((await leave(boss, `${at}/review`, {}, 'save')).status, 303);
  const late = await leave(b, `${at}/review`, {}, 'save');
  assert.equal(late.status, 409);
  assert.match(notice(late.body), /^admin one changed [^]*Max Attempts[^]*yours are shown: Retry Delay/);
  assert.equal(sql(`SELECT concurrency FROM campaign WHERE id=${rawId(id)}`), '50', 'nothing is saved yet');
  assert.equal((await leave(b, `${at}/review`, {}, 'save')).status, 303);
  assert.equal(sql(`SELECT concurrency, max_attempts, retry_delay FROM campaign WHERE id=${rawId(id)}`), '9\t8\t31');
});

test('who looked before somebody saved, and kept nothing: told who and what', async () => {
  const id = addCampaign({ name: 'Looked' }), at = `${LIST}/${id}/edit/dialler`;
  const boss = await new Browser(web).signIn('admin@one.test');
  const now = { ...DIALLER, window_start: '00:00', window_end: '24:00', zone: 'UTC', retry_on: '',
    'retry_delays.busy': '', concurrency: 50, max_attempts: 3, retry_delay: 30, ring_timeout: 45,
    days: 'mon' };
  sql(`UPDATE campaign SET days=1 WHERE id=${rawId(id)}`);
  const page = await b.get(at);
  await leave(boss, at, { ...now, retry_delay: 44 });
  await leave(boss, `${LIST}/${id}/edit/review`, {}, 'save');
  const late = await b.post(at, { ...now, max_attempts: 8, rev: hidden(page.body, 'rev'), ver: hidden(page.body, 'ver'), go: 'next' });
  assert.equal(late.status, 409);
  assert.match(notice(late.body), /^admin one changed Retry Delay in the meantime\. .*Your version differs in: Max Attempts and Retry Delay\./);
});

test('begun on a draft that ran since: what is locked is as it is, the rest can be saved', async () => {
  const id = addCampaign({ name: 'Was draft' }), at = `${LIST}/${id}/edit`;
  await leave(b, `${at}/basics`, { name: 'Other name', bot_id: 1 });
  uploaded('supervisor@one.test', { campaign: rawId(id) });
  await leave(b, `${at}/dialler`, { ...DIALLER, concurrency: 3 });
  sql(`UPDATE campaign SET status=2, runs=1, ver=ver+1 WHERE id=${rawId(id)}`);
  assert.match((await b.get(`${at}/basics`)).body, /<bdi>Was draft<\/bdi>/);
  const review = await b.get(`${at}/review`);
  assert.match(review.body, /10 contacts/);
  assert.doesNotMatch(review.body, /some\.csv/);
  const late = await leave(b, `${at}/review`, {}, 'save');
  assert.equal(late.status, 409, 'the campaign is another');
  const done = await leave(b, `${at}/review`, {}, 'save');
  assert.equal(done.status, 303, done.body.slice(0, 400));
  assert.equal(sql(`SELECT name, concurrency FROM campaign WHERE id=${rawId(id)}`), 'Was draft\t3');
  assert.match(toasts((await b.get(LIST)).body).at(-1).detail, /The file was not used/);
});

test('locked after the first run: shown, and refused to whoever forges it', async () => {
  const id = addCampaign({ name: 'Ran', status: 'paused' }), at = `${LIST}/${id}/edit`;
  const page = await b.get(`${at}/basics`);
  assert.match(page.body, /locked after the first run/);
  assert.doesNotMatch(page.body, /<input[^>]*name="name"|<select[^>]*name="bot_id"/);
  const forged = await leave(b, `${at}/basics`, { name: 'Other' }, 'next', { accept: 'application/json' });
  assert.equal(forged.status, 409);
  assert.match(forged.body, /locked after the first run/);
  assert.equal((await leave(b, `${at}/basics`, {})).headers.location, `${at}/numbers`);
  const list = await b.get(`${at}/contacts`);
  assert.match(list.body, /contact list is locked/i);
  const file = await b.post(`${at}/upload`, {});
  assert.equal(file.status, 409);
  sql(`UPDATE campaign SET concurrency=50 WHERE id=${rawId(id)}`);
  await leave(b, `${at}/dialler`, { ...DIALLER });
  assert.equal((await leave(b, `${at}/review`, {}, 'save')).status, 303);
  assert.equal(sql(`SELECT concurrency FROM campaign WHERE id=${rawId(id)}`), '7', 'the rules are open');
});

test('a running campaign is not edited', async () => {
  const id = addCampaign({ name: 'Runs', status: 'running' });
  await b.get(LIST); // what other tests left
  for (const path of ['', '/basics', '/review']) {
    const got = await b.get(`${LIST}/${id}/edit${path}`);
    assert.equal(got.headers.location, `${LIST}/${id}`);
    assert.match(toasts((await b.get(`${LIST}/${id}`)).body)[0].detail, /pause it first/);
  }
});

test('hostile entries end in a clear answer', async () => {
  const page = await b.get(`${NEW}/basics`), rev = hidden(page.body, 'rev');
  const post = form => b.post(`${NEW}/basics`, { rev, ver: 0, go: 'next', ...form });
  assert.equal((await post({ name: 'x'.repeat(121), bot_id: 1 })).status, 422);
  assert.equal((await leave(b, `${NEW}/basics`, { name: 'a\u0007b', bot_id: 1 })).status, 400);
  assert.equal((await leave(b, `${NEW}/basics`, { name: 'ok', bot_id: 2 })).status, 422, 'another workspace’s bot');
  assert.equal((await b.post(`${NEW}/basics`, { rev: 'x', go: 'next' })).status, 409);
  assert.equal((await leave(b, `${NEW}/basics`, { name: 'ok', bot_id: 1 }, 'no such button')).status, 200);
  const early = await leave(b, `${NEW}/basics`, { name: 'ok', bot_id: 1 }, 'save');
  assert.equal(early.status, 200, 'only the last step saves');
  assert.equal((await b.post(`${NEW}/review`, { rev: hidden(early.body, 'rev'), ver: 0, go: 'next' })).status, 422);
  await leave(b, `${NEW}/basics`, { name: 'ok', bot_id: 1 });
  const numbers = await leave(b, `${NEW}/numbers`, { shown: '1,2,-5,99999999999999999999,x', numbers: '2' });
  assert.equal(numbers.status, 422, 'another workspace’s number is none');
  await discard(b);
});
