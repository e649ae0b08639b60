// Bots, carriers, numbers and the workspace: read by all, kept by
// administrators; an entry that is wrong is said at its field, a stale form is
// told, and what campaigns use stays.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser, LIST, ROLES, addCampaign, makeDatabase, rawId, sql, startWeb, stopAll, toasts } from '../bed.mjs';

const AT = '/dashboard/settings';
let web, people, campaign;
before(async () => {
  makeDatabase();
  campaign = addCampaign({ name: 'Uses <it>', status: 'running' });
  web = await startWeb();
  people = {};
  for (const role of ROLES) people[role] = await new Browser(web).signIn(`${role}@one.test`);
});
after(stopAll);

const main = body => body.split('<main')[1].split('</main>')[0];
const said = async (who = people.admin) => toasts((await who.get(`${AT}/bots`)).body)[0];
const one = what => sql(what).trim();
const wrongAt = body => [...body.matchAll(/id="e-(\w+)" role="alert">.*?<span>(.*?)<\/span>/g)].map(m => [m[1], m[2]]);
const ver = body => body.match(/name="ver" value="(\d+)"/)[1];
const epoch = () => Number(one(`SELECT epoch FROM campaign WHERE id=${rawId(campaign)}`));

test('a bot is added, renamed, gets another target, and is removed', async () => {
  const b = people.admin;
  const added = await b.post(`${AT}/bots`, { name: ' Survey <b> ', target: '1001' });
  assert.equal(added.status, 303);
  assert.equal(added.headers.location, `${AT}/bots`);
  assert.deepEqual(await said(), { bad: false, text: 'Bot added', detail: 'Survey &lt;b&gt;' });
  const id = one(`SELECT id FROM bot WHERE workspace_id=1 AND name='Survey <b>' AND target='1001'`);
  assert.ok(Number(id) > 0);
  const again = await b.post(`${AT}/bots`, { name: 'Survey <b>', target: '1001' });
  assert.equal(again.status, 409, 'a second press adds no second one');
  assert.deepEqual(wrongAt(again.body), [['name', 'There is already a bot with this name.']]);
  let page = await b.get(`${AT}/bots/${id}`);
  assert.match(page.body, /<h1><bdi>Survey &lt;b&gt;<\/bdi><\/h1>/);
  assert.match(page.body, /Campaigns with this bot<\/h2><p>None</);
  const was = epoch();
  await b.post(`${AT}/bots/1`, { ver: '0', name: 'Renamed', target: 'sip:bot@test' });
  assert.equal(epoch(), was, 'a name is no reason to plan again');
  await b.post(`${AT}/bots/1`, { ver: '1', name: 'Renamed', target: 'sip:other@test' });
  assert.equal(epoch(), was + 1, 'a target is');
  const drop = form => b.post(`${AT}/bots/${id}/remove`, { back: `${AT}/bots/${id}`, ...form });
  const asked = await drop();
  assert.match(asked.body, /Remove the bot “<bdi>Survey &lt;b&gt;<\/bdi>”\?/);
  assert.equal((await drop({ confirm: '0' })).headers.location, `${AT}/bots/${id}`);
  assert.equal((await drop({ confirm: '1' })).headers.location, `${AT}/bots`);
  assert.equal((await said()).text, 'Bot removed');
  assert.equal((await drop({ confirm: '1' })).status, 404);
});

test('what a campaign uses stays, and the reason is said', async () => {
  const b = people.admin;
  const got = await b.post(`${AT}/bots/1/remove`, { confirm: '1', back: `${AT}/bots` });
  assert.equal(got.status, 303);
  assert.deepEqual(await said(), { bad: true, text: 'Failed to remove',
    detail: 'The bot is used by the campaign “Uses &lt;it&gt;”.' });
  await b.post(`${AT}/carriers/1/remove`, { confirm: '1', back: `${AT}/bots` });
  assert.match((await said()).detail, /^The carrier is used by the number “\+44200000001”\.$/);
  assert.match((await b.get(`${AT}/bots`)).body, /<td><bdi>1<\/bdi><\/td>/);
});

