// The programs on the page “Integration” of a campaign work as they are copied.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';

const { OUTDIAL_URL: url, OUTDIAL_API_KEY: key, OUTDIAL_EMAIL: email, OUTDIAL_PASSWORD: password } = process.env;
const api = async (method, at, body) => (await fetch(`${url}/api/v1${at}`, { method,
  headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
  body: body && JSON.stringify(body) })).json();
const run = (file, args, at) => execFileSync(file, args, { cwd: at, encoding: 'utf8', timeout: 60_000,
  env: { ...process.env, OUTDIAL_API_KEY: key } });
const ENTITIES = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };
const plain = (html) => html.replace(/&(#?\w+);/g, (_, name) => ENTITIES[name]);

const PROGRAMS = {
  curl: (text, dir) => run('sh', ['-c', text], dir),
  python: (text, dir) => run('python3', ['-c', text], dir),
  javascript: (text, dir) => {
    fs.writeFileSync(`${dir}/request.mjs`, text);
    return run('node', ['request.mjs'], dir);
  },
  c: (text, dir) => {
    fs.writeFileSync(`${dir}/request.c`, text);
    run('cc', ['-Wall', '-Werror', '-o', 'request', 'request.c', '-lcurl'], dir);
    return run('./request', [], dir);
  },
};

async function makeCampaign() {
  const { bots } = await api('GET', '/bots'), { numbers } = await api('GET', '/numbers');

  return (await api('POST', '/campaigns', { name: 'By the samples', bot_id: bots[0].id, numbers: [numbers[0].id] })).id;
}

// {"trigger": {"curl": "curl …", …}, "exclude": …}
async function samples(id) {
  const answer = await fetch(`${url}/login`, { method: 'POST', redirect: 'manual', headers: { origin: url },
    body: new URLSearchParams({ email, password }) });
  const [cookie] = answer.headers.get('set-cookie').split(';');
  const page = await (await fetch(`${url}/dashboard/campaigns/${id}/integration`, { headers: { cookie } })).text();

  return Object.fromEntries(page.split('<section ').slice(1).map((part) => [/aria-labelledby="(\w+)"/.exec(part)[1],
    Object.fromEntries([...part.matchAll(/data-language="(\w+)"><code>([^]*?)<\/code>/g)].map((m) => [m[1], plain(m[2])]))]));
}

test('each of them adds the contact, then each excludes it', async (t) => {
  const id = await makeCampaign(), { trigger, exclude } = await samples(id);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'outdial-samples-'));
  const state = async () => (await api('GET', `/campaigns/${id}/contacts?external_id=order-4711`)).contacts.map((c) => c.state);

  t.after(() => fs.rmSync(dir, { recursive: true }));
  assert.deepEqual([Object.keys(trigger), Object.keys(exclude)], [Object.keys(PROGRAMS), Object.keys(PROGRAMS)]);
  for (const [i, language] of Object.keys(PROGRAMS).entries()) {
    const { accepted, duplicate } = JSON.parse(PROGRAMS[language](trigger[language], dir));

    assert.deepEqual([accepted, duplicate], i ? [0, 1] : [1, 0], language);
    assert.deepEqual(await state(), ['pending']);
  }
  for (const language of Object.keys(PROGRAMS)) {
    const { numbers } = JSON.parse(PROGRAMS[language](exclude[language], dir));

    assert.deepEqual(numbers.map((n) => n.phone_number), ['+442079460123'], language);
  }
});

test('without a key each of them fails', async (t) => {
  const { trigger } = await samples(await makeCampaign());
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'outdial-samples-'));

  t.after(() => fs.rmSync(dir, { recursive: true }));
  for (const [language, program] of Object.entries(PROGRAMS))
    assert.throws(() => program(trigger[language].replaceAll('OUTDIAL_API_KEY', 'NO_SUCH_KEY'), dir), language);
});
