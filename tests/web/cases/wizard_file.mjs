// The file of the wizard: on its way, read, cancelled, failed; and what is told
// to whoever comes late.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, HTMX, LIST, addCampaign, makeDatabase, rawId, sql, startWeb, stopAll, toasts }
  from '../bed.mjs';
import { NEW, DIALLER, hidden, summary, notice, discard, leave, uploaded, fill } from '../wizard_bed.mjs';

let web, b;

before(async () => {
  makeDatabase();
  web = await startWeb();
  b = await new Browser(web).signIn('supervisor@one.test');
});
after(stopAll);

test('Start is refused while an edit of the draft reads a file', async () => {
  const id = addCampaign({ name: 'Reading' }), at = `${LIST}/${id}/edit`;
  await leave(b, `${at}/basics`, { name: 'Reading', bot_id: 1 });
  uploaded('supervisor@one.test', { state: 1, campaign: rawId(id) });
  const got = await b.post(`${LIST}/${id}/start?from=draft`, {}, { accept: 'application/json' });
  assert.equal(got.status, 422);
  assert.match(got.body, /being imported: 3 rows so far/);
  await leave(b, `${at}/contacts`, {}, 'cancel');
  assert.equal((await b.post(`${LIST}/${id}/start?from=draft`, {}, { accept: 'application/json' })).status, 200);
});

test('a file is kept with what was begun; a second waits its turn; cancel lets it go', async () => {
  await fill(b, 'File');
  const wrong = await b.upload(`${NEW}/upload`, 'phone_number\n1', { csrf: '0'.repeat(64) });
  assert.equal(wrong.status, 403);
  assert.equal(sql('SELECT COUNT(*) FROM upload WHERE state=0'), '0');
  const none = await b.upload(`${NEW}/upload`, '', { name: '' });
  assert.equal(none.status, 422);
  assert.match(summary(none.body)[0][1], /Choose a file/, 'said where a file is chosen');
  assert.match(none.body, /id="upload"/);
  const got = await b.upload(`${NEW}/upload`, 'phone_number\n+447911123456\n', { name: 'Léads.csv' });
  assert.equal(got.headers.location, `${NEW}/contacts`);
  const page = await b.get(`${NEW}/contacts`);
  assert.match(page.body, /data-state="waiting"[^]*hx-get="[^"]*new\/progress\?step=contacts"/);
  const second = await b.upload(`${NEW}/upload`, 'phone_number\n1', {}, { accept: 'application/json' });
  assert.equal(second.status, 409);
  assert.match(second.body, /Another file is being read/);
  const part = await b.poll(`${NEW}/progress`);
  assert.match(part.body, /^\s*<div id="contacts"/);
  const cancelled = await leave(b, `${NEW}/dialler`, { ...DIALLER, max_attempts: 9 }, 'cancel');
  assert.equal(cancelled.headers.location, `${NEW}/dialler`, 'Cancel stays where it is');
  assert.match((await b.get(`${NEW}/dialler`)).body, /name="max_attempts"[^>]* value="9"/, 'and keeps what was entered');
  assert.equal(sql('SELECT COUNT(*) FROM upload WHERE state=0'), '0');
  assert.match((await b.get(`${NEW}/contacts`)).body, /data-state="none"/);
  const htmx = await b.upload(`${NEW}/upload`, 'phone_number\n+447911123456\n', {}, HTMX);
  assert.equal(htmx.status, 204, 'the step that is shown asks for its part');
  await discard(b);
  assert.equal(sql('SELECT COUNT(*) FROM upload WHERE state=0'), '0', 'what was thrown away is not read');
});

test('a file that failed says why and can be replaced; rejected rows come as CSV', async () => {
  await fill(b, 'Failed');
  const up = uploaded('supervisor@one.test', { state: 3, good: 0, problem: 'Line 1: there is no column <x>.' });
  const page = await b.get(`${NEW}/contacts`);
  assert.match(page.body, /The file was not accepted[^]*there is no column &lt;x&gt;/);
  assert.match(page.body, /id="upload"/);
  assert.match(summary((await leave(b, `${NEW}/contacts`, {})).body)[0][1], /“some.csv” was not accepted. Choose another file\.$/);
  sql(`UPDATE upload SET rejected=1 WHERE id=${up};
    INSERT INTO upload_reject VALUES (${up}, 1, 'phone_number,reason\\r\\n12,"The phone number is short."\\r\\n')`);
  const csv = await b.get(`${NEW}/rejected/export`);
  assert.match(csv.headers['content-type'], /text\/csv/);
  assert.match(csv.headers['content-disposition'], /attachment; filename="rejected\.csv"/);
  assert.equal(csv.body, 'phone_number,reason\r\n12,"The phone number is short."\r\n');
  await discard(b);
});