test('what is wrong is said at each field, and stays as entered', async () => {
  const b = people.admin;
  const got = await b.post(`${AT}/bots`, { name: '', target: 'a "b"' });
  assert.equal(got.status, 422);
  assert.deepEqual(wrongAt(got.body).map(w => w[0]), ['name'], 'the form of the target comes after the fields');
  assert.match(got.body, /value="a &quot;b&quot;"/);
  assert.match(got.body, /<title>Error: Add a bot, Bots · Outdial<\/title>/);
  const carrier = await b.post(`${AT}/carriers`, { name: '', kind: 'smoke', address: 'x', cps: '0', channels: '', inbound: '0' });
  assert.deepEqual(wrongAt(carrier.body).map(w => w[0]), ['name', 'kind', 'cps', 'channels']);
  for (const target of ['sip:', 'sip:a:b@c', 'http://x', 'sip:x@y?z']) {
    const bad = await b.post(`${AT}/bots`, { name: 'X', target });
    assert.equal(bad.status, 422, target);
    assert.deepEqual(wrongAt(bad.body).map(w => w[0]), ['target'], target);
  }
});

test('an Asterisk is added with its account, whose secret no page shows', async () => {
  const b = people.admin, secret = 'open sesame';
  const form = { name: 'Trunk', kind: 'ami', address: '127.0.0.1:5038', cps: '5', channels: '30', inbound: '2', enabled: 'yes',
    user: 'outdial', secret, dial: 'PJSIP/{number}', plus: 'yes', message: 'outdial/sorry', amd: '' };
  assert.match((await b.get(`${AT}/carriers/new`)).body, /<input id="f-secret" name="secret" type="password"[^>]* value=""/);
  const bad = await b.post(`${AT}/carriers`, { ...form, dial: 'PJSIP/trunk' });
  assert.deepEqual(wrongAt(bad.body).map(w => w[0]), ['dial']);
  assert.ok(!bad.body.includes(secret), 'nor is it sent back');
  assert.equal((await b.post(`${AT}/carriers`, form)).status, 303);
  const id = one("SELECT id FROM carrier WHERE name='Trunk'"), at = `${AT}/carriers/${id}`;
  const stored = one(`SELECT secret FROM carrier WHERE id=${id}`);
  assert.ok(stored.length > secret.length && !stored.includes(secret));
  const page = await b.get(at);
  assert.ok(!page.body.includes(stored) && !page.body.includes(secret));
  assert.match(page.body, /name="dial"[^>]* value="PJSIP\/\{number\}"/);
  assert.ok(!(await b.get(`${AT}/carriers/1`)).body.includes('name="secret"'), 'a simulated one has none');
  assert.equal((await b.post(at, { ...form, secret: '', ver: ver(page.body) })).status, 303);
  assert.equal(one(`SELECT secret FROM carrier WHERE id=${id}`), stored, 'left empty it stays');
  sql(`DELETE FROM carrier WHERE id=${id}`);
});

test('a stale form changes nothing, says so, and can be sent again', async () => {
  const b = people.admin, at = `${AT}/carriers/1`;
  const form = { name: 'Sim', kind: 'sim', address: '/nowhere', cps: '11', channels: '10', inbound: '0', enabled: 'yes' };
  const old = ver((await b.get(at)).body);
  assert.equal((await b.post(at, { ...form, ver: old })).status, 303);
  const late = await b.post(at, { ...form, cps: '12', ver: old });
  assert.equal(late.status, 409);
  assert.match(late.body, /Somebody else has changed the carrier since you opened it\. Nothing was saved\./);
  assert.match(late.body, /name="cps"[^>]*value="12"/);
  assert.equal(one('SELECT cps FROM carrier WHERE id=1'), '11');
  assert.equal((await b.post(at, { ...form, cps: '12', ver: ver(late.body) })).status, 303);
  assert.equal(one('SELECT cps FROM carrier WHERE id=1'), '12');
});

