// The contract of carriers (src/carrier/carrier.h), by the client that the dialler
// has, on a real PBX.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import * as pbx from '../pbx.mjs';

const build = process.env.OUTDIAL_BUILD ?? path.resolve(import.meta.dirname, '../../../build');

before(() => pbx.startAll({
  manager: '\n[outdial](+)\nsecret = secret\n',
  extensions: '\n[outdial-bots]\nexten => bot,1,Answer()\n same => n,Wait(60)\n',
}));
after(pbx.endAll);

test('every line of it holds', () => {
  const { stdout, status } = spawnSync(path.join(build, 'tests/carrier/test_contract'), {
    env: { ...process.env, PBX_AMI: '127.0.0.1:5038', PBX_PHONES: path.join(process.env.PBX_RUN, 'phones.log') },
    encoding: 'utf8', timeout: 120_000 });
  assert.deepEqual(stdout.match(/^not ok.*(\n#.*)*/gm) ?? [], []);
  assert.equal(status, 0);
});