test('a file that comes is no other tab; the review is shown again with it', async () => {
  const id = addCampaign({ name: 'Comes' }), at = `${LIST}/${id}/edit`;
  await leave(b, `${at}/basics`, { name: 'Comes', bot_id: 1 });
  const basics = await b.get(`${at}/basics`), review = await b.get(`${at}/review`);
  const form = (page, more) => ({ rev: hidden(page.body, 'rev'), ver: hidden(page.body, 'ver'), ...more });
  assert.equal(hidden(review.body, 'file'), '0');
  await b.upload(`${at}/upload`, 'phone_number\n+447911123456\n', { name: 'later.csv' });
  const next = await b.post(`${at}/basics`, form(basics, { go: 'next', name: 'Comes on', bot_id: 1 }));
  assert.equal(next.headers.location, `${at}/numbers`);
  const wait = await leave(b, `${at}/review`, {}, 'save');
  assert.equal(wait.status, 422);
  assert.match(wait.body, /later\.csv is being read[^]*was <bdi>10 contacts/, 'never the old list without a word');
  const up = uploaded('supervisor@one.test', { campaign: rawId(id) });
  const unseen = await leave(b, `${at}/review`, { file: 0 }, 'save');
  assert.equal(unseen.status, 409);
  assert.equal(notice(unseen.body),
    '“some.csv” has been uploaded since this page was opened. Check the contact list, then press Save Changes again.');
  assert.equal(hidden(unseen.body, 'file'), String(up));
  assert.equal((await leave(b, `${at}/review`, {}, 'cancel')).headers.location, `${at}/review`);
  assert.equal(hidden((await b.get(`${at}/review`)).body, 'file'), '0');
});

test('a file may come before anything is kept, and is no other tab either', async () => {
  const id = addCampaign({ name: 'First of all' }), at = `${LIST}/${id}/edit`;
  const page = await b.get(`${at}/contacts`), rev = hidden(page.body, 'rev');
  await b.upload(`${at}/upload`, 'phone_number\n+447911123456\n', { rev }, HTMX);
  const means = await b.htmx(`${at}/contacts`, { rev, ver: hidden(page.body, 'ver'), go: 'means' });
  assert.match(means.body, /being read[^]*Nothing changes until you save/);
});

test('a file on its way lets a step be left, and nothing be saved', async () => {
  await fill(b, 'Coming');
  const coming = { coming: 'big <1>.csv' };
  assert.equal((await leave(b, `${NEW}/contacts`, coming)).headers.location, `${NEW}/review`);
  const page = await b.get(`${NEW}/numbers`);
  const review = await b.htmx(`${NEW}/numbers`, { rev: hidden(page.body, 'rev'), shown: '1', numbers: '1', go: 'review', ...coming });
  assert.equal(review.headers['hx-push-url'], `${NEW}/review`);
  assert.match(review.body, /big &lt;1&gt;\.csv is uploading/);
  const at = { rev: hidden(review.body, 'rev'), file: 0, ...coming };
  const save = await b.post(`${NEW}/review`, { ...at, go: 'save' });
  assert.equal(save.status, 422);
  assert.deepEqual(summary(save.body), [['#coming-title',
    '“big &lt;1&gt;.csv” is still uploading. Wait until it has been read, or cancel it.']]);
  assert.match(notice((await b.post(`${NEW}/review`, { ...at, go: 'close' })).body), /leaving would cancel it/);
  const means = await b.htmx(`${NEW}/review`, { ...at, coming: '', go: 'means' });
  assert.match(means.body, /<aside [^]*<hx-partial hx-target="#review-contacts"[^]*None/, 'it did not come');
  assert.equal((await leave(b, `${NEW}/contacts`, {})).status, 422);
  assert.equal((await b.get(`${NEW}/review`)).headers.location, `${NEW}/contacts`);
  await discard(b);
});

test('a file that is not taken does not lock an edit in', async () => {
  const id = addCampaign({ name: 'Stuck' }), at = `${LIST}/${id}/edit`;
  await leave(b, `${at}/basics`, { name: 'Stuck', bot_id: 1 });
  uploaded('supervisor@one.test', { state: 3, campaign: rawId(id), problem: 'Line 1.' });
  assert.match((await leave(b, `${at}/contacts`, {})).body, /or keep the current list\.[^]*Keep the 10 contacts/);
  assert.equal((await leave(b, `${at}/contacts`, {}, 'cancel')).headers.location, `${at}/contacts`);
  assert.equal((await leave(b, `${at}/contacts`, {})).headers.location, `${at}/review`);
  assert.equal((await leave(b, `${at}/review`, {}, 'save')).status, 303);
});

