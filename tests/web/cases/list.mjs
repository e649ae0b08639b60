// The list: filters, pages, and what a live update costs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, LIST, addCampaign, makeDatabase, rawId, redis, rows, sql, startWeb, stopAll, toasts } from '../bed.mjs';

let web, b;
const ids = [];
before(async () => {
  makeDatabase();
  for (let i = 0; i < 60; i++)
    ids.push(addCampaign({ name: `Number ${i}`, age: i * 60, status: ['draft', 'running', 'completed'][i % 3] }));
  web = await startWeb();
  b = await new Browser(web).signIn('supervisor@one.test');
});
after(stopAll);

const tagOf = got => got.headers['hx-ptag'];
const partials = html => [...html.matchAll(/<hx-partial hx-target="#c-(\w+)" hx-swap="outerMorph">/g)].map(m => m[1]);
const bump = () => redis('INCR', 'list:1');
const commands = () => Number(/total_commands_processed:(\d+)/.exec(redis('INFO', 'stats'))[1]);
const statements = () => Number(sql("SHOW GLOBAL STATUS LIKE 'Com_stmt_execute'").split('\t')[1]);

test('newest first, 25 a page, to the last one and back', async () => {
  const seen = [], shown = [];
  let at = LIST, pages = 0, at2, after1;
  while (at) {
    const page = await b.get(at);
    at2 = at;
    seen.push(...rows(page.body).map(r => r.id));
    shown.push(/<span class="num">([^<]*)/.exec(page.body)[1]);
    at = /href="([^"]*)"[^>]* rel="next"/.exec(page.body)?.[1].replaceAll('&amp;', '&');
    after1 ??= at;
    pages++;
  }
  assert.equal(pages, 3);
  assert.deepEqual(shown, ['1–25', '26–50', '51–60'].map(range => `${range} of 60 campaigns`));
  // backwards, and where the first row's number is not told or is nonsense
  const second = await b.get(/href="([^"]*)"[^>]* rel="prev"/.exec((await b.get(at2)).body)[1].replaceAll('&amp;', '&'));
  assert.match(second.body, />26–50 of 60 campaigns</);
  for (const [from, range] of [['', '2–26'], ['&from=999', '35–59'], ['&from=-3', '2–26']])
    assert.match((await b.get(after1.replace(/&from=\d+/, from))).body, new RegExp(`>${range} of 60 campaigns<`));
  assert.deepEqual(seen, ids);
  assert.equal(rows((await b.get(`${LIST}?size=100`)).body).length, 60);
  assert.equal(rows((await b.get(`${LIST}?size=50`)).body).length, 50);
});

test('search and status work together, and the part is the page’s own', async () => {
  const at = `${LIST}?q=nUMber%201&status=running&size=50`;
  const page = await b.get(at), part = await b.poll(at);
  const want = ids.filter((_, i) => i % 3 === 1 && String(i).startsWith('1'));
  assert.deepEqual(rows(page.body).map(r => r.id), want);
  const [list, strip] = part.body.split('<hx-partial hx-target="#strip" hx-swap="outerMorph">');
  assert.ok(page.body.includes(list), 'the page holds the same part');
  assert.ok(page.body.includes(strip.replace('</hx-partial>', '')), 'and the same summary');
  assert.match(page.body, /value="nUMber 1"/);
  assert.match(page.body, /<option value="running" selected>/);
  assert.deepEqual(rows((await b.get(`${LIST}?q=${ids[7].slice(2, 9).toUpperCase()}`)).body).map(r => r.id), [ids[7]]);
});

test('a choice in an old address that is no more is said, and is as usual', async () => {
  const usual = rows((await b.get(LIST)).body).map(r => r.id);
  for (const [query, name] of [['status=busy', 'Status “busy”'], ['size=7', 'Rows per page “7”'], ['size=26', 'Rows per page “26”'],
    ['size=1000', 'Rows per page “1000”'], ['sort=busy', 'Sort “busy”'], ['dir=up', 'Direction “up”']]) {
    const page = await b.get(`${LIST}?${query}`);
    assert.equal(page.status, 200, query);
    assert.deepEqual(rows(page.body).map(r => r.id), usual, query);
    assert.deepEqual(toasts(page.body), [{ bad: true, text: `${name} is not known`,
      detail: 'The address may be out of date. The default is used instead.' }], query);
  }
});

