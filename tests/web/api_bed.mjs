// A client of the API for tests: every answer is held against the description
// that the program itself serves.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { program, rawId, root, sql } from './bed.mjs';
import { ask } from './fcgi.mjs';

const fromWeb = createRequire(path.join(root, 'web/package.json'));
const Ajv = fromWeb('ajv/dist/2020.js').default;
const formats = fromWeb('ajv-formats').default;

export const API = '/api/v1';

export const outdial = (web, ...args) =>
  execFileSync(path.join(path.dirname(program), 'outdial'), ['--config', web.file, ...args], { encoding: 'utf8' });

// A key of workspace one, unless told otherwise.
export function makeKey(web, scopes, { as = 'admin@one.test', name = 'Test', ...more } = {}) {
  const args = Object.entries(more).flatMap(([k, v]) => [`--${k}`, v]);
  return JSON.parse(outdial(web, 'key', 'add', name, '--scopes', scopes, '--as', as, '--json', ...args));
}

export async function description(web) {
  const got = await ask(web.socket, { path: `${API}/openapi.json` });
  assert.equal(got.status, 200, got.body);
  return JSON.parse(got.body);
}

export class Client {
  constructor(web, key, api) {
    Object.assign(this, { web, key, api, checks: new Map() });
    this.ajv = new Ajv({ strict: false, allErrors: true });
    formats(this.ajv);
    this.ajv.addSchema({ $id: 'api', components: api.components });
  }

  operation(method, at) {
    for (const [template, methods] of Object.entries(this.api.paths)) {
      const like = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`);
      if (like.test(at) && methods[method.toLowerCase()]) return methods[method.toLowerCase()];
    }
    return null;
  }

  // What the answer must be like, by the description.
  conforms(method, at, got) {
    const operation = this.operation(method, at);
    const problem = got.status >= 400;
    if (!operation) return assert.ok(problem, `${method} ${at} is not described`);
    const said = operation.responses[got.status] ?? operation.responses.default;
    if (!problem) assert.ok(operation.responses[got.status], `${method} ${at} answers ${got.status}`);
    const [[type, content] = [], ...others] = Object.entries(said.content ?? {});
    if (!type) return assert.equal(got.body, '');
    if (type === 'text/csv')
      return assert.ok([`${type}; charset=utf-8`, ...others.map(([other]) => other)].includes(got.headers['content-type']), got.headers['content-type']);
    assert.equal(got.headers['content-type'], type);
    const ref = `api${content.schema.$ref}`;
    if (!this.checks.has(ref)) this.checks.set(ref, this.ajv.compile({ $ref: ref }));
    const check = this.checks.get(ref);
    assert.ok(check(JSON.parse(got.body)), `${method} ${at}: ${this.ajv.errorsText(check.errors)} in ${got.body}`);
  }

  async ask(method, at, body, headers = {}) {
    const json = body !== undefined && typeof body !== 'string';
    const got = await ask(this.web.socket, { method, path: API + at,
      headers: { ...(this.key && { authorization: `Bearer ${this.key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: json ? JSON.stringify(body) : body ?? '' });
    this.conforms(method, at.replace(/\?.*/, ''), got);
    return { ...got, json: /json$/.test(got.headers['content-type']) ? JSON.parse(got.body) : null };
  }

  get(at, headers) { return this.ask('GET', at, undefined, headers); }
  post(at, body, headers) { return this.ask('POST', at, body, headers); }
  patch(at, body, headers) { return this.ask('PATCH', at, body, headers); }
  delete(at, headers) { return this.ask('DELETE', at, undefined, headers); }
}

// The id of a call of a run's first segment, and a call of contact 'ordinal' that is
// up.
export const NONCE = 77;
export const runOf = id => Number(sql(`SELECT current_run FROM campaign WHERE id = ${rawId(id)}`));
export function callId(run, ordinal, seq = 1) {
  const hex = (n, digits) => BigInt(n).toString(16).padStart(digits, '0');
  const end = hex(2n << 62n | BigInt(ordinal) << 30n | BigInt(NONCE), 16);
  return `${hex(run, 8)}-${hex(1, 4)}-${hex(0x8000 | seq, 4)}-${end.slice(0, 4)}-${end.slice(4)}`;
}
export function addLive(id, ordinal, ws = 1) {
  const run = runOf(id), call = callId(run, ordinal);
  sql(`INSERT INTO live_call (id, workspace_id, phone, campaign_id, run_id, seg, ordinal, seq, class, epoch, state,
      carrier_id, number_id, queued_at, not_after)
    VALUES (UNHEX('${call.replaceAll('-', '')}'), ${ws}, '4930${1000000 + ordinal}', ${rawId(id)}, ${run}, 1, ${ordinal}, 1, 1, 0, 3,
      ${ws}, ${ws}, NOW(6), NOW(6))`);
  return call;
}

// The code of a problem says what its status says, for programs.
const CODES = { 400: 'invalid', 401: 'denied', 403: 'denied', 404: 'absent', 405: 'invalid', 409: 'conflict',
  410: 'invalid', 411: 'invalid', 412: 'conflict', 413: 'invalid', 415: 'invalid', 422: 'invalid', 429: 'busy' };

// The request is refused by a problem, which blames the member of the pointer.
export const refused = (got, status, detail, pointer) => {
  assert.equal(got.status, status, got.body);
  assert.equal(got.json.status, status);
  assert.equal(got.json.code, CODES[status]);
  assert.match(got.json.detail, detail);
  if (pointer) assert.deepEqual(got.json.errors.map(e => e.pointer), [pointer]);
};
