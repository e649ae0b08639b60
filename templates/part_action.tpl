{{%AUTOESCAPE context="HTML"}}
{{#POST}}
<button type="submit" form="act" id="b{{SLOT}}-{{ID}}" class="icon-btn tip slot-{{SLOT}} {{WORD}}" aria-label="{{LABEL}}" aria-describedby="n-{{ID}}" formaction="/dashboard/campaigns/{{ID}}/{{WORD}}?from={{FROM}}" hx-post="/dashboard/campaigns/{{ID}}/{{WORD}}?from={{FROM}}"{{#ASK}} hx-confirm="{{TEXT}}"{{/ASK}}><svg class="icon" aria-hidden="true"><use href="{{STATIC}}/icons.svg#{{ICON}}"/></svg></button>
{{/POST}}
{{#LINK}}
<a id="b{{SLOT}}-{{ID}}" class="icon-btn tip slot-{{SLOT}} {{WORD}}" aria-label="{{LABEL}}" aria-describedby="n-{{ID}}" href="/dashboard/campaigns/{{ID}}/{{WORD}}"><svg class="icon" aria-hidden="true"><use href="{{STATIC}}/icons.svg#{{ICON}}"/></svg></a>
{{/LINK}}
