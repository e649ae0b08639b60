{{%AUTOESCAPE context="HTML"}}
{{MARK}}<tr class="row is-{{STATUS}}" id="c-{{ID}}" role="row" tabindex="-1" data-campaign-id="{{ID}}" data-status="{{STATUS}}">
<th scope="row" role="rowheader" class="name">
{{#PICK}}<input type="checkbox" form="act" name="id" value="{{ID}}.{{STATUS}}" class="pick" aria-label="Select" aria-describedby="n-{{ID}}">{{/PICK}}
<a class="row-link" id="n-{{ID}}" href="/dashboard/campaigns/{{ID}}"><bdi>{{NAME}}</bdi></a>
<span class="cid over"><code>{{ID}}</code><button type="button" class="icon-btn i-copy copy tip" aria-label="Copy ID {{ID}}" data-copy="{{ID}}"></button></span>
{{#RESTARTED}}
<span class="note"><i class="icon i-rotate-ccw"></i>Restarted {{>AT}} by <bdi>{{BY}}</bdi></span>
{{/RESTARTED}}
{{#NOTE}}
<span class="note {{TONE}}"><i class="icon i-{{ICON}}"></i>{{TEXT}}</span>
{{/NOTE}}
</th>
<td role="cell" class="status"><span class="badge {{STATUS}}{{#WAITS}} waits{{/WAITS}}">{{STATUS_LABEL}}</span></td>
<td role="cell" class="prog-cell">
<div class="prog-text"><b>{{PROGRESS}}</b> <span>{{CONNECTED}} connected</span></div>
<svg class="bar" role="progressbar" aria-label="Contacts processed, {{NAME}}" aria-valuemin="0" aria-valuemax="100" aria-valuenow="{{PERCENT}}" width="100%" height="6"><rect class="done" width="{{DONE_WIDTH}}%" height="100%"/><rect class="conn" width="{{CONNECTED_WIDTH}}%" height="100%"/></svg>
</td>
<td role="cell" class="end" data-label="Answer Rate">{{#ANSWER}}<span class="rate">{{RATE}}</span>{{/ANSWER}}{{#NO_ANSWER}}<span class="none" role="img" aria-label="No calls yet">—</span>{{/NO_ANSWER}}</td>
<td role="cell" class="end" data-label="Completion Rate">{{#COMPLETION}}<span class="rate">{{RATE}}</span>{{/COMPLETION}}{{#NO_COMPLETION}}<span class="none" role="img" aria-label="No calls yet">—</span>{{/NO_COMPLETION}}</td>
<td role="cell" class="date" data-label="Created">{{>CREATED}}</td>
{{#ACTS}}
<td role="cell" class="acts-cell">
<div class="acts">
{{#ACTION}}
{{#BUTTON}}
<button type="submit" form="act" id="b{{SLOT}}-{{ID}}" class="icon-btn i-{{ICON}} tip slot-{{SLOT}} {{WORD}}" aria-label="{{LABEL}}" aria-describedby="n-{{ID}}" formaction="/dashboard/campaigns/{{ID}}/{{WORD}}?from={{STATUS}}" hx-post=""{{#ASK}} hx-confirm="{{TEXT}}"{{/ASK}}></button>
{{/BUTTON}}
{{#LINK}}
<a id="b{{SLOT}}-{{ID}}" class="icon-btn i-{{ICON}} tip slot-{{SLOT}} {{WORD}}" aria-label="{{LABEL}}" aria-describedby="n-{{ID}}" href="/dashboard/campaigns/{{ID}}/{{WORD}}"></a>
{{/LINK}}
{{/ACTION}}
</div>
</td>
{{/ACTS}}
</tr>{{MARK}}
