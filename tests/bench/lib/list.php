<?php
// The campaign list, as a flat PHP script would do it: one persistent
// connection, prepared statements, no framework.  Kinder to PHP than a real
// system: one zone, no cache to keep right, toasts and banners left out.

const WORDS = ['draft', 'running', 'paused', 'completed', 'failed'];
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const ACTIONS = [
  'draft' => [[1, 'start', 'Start', 'play'], [2, 'edit', 'Edit', 'pencil'],
    [3, 'clone', 'Clone', 'copy'], [4, 'delete', 'Delete', 'trash-2']],
  'running' => [[1, 'pause', 'Pause', 'pause'], [3, 'clone', 'Clone', 'copy'],
    [4, 'stop', 'Stop', 'square']],
  'paused' => [[1, 'resume', 'Resume', 'play'], [2, 'edit', 'Edit', 'pencil'],
    [3, 'clone', 'Clone', 'copy'], [4, 'stop', 'Stop', 'square']],
  'completed' => [[1, 'restart', 'Restart', 'rotate-ccw'],
    [3, 'clone', 'Clone', 'copy']],
  'failed' => [[1, 'restart', 'Restart', 'rotate-ccw'],
    [3, 'clone', 'Clone', 'copy']],
];

function h(string $text): string
{
  return htmlspecialchars($text, ENT_QUOTES);
}

function ask(mysqli $db, string $sql, string $types, array $values): array
{
  $s = $db->prepare($sql);
  $s->bind_param($types, ...$values);
  $s->execute();
  return $s->get_result()->fetch_all(MYSQLI_ASSOC);
}

function short_id(int $id): string
{
  $text = '';
  for ($i = 0; $i < 10; $i++) {
    $text = LETTERS[$id & 31] . $text;
    $id >>= 5;
  }
  return $text;
}

function marks(array $ids): string
{
  return implode(',', array_fill(0, count($ids), '?'));
}

// rows of SQL with one IN list, by their first column
function by_id(mysqli $db, string $sql, array $ids): array
{
  if (!$ids)
    return [];
  $rows = ask($db, sprintf($sql, marks($ids)), str_repeat('i', count($ids)), $ids);
  return array_column($rows, null, array_key_first($rows[0] ?? ['id' => 0]));
}

mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$db = new mysqli('p:localhost', 'root', '', 'outdial', 0, $_SERVER['MARIADB_SOCKET']);
$token = substr($_COOKIE['outdial'] ?? '', 0, (int)$_SERVER['TOKEN_LENGTH']);
$who = ask($db, 'SELECT u.id, u.workspace_id, u.role, u.email, u.name, w.name AS workspace
  FROM session s JOIN user u ON u.id = s.user_id JOIN workspace w ON w.id = u.workspace_id
  WHERE s.digest = ? AND s.expires_at > NOW(6)', 's', [hash('sha256', $token, true)])[0] ?? null;
if (!$who) {
  http_response_code(401);
  exit;
}
$before = explode('-', $_GET['before'] ?? '4000000000000000-zzzzzzzzzz')[0];
$before = gmdate('Y-m-d H:i:s', intdiv((int)$before, 1000000));
$total = ask($db, 'SELECT COUNT(*) AS n FROM campaign WHERE workspace_id = ?', 'i',
  [$who['workspace_id']])[0]['n'];
$rows = ask($db, 'SELECT c.*, r.rest, r.reason FROM campaign c LEFT JOIN run r ON r.id = c.current_run
  WHERE c.workspace_id = ? AND c.created_at <= ? ORDER BY c.created_at DESC, c.id DESC LIMIT 26',
  'is', [$who['workspace_id'], $before]);
$more = count($rows) > 25;
$rows = array_slice($rows, 0, 25);
$runs = array_values(array_filter(array_column($rows, 'current_run')));
$drafts = array_column(array_filter($rows, fn($c) => !$c['current_run']), 'id');
$figures = by_id($db, 'SELECT run_id, SUM(processed) AS processed, SUM(connected) AS connected,
  SUM(ended) AS ended, SUM(answered) AS answered,
  SUM(completed + exhausted + abandoned + voicemail + invalid) AS final
  FROM run_count WHERE run_id IN (%s) GROUP BY run_id', $runs);
$totals = by_id($db, 'SELECT c.run_id, SUM(COALESCE(c.upto, p.n)) AS n FROM run_cursor c
  JOIN list_part p ON p.list_id = c.list_id AND p.part = c.part
  WHERE c.run_id IN (%s) GROUP BY c.run_id', $runs);
$totals_draft = by_id($db, 'SELECT s.campaign_id, SUM(COALESCE(s.upto, p.n)) AS n FROM segment s
  JOIN list_part p ON p.list_id = s.list_id AND p.part = s.part
  WHERE s.campaign_id IN (%s) GROUP BY s.campaign_id', $drafts);

[$head, $foot] = explode('<!--ROWS-->', file_get_contents($_SERVER['FRAME']));
$static = $_SERVER['STATIC_PATH'];
echo $head;
foreach ($rows as $c) {
  $id = short_id($c['id']);
  $name = h($c['name']);
  $status = WORDS[$c['status']];
  $f = $figures[$c['current_run']] ?? ['processed' => 0, 'connected' => 0, 'ended' => 0,
    'answered' => 0, 'final' => 0];
  $n = (int)($totals[$c['current_run']]['n'] ?? $totals_draft[$c['id']]['n'] ?? 0);
  $done = $n ? $f['processed'] * 100 / $n : 0;
  $spoke = $n ? $f['connected'] * 100 / $n : 0;
  $answer = $f['ended'] ? sprintf('<span class="rate">%.1f%%</span>', $f['answered'] * 100 / $f['ended'])
    : '<span class="none" role="img" aria-label="No calls yet">—</span>';
  $final = $f['ended'] ? sprintf('<span class="rate">%.1f%%</span>', $n ? $f['final'] * 100 / $n : 0)
    : '<span class="none" role="img" aria-label="No calls yet">—</span>';
  $at = strtotime($c['created_at'] . ' UTC');
  ?>
<tr class="row is-<?= $status ?>" id="c-<?= $id ?>" role="row" tabindex="-1" data-campaign-id="<?= $id ?>" data-status="<?= $status ?>">
<th scope="row" role="rowheader" class="name">
<a class="row-link" id="n-<?= $id ?>" href="/dashboard/campaigns/<?= $id ?>"><bdi><?= $name ?></bdi></a>
<span class="cid over"><code><?= $id ?></code><button type="button" class="icon-btn copy tip" aria-label="Copy ID <?= $id ?>" data-copy="<?= $id ?>"><svg class="icon idle" aria-hidden="true"><use href="<?= $static ?>/icons.svg#copy"/></svg><svg class="icon ok" aria-hidden="true"><use href="<?= $static ?>/icons.svg#check"/></svg></button></span>
<?php if ($c['restarted_at']) { ?>
<span class="note"><svg class="icon" aria-hidden="true"><use href="<?= $static ?>/icons.svg#rotate-ccw"/></svg>Restarted <?= gmdate('j M Y H:i', strtotime($c['restarted_at'])) ?> by <bdi><?= h($c['restarted_by']) ?></bdi></span>
<?php } ?>
</th>
<td role="cell" class="status"><span class="badge <?= $status ?>"><?= ucfirst($status) ?></span></td>
<td role="cell" class="prog-cell">
<div class="prog-text"><b><?= (int)$done ?>%</b> <span><?= number_format($f['connected']) ?> connected</span></div>
<svg class="bar" role="progressbar" aria-label="Contacts processed, <?= $name ?>" aria-valuemin="0" aria-valuemax="100" aria-valuenow="<?= (int)$done ?>" width="100%" height="6"><rect class="done" width="<?= number_format($done, 1) ?>%" height="100%"/><rect class="conn" width="<?= number_format($spoke, 1) ?>%" height="100%"/></svg>
</td>
<td role="cell" class="end" data-label="Answer Rate"><?= $answer ?></td>
<td role="cell" class="end" data-label="Completion Rate"><?= $final ?></td>
<td role="cell" class="date" data-label="Created"><time class="over" datetime="<?= gmdate('Y-m-d\TH:i:s\Z', $at) ?>" title="<?= gmdate('l, j F Y \a\t H:i:s', $at) ?> (UTC) · <?= gmdate('Y-m-d\TH:i:s\Z', $at) ?>"><?= gmdate('j M Y', $at) ?></time>
</td>
<td role="cell" class="acts-cell">
<div class="acts">
<?php foreach (ACTIONS[$status] as [$slot, $word, $label, $icon]) { ?>
<button type="submit" form="act" id="b<?= $slot ?>-<?= $id ?>" class="icon-btn tip slot-<?= $slot ?> <?= $word ?>" aria-label="<?= $label ?>" aria-describedby="n-<?= $id ?>" formaction="/dashboard/campaigns/<?= $id ?>/<?= $word ?>?from=<?= $status ?>" hx-post="/dashboard/campaigns/<?= $id ?>/<?= $word ?>?from=<?= $status ?>"><svg class="icon" aria-hidden="true"><use href="<?= $static ?>/icons.svg#<?= $icon ?>"/></svg></button>
<?php } ?>
</div>
</td>
</tr>
<?php
}
echo $foot;
echo "<!-- $total, ", $more ? 'more' : 'all', ', ', h($who['name']), " -->\n";
