{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/campaigns">Campaigns</a><i class="icon flip i-chevron-right"></i><span aria-current="page">New Campaign</span></nav>
<div class="head"><div class="head-text"><h1>New Campaign</h1></div></div>
<section class="card prose">
<p>In this version campaigns are made on the command line of the server. Whoever runs it needs two commands:</p>
<pre tabindex="0" aria-label="Commands"><code>outdial campaign create settings.json
outdial import CAMPAIGN contacts.csv</code></pre>
<p>The first reads the settings and prints the ID of a new draft; the second puts the contacts of a file in it, from its column <code>phone_number</code>. Every setting that is left out has its usual value:</p>
<pre tabindex="0" aria-label="settings.json"><code>{"name": "Spring recall", "bot_id": 1, "concurrency": 20,
 "window_start": "09:00", "window_end": "18:00", "zone": "Europe/London"}</code></pre>
<p>The draft is then in the list, ready to start.</p>
<p><a class="btn" href="/dashboard/campaigns"><i class="icon flip i-arrow-left"></i>Back to the campaigns</a></p>
</section>
