{{%AUTOESCAPE context="HTML"}}
<section class="card chart" aria-labelledby="minutes-title">
<h2 class="card-title" id="minutes-title">Calls per minute</h2>
<dl class="tiles"><div><dt>Finished in 60 minutes</dt><dd>{{CALLS}}</dd></div><div><dt>Picked up in 60 minutes</dt><dd>{{PICKED_UP}}</dd></div><div><dt>Average ring time</dt><dd>{{RING}}</dd></div><div><dt>Average talk time</dt><dd>{{TALK}}</dd></div></dl>
<p class="legend"><span class="key is-answered"></span>Picked up<span class="key is-missed"></span>Not picked up<span class="scale">{{SCALE}}</span></p>
<svg class="plot" role="img" aria-label="Calls that ended in each minute from {{FROM}} to {{TO}}: {{CALLS}} in all, {{PICKED_UP}} picked up, at most {{MOST}} in a minute" width="100%" height="140">{{#BAR}}<rect class="missed" x="{{X}}%" y="{{TOP}}%" width="{{WIDTH}}%" height="{{HEIGHT}}%"/><rect class="answered" x="{{X}}%" y="{{ANSWERED_TOP}}%" width="{{WIDTH}}%" height="{{ANSWERED_HEIGHT}}%"/>{{/BAR}}</svg>
<p class="axis"><span>{{FROM}}</span><span>{{TO}}</span></p>
<details><summary>Show as table</summary><div class="scroll-x" role="region" aria-label="Calls per minute as a table" tabindex="0"><table class="calls figures"><thead><tr><th scope="col">Minute</th><th scope="col">Calls finished</th><th scope="col">Picked up</th></tr></thead><tbody>
{{#MINUTE}}<tr><th scope="row">{{TIME}}</th><td>{{ENDED}}</td><td>{{ANSWERED}}</td></tr>
{{/MINUTE}}</tbody></table></div></details>
</section>
