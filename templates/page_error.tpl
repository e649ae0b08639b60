{{%AUTOESCAPE context="HTML"}}
<div class="card empty error">
<span class="empty-mark"><svg class="icon" aria-hidden="true"><use href="{{STATIC}}/icons.svg#circle-alert"/></svg></span>
<h1>{{TITLE}}</h1>
<p>{{TEXT}}</p>
<p class="quiet">Error {{STATUS}} · request <code>{{REQUEST}}</code></p>
{{#HOME}}<a class="btn" href="/dashboard/campaigns">Go to the campaigns</a>{{/HOME}}
</div>
