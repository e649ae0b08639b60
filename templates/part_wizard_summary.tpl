{{%AUTOESCAPE context="HTML"}}
<aside class="card aside" id="means" aria-label="What this means">
<h2>What this means</h2>
{{#HOURS}}<p class="hours"><b>{{WINDOW}}</b>: {{STATE}}. {{REST}}</p>{{/HOURS}}
{{#NO_HOURS}}<p class="hours">The calling hours are not complete yet.</p>{{/NO_HOURS}}
{{#OPENINGS}}<div><h3>Next calling times</h3><ul class="openings">
{{#OPENING}}<li>{{TEXT}}</li>
{{/OPENING}}</ul></div>{{/OPENINGS}}
<dl>
{{#FACT}}<div{{#TOTAL}} class="total"{{/TOTAL}}><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd></div>
{{/FACT}}
</dl>
<p class="help muted">{{NOTE}}</p>
</aside>
