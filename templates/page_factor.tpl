{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/account">Your account</a><i class="icon flip i-chevron-right"></i><span aria-current="page">Second factor</span></nav>
<div class="head"><div class="head-text"><h1>Second factor</h1>
<p class="sub"><span>A code from an app on your phone, beside your password.</span></p></div></div>
<div class="form narrow">
<form class="card form" method="post" action="/dashboard/account/second-factor/on" novalidate>
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="state" value="{{STATE}}">
<h2>Add Outdial to an authenticator app</h2>
{{#QR}}
<p>Scan this code with the app, or enter the secret by hand.</p>
<svg class="qr" role="img" aria-label="QR code for the authenticator app" viewBox="0 0 {{SIDE}} {{SIDE}}" shape-rendering="crispEdges"><rect width="{{SIDE}}" height="{{SIDE}}" fill="#fff"></rect><path d="{{PATH}}" fill="#000"></path></svg>
{{/QR}}
<div class="f"><label for="f-secret">Secret</label><span class="field-box"><input id="f-secret" type="text" readonly value="{{SECRET}}"><button type="button" class="icon-btn i-copy copy tip tip-end" aria-label="Copy secret" data-copy="{{SECRET}}"></button></span></div>
<div class="f"><label for="f-uri">Address for the app</label><span class="field-box"><input id="f-uri" type="text" readonly value="{{URI}}"></span></div>
<div class="f{{#WRONG}} bad{{/WRONG}}"><label for="f-code">Code that the app shows</label><span class="field-box"><input id="f-code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" required{{#WRONG}} aria-invalid="true" aria-describedby="e-code" autofocus{{/WRONG}}></span>{{#WRONG}}<p class="err" id="e-code" role="alert"><i class="icon i-circle-alert"></i><span>{{TEXT}}</span></p>{{/WRONG}}</div>
<div class="foot-bar"><button type="submit" class="btn btn-primary">Switch on</button><a class="btn" href="/dashboard/account">Cancel</a></div>
</form>
</div>
