{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/campaigns">Campaigns</a><svg class="icon flip" aria-hidden="true"><use href="{{STATIC}}/icons.svg#chevron-right"/></svg><span aria-current="page">New Campaign</span></nav>
<div class="head"><div class="head-text"><h1>New Campaign</h1></div></div>
<section class="card prose">
<p>In this version campaigns are made on the command line of the server. Ask whoever runs it for these two commands:</p>
<pre><code>outdial campaign create FILE
outdial import CAMPAIGN CONTACTS.csv</code></pre>
<p>The first reads the settings and prints the new campaign’s ID; the second adds its contacts. The draft then appears in the list, ready to start.</p>
<p><a class="btn" href="/dashboard/campaigns"><svg class="icon flip" aria-hidden="true"><use href="{{STATIC}}/icons.svg#arrow-left"/></svg>Back to the campaigns</a></p>
</section>
