{{%AUTOESCAPE context="HTML"}}
<form class="card signin" method="post" action="/login/code" novalidate>
<div class="brand"><span class="brand-mark"><i class="icon i-audio-lines"></i></span><span>Outdial</span></div>
<h1>Second step</h1>
<input type="hidden" name="state" value="{{STATE}}">
<input type="hidden" name="next" value="{{NEXT}}">
<div class="f{{#WRONG}} bad{{/WRONG}}"><label for="f-code">Code</label><span class="field-box"><input id="f-code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" required autofocus aria-describedby="h-code{{#WRONG}} e-code{{/WRONG}}"{{#WRONG}} aria-invalid="true"{{/WRONG}}></span><p class="help" id="h-code">The code that your authenticator app shows, or a recovery code.</p>{{#WRONG}}<p class="err" id="e-code" role="alert"><i class="icon i-circle-alert"></i><span>{{TEXT}}</span></p>{{/WRONG}}</div>
<button type="submit" class="btn btn-primary">Sign in</button>
</form>