test('what waits to be saved is said on the campaign’s page, to whoever entered it', async () => {
  const id = addCampaign({ name: 'Waits' }), at = `${LIST}/${id}`;
  const boss = await new Browser(web).signIn('admin@one.test');
  assert.doesNotMatch((await b.get(at)).body, /unsaved changes/);
  const close = await leave(b, `${at}/edit/basics`, { name: 'Waits on', bot_id: 1 }, 'close');
  assert.deepEqual(toasts((await b.get(close.headers.location)).body),
    [{ bad: false, text: 'Changes kept, but not saved', detail: 'Press Edit to continue with them.' }]);
  assert.match((await b.get(at)).body, /You have unsaved changes from [^]*\/edit">[^]*Continue[^]*\/edit\/discard"/);
  assert.match((await b.poll(at)).body, /^<div id="campaign"[^]*You have unsaved changes/, 'a live update leaves it there');
  assert.doesNotMatch((await boss.get(at)).body, /unsaved changes/);
  const question = await b.post(`${at}/edit/discard`, { back: at });
  assert.equal(hidden(question.body, 'back'), at);
  assert.equal((await b.post(`${at}/edit/discard`, { back: at, confirm: 1 })).headers.location, at);
  assert.doesNotMatch((await b.get(at)).body, /unsaved changes/);
});

test('a notice names the button that is there, and what is shown below it', async () => {
  const id = addCampaign({ name: 'Named' }), at = `${LIST}/${id}/edit`;
  await leave(b, `${at}/basics`, { name: 'Named', bot_id: 1 });
  const old = await b.get(`${at}/review`), form = { rev: hidden(old.body, 'rev'), ver: 1, go: 'save' };
  await leave(b, `${at}/basics`, { name: 'Named anew', bot_id: 1 });
  const late = await b.post(`${at}/review`, form);
  assert.equal(late.status, 409);
  assert.equal(notice(late.body), 'This was changed in another tab or window. '
    + 'The current values are shown below. Check them, then press Save Changes again.');
  assert.match(late.body, /<bdi>Named anew<\/bdi>[^]*>Save Changes<\/button>/);
  assert.match(late.body, /Campaigns<\/a>[^]*<bdi>Named<\/bdi><\/a>[^]*aria-current="page">Edit</);
});

test('an edit begins where something can be changed', async () => {
  const ran = addCampaign({ name: 'Has run', status: 'paused' }), fresh = addCampaign({ name: 'Has not' });
  const now = async id => /aria-current="step"><span class="t">([^<]*)/.exec((await b.get(`${LIST}/${id}/edit`)).body)[1];
  assert.equal(await now(ran), 'Number Pool');
  assert.equal(await now(fresh), 'Basics');
});

// The tables of choices that outdial-web reads during a request, by MariaDB's log of statements.
async function choicesRead(request) {
  sql(`TRUNCATE mysql.general_log; SET GLOBAL log_output='TABLE'; SET GLOBAL general_log=1`);
  try {
    await request();
  } finally {
    sql('SET GLOBAL general_log=0');
  }
  const all = sql(`SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log WHERE command_type='Execute'`);
  assert.match(all, / FROM wizard /, 'the log has the statements of the request');
  return [...all.matchAll(/^SELECT [^\n]* FROM (holiday|bot|number n) [^\n]*ORDER BY/gm)].map(m => m[1]);
}

test('an upload and a poll of its progress read no bots, numbers or holidays', async () => {
  await fill(b, 'Light');
  assert.deepEqual(await choicesRead(() => b.get(`${NEW}/numbers`)), ['holiday', 'bot', 'number n'], 'a step does, once');
  const page = await b.get(`${NEW}/dialler`), form = { ...DIALLER, rev: hidden(page.body, 'rev'), ver: 0, go: 'next' };
  assert.deepEqual(await choicesRead(() => b.htmx(`${NEW}/dialler`, form)), ['holiday', 'bot', 'number n'],
    'so does a save that shows the next step');
  assert.deepEqual(await choicesRead(() => b.post(`${NEW}/dialler`, form)), [], 'one that redirects to it does not');
  assert.deepEqual(await choicesRead(() => b.upload(`${NEW}/upload`, 'phone_number\n+447911123456\n')), []);
  for (const step of ['contacts', 'review'])
    assert.deepEqual(await choicesRead(() => b.poll(`${NEW}/progress?step=${step}`)), [], `a poll on ${step}`);
  assert.deepEqual(await choicesRead(() => discard(b)), []);
});