test('what nothing matches says so', async () => {
  const page = await b.get(`${LIST}?q=${encodeURIComponent('<i>"nothing')}`);
  assert.match(page.body, /No campaigns found/);
  assert.match(page.body, /&lt;i&gt;&quot;nothing/);
  const other = await new Browser(web).signIn('admin@two.test');
  assert.match((await other.get(LIST)).body, /No campaigns found/);
});

test('the summary is read once for all filters, and sent to whom it is new', async () => {
  const one = await startWeb({ web_processes: 1, web_threads: 1 });
  const b = await new Browser(one).signIn('supervisor@one.test');
  const strip = got => /hx-target="#strip"/.test(got.body);
  const count = async fn => {
    const before = statements();
    await fn();
    return statements() - before;
  };
  bump();
  const whole = await count(() => b.get(`${LIST}?q=first`));
  let tag;
  const list = await count(async () => {
    const got = await b.poll(`${LIST}?q=second`);
    assert.ok(strip(got), 'nothing is known of this page');
    tag = tagOf(got);
  });
  assert.equal(whole - list, 2, 'the two statements of the summary');
  const next = await b.poll(`${LIST}?q=third`, tag);
  assert.ok(!strip(next), 'it has the summary of this version');
  bump();
  assert.ok(strip(await b.poll(`${LIST}?q=fourth`, tag)));
});

test('the list reads neither contacts nor attempts, however many there are', async () => {
  const handler = () => Object.fromEntries(sql(`SELECT CONCAT(table_name, ' ', rows_read) FROM information_schema.table_statistics
    WHERE table_schema = DATABASE() AND table_name IN ('contact', 'attempt', 'run_contact', 'live_call', 'due')`)
    .split('\n').filter(Boolean).map(l => l.split(' ')));
  sql('SET GLOBAL userstat = 1; FLUSH TABLE_STATISTICS');
  for (const at of ['', '?q=Number', '?status=running', '?sort=name', '?sort=progress', '?sort=answer', '?size=100'])
    for (let i = 0; i < 2; i++) {
      bump();
      assert.equal((await b.get(LIST + at)).status, 200);
    }
  assert.deepEqual(handler(), {});
  const seen = statements();
  bump();
  await b.get(LIST);
  assert.ok(statements() - seen <= 5, `${statements() - seen} statements for a page`);
  sql('SET GLOBAL userstat = 0');
});

test('a poll that has nothing new is a 304, from one command to Redis and none to MariaDB', async () => {
  // A thread that is asked for the first time connects, and says who it is.
  const one = await startWeb({ web_processes: 1, web_threads: 1 });
  const b = await new Browser(one).signIn('supervisor@one.test');
  const tag = tagOf(await b.poll(LIST));
  assert.ok(tag);
  await b.poll(LIST, tag);
  const redisBefore = commands(), sqlBefore = statements();
  for (let i = 0; i < 10; i++) {
    const got = await b.poll(LIST, tag);
    assert.equal(got.status, 304);
    assert.equal(got.body, '');
    assert.equal(tagOf(got), tag);
    assert.ok(JSON.stringify(got.headers).length < 200);
  }
  assert.equal(commands() - redisBefore - 1, 10, 'INFO itself is the one more');
  assert.equal(statements() - sqlBefore, 0);
});

test('a page out of the cache asks Redis once, MariaDB never', async () => {
  const one = await startWeb({ web_processes: 1, web_threads: 1 });
  const b = await new Browser(one).signIn('supervisor@one.test');
  await b.get(LIST);
  const redisBefore = commands(), sqlBefore = statements();
  for (let i = 0; i < 10; i++) assert.equal(rows((await b.get(LIST)).body).length, 25);
  assert.equal(commands() - redisBefore - 1, 10);
  assert.equal(statements() - sqlBefore, 0);
});

test('the page’s own tag is good for its first poll', async () => {
  const page = await b.get(LIST);
  const tag = /data-tag="([^"]+)"/.exec(page.body)[1];
  assert.equal((await b.poll(LIST, tag)).status, 304);
});

