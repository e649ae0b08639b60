{{%AUTOESCAPE context="HTML"}}
<section class="card" aria-labelledby="pool-title"><fieldset class="form"><legend id="pool-title">Which numbers should we call from?</legend>
{{#EMPTY}}<div class="notice calm" id="f-numbers" tabindex="-1"><i class="icon i-circle-alert"></i><div><p>There are no numbers to call from yet.</p>
{{>NEEDS}}</div></div>{{/EMPTY}}
{{#SEARCHED}}
<div class="tools pool-tools">
<span class="field-box"><i class="icon i-search"></i><input id="f-q" name="q" type="search" value="{{SEARCH}}" placeholder="Label, number or carrier" aria-label="Search numbers" autocomplete="off"></span>
<button type="submit" class="btn" name="go" value="search">Search</button>
<button type="submit" class="btn" name="go" value="all">Select all {{MATCHES}}</button>
<button type="submit" class="btn" name="go" value="none">Select none</button>
</div>
<input type="hidden" name="shown" value="{{SHOWN}}">
<p class="help" id="f-numbers" tabindex="-1">{{SUMMARY}}</p>
{{/SEARCHED}}
{{#BAD}}<p class="err"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD}}
{{#SOME}}
<div class="scroll-x" role="region" aria-label="Numbers" tabindex="0"><table class="pool">
<thead><tr><th scope="col"><span class="vh">Selected</span></th><th scope="col">Number</th><th scope="col">Label</th><th scope="col">Carrier</th><th scope="col">State</th></tr></thead>
<tbody>
{{#NUMBER}}
<tr><td><input type="checkbox" name="numbers" id="n-{{ID}}" value="{{ID}}"{{#ON}} checked{{/ON}}></td><th scope="row"><label for="n-{{ID}}">{{PHONE}}</label></th><td><bdi>{{LABEL}}</bdi></td><td><bdi>{{CARRIER}}</bdi></td><td>{{#USABLE}}<span class="badge running">Usable</span>{{/USABLE}}{{#OFF}}<span class="badge draft">Switched off</span>{{/OFF}}</td></tr>
{{/NUMBER}}
</tbody></table></div>
{{/SOME}}
{{#NONE}}<p class="help">No numbers match. The workspace has {{ALL}}.</p>{{/NONE}}
</fieldset></section>
