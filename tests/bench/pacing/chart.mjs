// The picture of the README: a bar a rule, how busy its seats are, and beside it
// how many callers it lost in its worst hour.

// What is shown, under which name, in this order.
const SHOWN = {
  oracle: 'an oracle',
  Outdial: 'Outdial',
  'ratio 2': '2 calls a seat',
  'reference, rate, free worker': 'seats ÷ (talk × answer rate)',
  'Webitel (reconstructed)': 'Webitel’s rule, reconstructed',
  'free seats / answer rate': 'free seats ÷ answer rate',
  'Issabel, overcommit': 'Issabel’s rule',
  'OmniDialer predictive, 1.5 channels': 'OmniDialer’s rule',
  'VICIdial ADAPT_TAPERED, max 3': 'VICIdial, ADAPT_TAPERED',
  'VICIdial ADAPT_HARD, max 3': 'VICIdial, ADAPT_HARD_LIMIT',
  'one for one': 'one call a seat',
};
const WIDTH = 720, TOP = 58, ROW = 24, BAR_X = 210, BAR_WIDTH = 300;
const LIMIT = 3;

const percent = (n) => `${n < 10 ? n.toFixed(1) : Math.round(n)} %`;

function row({ rule, busy, worst }, i) {
  const y = TOP + i * ROW, width = Math.round(busy * BAR_WIDTH);
  const over = Number(worst.toFixed(1)) > LIMIT;
  const kind = rule === 'Outdial' ? 'ours' : over ? 'over' : 'kept';

  return `<text x="${BAR_X - 10}" y="${y + 12}" class="name${
    rule === 'Outdial' ? ' bold' : ''}">${SHOWN[rule]}</text>
<rect x="${BAR_X}" y="${y}" width="${width}" height="16" rx="2" class="${kind}"/>
<text x="${BAR_X + BAR_WIDTH + 12}" y="${y + 12}">${
    Math.round(busy * 100)} %</text>
<text x="${BAR_X + BAR_WIDTH + 72}" y="${y + 12}" class="${
    over ? 'bad' : ''}">${percent(worst)}${over ? ', above 3 %' : ''}</text>`;
}

export function chart(rows) {
  const shown = Object.keys(SHOWN).map((name) =>
    rows.find(({ rule }) => rule === name));
  const height = TOP + shown.length * ROW + 8;
  const ours = shown.find(({ rule }) => rule === 'Outdial');

  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${
    height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="t d">
<title id="t">How busy 50 seats are, by the rule that paces the calls</title>
<desc id="d">On simulated days of 12 hours the seats of Outdial are in conversation for ${
    Math.round(ours.busy * 100)} % of the time, and its worst hour loses ${
    percent(ours.worst)} of those who answer. ${shown
    .filter(({ rule }) => rule !== 'Outdial').map(({ rule, busy, worst }) =>
      `${SHOWN[rule]}: ${Math.round(busy * 100)} % and ${percent(worst)}`)
    .join('. ')}.</desc>
<style>
text { font: 13px system-ui, sans-serif; fill: #1f2937 }
.name { text-anchor: end }
.bold { font-weight: 700 }
.head { fill: #6b7280; font-size: 12px }
.ours { fill: #15803d }
.kept { fill: #86a893 }
.over { fill: #d6a5a0 }
.bad { fill: #b91c1c }
@media (prefers-color-scheme: dark) {
text { fill: #e5e7eb }
.head { fill: #9ca3af }
.ours { fill: #22c55e }
.kept { fill: #4d7a5f }
.over { fill: #7f4f4a }
.bad { fill: #fca5a5 }
}
</style>
<text x="${BAR_X}" y="22" class="head">seats in conversation</text>
<text x="${BAR_X}" y="40" class="head">(50 seats, 12 hours, simulated)</text>
<text x="${BAR_X + BAR_WIDTH + 72}" y="22" class="head">abandoned in a</text>
<text x="${BAR_X + BAR_WIDTH + 72}" y="40" class="head">day’s worst hour</text>
${shown.map(row).join('\n')}
</svg>
`;
}
