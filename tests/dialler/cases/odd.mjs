// What may be changed under a run while it dials: nothing is stuck, nobody is
// forgotten.
import { after, before, test } from 'node:test';
import { QUICK, act, balanced, end, endAll, makeCampaign, makeWorld, placed, served, sql, startDialler, startSim,
  statusOf, until } from '../bed.mjs';

let dialler;

before(async () => {
  makeWorld();
  await startSim({ ...QUICK, speed: 5 });
  dialler = await startDialler();
  await served();
});
after(endAll);

const runOf = () => sql('SELECT MAX(id) FROM run');
const stamped = run => until('the run is stamped', () =>
  sql(`SELECT ended_at IS NOT NULL FROM run WHERE id=${run}`) === '1');

test('a carrier is switched off with calls up, and the dialler dies', async () => {
  const { id } = makeCampaign(500, { concurrency: 50 }), had = placed().length;
  act('start', id);
  await until('it dials', () => placed().length > had + 20);
  sql('UPDATE carrier SET enabled=0');
  await end(dialler, 'SIGKILL');
  dialler = await startDialler();
  await until('the run fails', () => statusOf(id) === 'failed');
  const run = runOf();
  await stamped(run);
  balanced('at the end');
  sql('UPDATE carrier SET enabled=1');
  await served();
});
