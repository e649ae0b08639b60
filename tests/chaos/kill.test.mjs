// Ten rounds each: a program is killed in mid-run and started again.  The run
// ends, every contact is final, nobody was called twice for one attempt, and
// the books balance.
import test, { after, before } from 'node:test';
import { stackUp, until, wait } from '../lib/stack.mjs';

const ROUNDS = 10;
const CONTACTS = 12_000;
let stack;
let failed = 0;

before(async () => { stack = await stackUp({ sim: 'speed=20' }); });
after(() => stack?.down(failed > 0));

/* At a random moment while calls are being placed. */
async function between(run) {
  const was = stack.finished(run);

  await until(60, 'calls are finished', () => stack.finished(run) > was + 50);
  await wait(Math.random() * 300);
}

async function survives(name, kill) {
  const id = stack.campaign(name, CONTACTS,
    { concurrency: 400, max_attempts: 2, retry_delay: 1 });

  failed++;
  stack.action('start', id);
  const run = stack.runOf(id);
  for (let round = 0; round < ROUNDS; round++) {
    await between(run);
    await kill();
    await until(60, 'MariaDB answers', () => {
      try {
        return stack.one('SELECT 1') === '1';
      } catch {
        return false;
      }
    });
  }
  await until(300, 'the run ends', () => stack.status(id) === '3');
  stack.judge(run, CONTACTS);
  failed--;
}

test('the dialler', () => survives('dialler',
  () => stack.kill('outdial-dialler')));

test('a worker of the web', () => survives('worker', async () => {
  const [pid] = stack.workers();

  process.kill(pid, 'SIGKILL');
  await until(10, 'another worker', () =>
    !stack.workers().includes(pid) && stack.workers().length > 1);
}));

test('Redis, emptied', () => survives('redis', () => stack.kill('redis')));

test('MariaDB', () => survives('mariadb', () => stack.kill('mariadb')));
