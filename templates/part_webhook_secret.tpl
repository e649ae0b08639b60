{{%AUTOESCAPE context="HTML"}}
<section class="card prose wide" role="status"><h2>The signing secret</h2><p><code>{{SECRET}}</code></p><p>Copy it now: it is not shown again. Its receiver checks the signature of each event with it, as the Standard Webhooks describe.{{#BOTH}} The old secret signs beside it for 24 hours.{{/BOTH}}</p></section>