test('only the rows that changed come back', async () => {
  const tag = tagOf(await b.poll(LIST));
  sql(`UPDATE campaign SET name='Renamed' WHERE id IN (${rawId(ids[3])}, ${rawId(ids[9])})`);
  assert.equal((await b.poll(LIST, tag)).status, 304, 'without a bump nobody looks');
  bump();
  const got = await b.poll(LIST, tag);
  assert.equal(got.status, 200);
  assert.deepEqual(partials(got.body), [ids[3], ids[9]]);
  assert.doesNotMatch(got.body, /id="list"/);
  assert.equal((await b.poll(LIST, tagOf(got))).status, 304);
});

test('a bump that changed nothing on this page is an empty answer with a new tag', async () => {
  const tag = tagOf(await b.poll(LIST));
  bump();
  const got = await b.poll(LIST, tag);
  assert.equal(got.status, 204);
  assert.notEqual(tagOf(got), tag);
  assert.equal((await b.poll(LIST, tagOf(got))).status, 304);
});

test('a row more, a row less, another order: the whole part', async () => {
  let tag = tagOf(await b.poll(LIST));
  const id = addCampaign({ name: 'Fresh', age: -10 });
  bump();
  let got = await b.poll(LIST, tag);
  assert.match(got.body, /^\s*<div id="list"/);
  assert.equal(rows(got.body)[0].id, id);
  tag = tagOf(got);
  sql(`DELETE FROM campaign WHERE id=${rawId(id)}`);
  bump();
  got = await b.poll(LIST, tag);
  assert.match(got.body, /^\s*<div id="list"/);
  assert.equal(rows(got.body)[0].id, ids[0]);
  tag = tagOf(got);
  sql(`UPDATE campaign SET created_at = created_at - INTERVAL 90 SECOND WHERE id=${rawId(ids[4])}`);
  bump();
  got = await b.poll(LIST, tag);
  assert.match(got.body, /^\s*<div id="list"/);
  sql(`UPDATE campaign SET created_at = created_at + INTERVAL 90 SECOND WHERE id=${rawId(ids[4])}`);
  bump();
});

test('a tag is good for its own filter and role only', async () => {
  const tag = tagOf(await b.poll(LIST));
  assert.equal((await b.poll(`${LIST}?status=running`, tag)).status, 200);
  assert.equal((await b.poll(`${LIST}?size=50`, tag)).status, 200);
  const viewer = await new Browser(web).signIn('viewer@one.test');
  assert.equal((await viewer.poll(LIST, tag)).headers['hx-refresh'], 'true');
  for (const odd of ['', 'x', '.', '1', `${tag}x`, `x${tag}`, '9'.repeat(3000), '0.' + 'a'.repeat(16) + '.1', '*'])
    assert.notEqual((await b.poll(LIST, odd)).status, 304, odd);
});

test('a press of a button reaches every other screen’s next poll', async () => {
  const other = await new Browser(web).signIn('admin@one.test');
  const tag = tagOf(await other.poll(LIST));
  const draft = ids[0];
  await b.htmx(`${LIST}/${draft}/start?from=draft`);
  const got = await other.poll(LIST, tag);
  const row = rows(got.body).find(r => r.id === draft);
  assert.equal(row?.status, 'running');
});

test('an emptied Redis cannot bring an old tag back', async () => {
  const tags = new Set();
  for (let i = 0; i < 20; i++) {
    const tag = tagOf(await b.poll(LIST));
    assert.ok(!tags.has(tag));
    tags.add(tag);
    redis('FLUSHALL');
  }
  const [first] = tags;
  assert.notEqual((await b.poll(LIST, first)).status, 304);
});

test('a version lives a minute at most, so a lost bump is mended', async () => {
  await b.poll(LIST);
  bump();
  const ttl = Number(redis('PTTL', 'list:1'));
  assert.ok(ttl > 0 && ttl <= 60000, `${ttl}`);
});

test('another zone of the workspace shows at once', async () => {
  const at = `${LIST}?q=Number`;
  const before = await b.get(at);
  sql("UPDATE workspace SET zone='Asia/Tokyo' WHERE id=1");
  redis('DEL', ...redis('KEYS', 'session:*').split('\n'));
  const after = await b.get(at);
  sql("UPDATE workspace SET zone='Europe/London' WHERE id=1");
  redis('DEL', ...redis('KEYS', 'session:*').split('\n'));
  assert.match(before.body, /Europe\/London/);
  assert.match(after.body, /Asia\/Tokyo/);
});
