{{%AUTOESCAPE context="HTML"}}
<div class="f{{#BAD}} bad{{/BAD}}{{#WIDE}} wide{{/WIDE}}">
{{#LABELLED}}<label for="f-{{NAME}}">{{LABEL}}{{#OPTIONAL}} <span class="opt">optional</span>{{/OPTIONAL}}</label>{{/LABELLED}}
{{#INPUT}}<span class="field-box"><input id="f-{{NAME}}" name="{{NAME}}" type="{{TYPE}}"{{#RANGE}} inputmode="numeric" min="{{MIN}}" max="{{MAX}}"{{/RANGE}} value="{{VALUE}}" autocomplete="off"{{#REQUIRED}} required{{/REQUIRED}} aria-describedby="h-{{NAME}}{{#BAD}} e-{{NAME}}{{/BAD}}"{{#BAD}} aria-invalid="true" autofocus{{/BAD}}></span>{{/INPUT}}
{{#LINES}}<textarea id="f-{{NAME}}" name="{{NAME}}" class="lines" rows="8" required autocomplete="off" spellcheck="false" aria-describedby="h-{{NAME}}{{#BAD}} e-{{NAME}}{{/BAD}}"{{#BAD}} aria-invalid="true" autofocus{{/BAD}}>
{{VALUE:pre_escape}}</textarea>{{/LINES}}
{{#SELECT}}<span class="select"><select id="f-{{NAME}}" name="{{NAME}}" aria-describedby="h-{{NAME}}{{#BAD}} e-{{NAME}}{{/BAD}}"{{#BAD}} aria-invalid="true" autofocus{{/BAD}}>
{{#OPTION}}<option value="{{VALUE}}"{{#ON}} selected{{/ON}}>{{TEXT}}</option>
{{/OPTION}}</select><i class="icon i-chevron-down"></i></span>{{/SELECT}}
{{#CHECK}}<label class="check"><input type="checkbox" id="f-{{NAME}}" name="{{NAME}}" value="yes"{{#ON}} checked{{/ON}} aria-describedby="h-{{NAME}}{{#BAD}} e-{{NAME}}{{/BAD}}"><span><b>{{LABEL}}</b></span></label>{{/CHECK}}
{{#READ_ONLY}}<span class="lbl">{{LABEL}}</span><p class="fixed"><i class="icon i-lock"></i><bdi>{{VALUE}}</bdi></p>{{/READ_ONLY}}
<p class="help" id="h-{{NAME}}">{{HELP}}</p>
{{#BAD}}<p class="err" id="e-{{NAME}}" role="alert"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD}}
</div>