test('a carrier is disabled after a question, and enabled without one', async () => {
  const b = people.admin, was = epoch();
  const flip = (word, form = {}) => b.post(`${AT}/carriers/1/${word}`, { back: `${AT}/carriers`, ...form });
  assert.match((await flip('disable')).body, /Disable the carrier “<bdi>Sim<\/bdi>”\?/);
  assert.equal(epoch(), was);
  assert.equal((await flip('disable', { confirm: '1' })).status, 303);
  assert.equal((await flip('disable', { confirm: '1' })).status, 303, 'a second press');
  assert.equal(epoch(), was + 1, 'what is queued is void at once');
  assert.match((await b.get(`${AT}/carriers`)).body, /Disabled<\/span>/);
  assert.match((await b.get(`${AT}/numbers`)).body, /Carrier disabled<\/span>/);
  assert.equal((await flip('enable')).status, 303);
  assert.equal(one('SELECT enabled FROM carrier WHERE id=1'), '1');
});

test('numbers are added many at once, all or none', async () => {
  const b = people.admin;
  const send = (phone, more = {}) => b.post(`${AT}/numbers`, { carrier_id: '1', phone, day_cap: '0', enabled: 'yes', ...more });
  const bad = await send('020 7946 0100\r\n12\r\n020 7946 0100\r\n<b>\r\n');
  assert.equal(bad.status, 422);
  assert.match(bad.body, /3 lines are not valid; nothing was added/);
  assert.match(bad.body, /<li>Line 2: The number must have 8 to 15 digits\.<\/li>/);
  assert.match(bad.body, /<li>Line 3: The number is the same as in an earlier line\.<\/li>/);
  assert.match(bad.body, /020 7946 0100\n12|020 7946 0100\r\n12/);
  assert.equal(one('SELECT COUNT(*) FROM number WHERE workspace_id=1'), '1');
  assert.equal((await send('020 7946 0100, Main\n+44 20 7946 0101\n', { day_cap: '200' })).status, 303);
  assert.equal((await said()).text, '2 numbers added');
  assert.equal(one(`SELECT CONCAT(phone, ' ', label, ' ', day_cap) FROM number WHERE label='Main'`), '442079460100 Main 200');
  const many = Array.from({ length: 1000 }, (_, i) => `+44 20 794${20000 + i}, Line ${i}`);
  assert.equal((await send(many.join('\r\n'))).status, 303);
  assert.equal((await send([...many, '+44 20 79400000'].join('\r\n'))).status, 422);
  assert.equal((await send('020 7946 0199', { carrier_id: '2' })).status, 404, 'of another workspace');
  assert.equal((await send('x'.repeat(200_000))).status, 413);
});

test('the pages of a list have every number once', async () => {
  const seen = [];
  for (let at = `${AT}/numbers`; at;) {
    const { body } = await people.viewer.get(at);
    seen.push(...[...body.matchAll(/<th scope="row"><bdi>(\+\d+)<\/bdi>/g)].map(m => m[1]));
    at = body.match(/href="([^"]*)" rel="next"/)?.[1].replaceAll('&amp;', '&');
  }
  assert.equal(seen.length, 1003);
  assert.equal(new Set(seen).size, 1003);
  assert.deepEqual(seen, [...seen].sort());
  assert.equal((await people.viewer.get(`${AT}/numbers?after=x&id=y`)).status, 400);
});

test('a number is taken out of drafts that never ran, only when asked', async () => {
  const b = people.admin;
  const id = one(`SELECT id FROM number WHERE phone='442079460101'`);
  const draft = addCampaign({ name: 'Never ran' });
  sql(`INSERT INTO campaign_number VALUES (${rawId(draft)}, ${id})`);
  assert.match((await b.get(`${AT}/numbers/${id}`)).body, /Remove, and from drafts that never ran/);
  await b.post(`${AT}/numbers/${id}/remove`, { confirm: '1', back: `${AT}/numbers/${id}` });
  assert.match((await said()).detail, /used by the campaign “Never ran”/);
  await b.post(`${AT}/numbers/${id}/remove?drafts=1`, { confirm: '1', back: `${AT}/numbers/${id}` });
  assert.equal((await said()).text, 'Number removed');
  assert.equal(one(`SELECT COUNT(*) FROM campaign_number WHERE number_id=${id}`), '0');
});

