{{%AUTOESCAPE context="HTML"}}
<div class="card empty error">
<span class="empty-mark"><i class="icon i-circle-alert"></i></span>
<h1>{{TITLE}}</h1>
<p>{{TEXT}}</p>
<p class="quiet">Error {{STATUS}} · request <code>{{REQUEST}}</code></p>
{{#HOME}}<a class="btn" href="/dashboard/campaigns">Go to campaigns</a>{{/HOME}}
</div>
