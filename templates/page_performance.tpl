{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/campaigns">Campaigns</a><i class="icon flip i-chevron-right"></i><a href="/dashboard/campaigns/{{ID}}"><bdi>{{NAME}}</bdi></a><i class="icon flip i-chevron-right"></i><span aria-current="page">Performance</span></nav>
{{>HEAD}}
<div class="cards">
{{#LINE}}<section class="card chart" aria-labelledby="line-title">
<h2 class="card-title" id="line-title">Answer rate since the start: {{RATE}}</h2>
<p class="legend"><span class="scale">100%</span></p>
<svg class="plot" role="img" aria-label="Answer rate of this run over time, {{RATE}} in all" viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="140">{{#PIECE}}<polyline class="line" points="{{POINTS}}"/>{{/PIECE}}</svg>
<p class="axis"><span>{{>FROM}}</span><span>{{>TO}}</span></p>
<details><summary>Show as table</summary><div class="scroll-x" role="region" aria-label="Answer rate over time as a table" tabindex="0"><table class="calls figures"><thead><tr><th scope="col">From</th><th scope="col">Calls finished</th><th scope="col">Answered</th><th scope="col">Answer Rate</th></tr></thead><tbody>
{{#POINT}}<tr><th scope="row">{{>AT}}</th><td>{{ENDED}}</td><td>{{ANSWERED}}</td><td>{{RATE}}</td></tr>
{{/POINT}}</tbody></table></div></details>
</section>{{/LINE}}
{{#HEAT}}<section class="card chart" aria-labelledby="heat-title">
<h2 class="card-title" id="heat-title">Answer rate by hour, last 30 days</h2>
<div class="scroll-x" role="region" aria-label="Answer rate by hour as a table" tabindex="0"><table class="heat"><caption>In percent, by weekday and hour in {{ZONE}}. A dash: no calls.</caption><thead><tr><th scope="col"><span class="vh">Day</span></th>{{#HOUR}}<th scope="col">{{NO}}</th>{{/HOUR}}</tr></thead><tbody>
{{#DAY}}<tr><th scope="row">{{LABEL}}</th>{{#CELL}}{{#HAD_CALLS}}<td class="heat-{{STEP}}" title="{{ENDED}} {{CALLS}}">{{PERCENT}}</td>{{/HAD_CALLS}}{{#NO_CALLS}}<td>–</td>{{/NO_CALLS}}{{/CELL}}</tr>
{{/DAY}}</tbody></table></div>
</section>{{/HEAT}}
{{#PART}}<section class="card" aria-labelledby="{{ID}}-title">
<h2 class="card-title" id="{{ID}}-title">{{TITLE}}</h2>
<div class="scroll-x" role="region" aria-label="{{TITLE}} as a table" tabindex="0"><table class="calls figures"><thead><tr><th scope="col">{{HEAD}}</th><th scope="col">Calls finished</th><th scope="col">Picked up</th><th scope="col">Connected</th><th scope="col">Short calls</th><th scope="col">Blocked</th><th scope="col">Congestion</th></tr></thead><tbody>
{{#ROW}}<tr><th scope="row"><bdi>{{LABEL}}</bdi></th><td>{{ENDED}}</td><td>{{PICKED_UP}} <small>{{RATE}}</small></td><td>{{CONNECTED}}</td><td>{{BRIEF}} <small>{{BRIEF_RATE}}</small></td><td>{{BLOCKED}}</td><td>{{CONGESTED}}</td></tr>
{{/ROW}}</tbody></table></div>
{{#MORE}}<p class="foot-bar">{{COUNT}} more with fewer calls.</p>{{/MORE}}
</section>{{/PART}}
{{#SOME}}<section class="card">{{>WORDS}}</section>{{/SOME}}
{{#NONE}}<section class="card prose wide"><h2>No calls yet</h2><p>Here it will say when people answer, and how each number, carrier and dialler node fares.</p></section>{{/NONE}}
</div>