test('the workspace: a name, a zone and a country from lists', async () => {
  const b = people.admin, at = `${AT}/workspace`;
  const page = await b.get(at);
  assert.match(page.body, /<option value="Europe\/London" selected>/);
  assert.match(page.body, /<option value="GB" selected>United Kingdom \(GB\)<\/option>/);
  assert.ok(page.body.match(/<option/g).length > 500);
  const bad = await b.post(at, { ver: ver(page.body), name: '', zone: 'Mars/Olympus', country: 'UK' });
  assert.deepEqual(wrongAt(bad.body).map(w => w[0]), ['name', 'zone']);
  const taken = await b.post(at, { ver: ver(page.body), name: 'WORKSPACE two', zone: 'UTC', country: 'GB' });
  assert.deepEqual(wrongAt(taken.body), [['name', 'There is already a workspace with this name.']]);
  const was = epoch();
  assert.equal((await b.post(at, { ver: ver(page.body), name: 'One', zone: 'Asia/Tokyo', country: 'JP' })).status, 303);
  assert.equal(one('SELECT CONCAT(name, zone, country) FROM workspace WHERE id=1'), 'OneAsia/TokyoJP');
  assert.equal(epoch(), was + 1);
  assert.equal((await b.post(at, { ver: ver(page.body), name: 'Two', zone: 'UTC', country: 'GB' })).status, 409, 'a stale form');
  const seen = main((await people.viewer.get(at)).body);
  assert.match(seen, /<bdi>Japan \(JP\)<\/bdi>/);
  assert.doesNotMatch(seen, /<button|<input id/);
});

test('others read the lists, and see no button', async () => {
  for (const role of ['viewer', 'supervisor'])
    for (const place of ['bots', 'carriers', 'numbers']) {
      const { status, body } = await people[role].get(`${AT}/${place}`);
      assert.equal(status, 200);
      assert.doesNotMatch(main(body), /<button|<form|settings\/\w+\/\d/);
    }
});

test('a new workspace says what is missing, in order, and whom to ask', async () => {
  sql('DELETE FROM number WHERE workspace_id=2; DELETE FROM carrier WHERE workspace_id=2; DELETE FROM bot WHERE workspace_id=2');
  const admin = await new Browser(web).signIn('admin@two.test');
  const other = await new Browser(web).signIn('supervisor@two.test');
  const links = body => [...main(body).split('class="needs"')[1].split('</ol>')[0].matchAll(/<li>(?:<a href="([^"]*)">)?([^<]*)/g)].map(m => [m[1], m[2].trim()]);
  assert.deepEqual(links((await admin.get(LIST)).body), [
    [`${AT}/carriers/new`, 'A carrier, which places the calls'],
    [`${AT}/numbers/new`, 'A number to call from'],
    [`${AT}/bots/new`, 'A bot, which talks to the people who answer']]);
  const asked = (await other.get(LIST)).body;
  assert.deepEqual(links(asked).map(l => l[0]), [undefined, undefined, undefined]);
  assert.match(asked, /ask admin two \(admin@two\.test\)\./);
  assert.match((await admin.get(`${AT}/numbers/new`)).body, /there is none yet\. <a href="\/dashboard\/settings\/carriers\/new">Add a carrier<\/a>/);
  assert.match((await other.get(`${AT}/bots`)).body, /Only an administrator can add them: ask admin two/);
  await admin.post(`${AT}/carriers`, { name: 'Sim', kind: 'sim', address: '/run/sim.sock', cps: '10', channels: '10', inbound: '0', enabled: 'yes' });
  assert.deepEqual(links((await admin.get(`${AT}/carriers`)).body).map(l => l[0]), [undefined, `${AT}/numbers/new`, `${AT}/bots/new`], 'where it was added, too');
  assert.doesNotMatch((await other.get(`${AT}/carriers`)).body, /class="needs"/);
  assert.deepEqual(links((await admin.get(LIST)).body).map(l => l[0]), [undefined, `${AT}/numbers/new`, `${AT}/bots/new`], 'the list knows at once');
  assert.match((await admin.get(`${LIST}/new/basics`)).body, /There are no bots yet/);
});
