{{%AUTOESCAPE context="HTML"}}
<div class="f{{#BAD}} bad{{/BAD}}{{#WIDE}} wide{{/WIDE}}">
{{#LABELLED}}<label for="f-{{NAME}}">{{LABEL}}{{#OPTIONAL}} <span class="opt">optional</span>{{/OPTIONAL}}</label>{{/LABELLED}}
{{#TITLED}}<span class="lbl" id="l-{{NAME}}">{{LABEL}}{{#OPTIONAL}} <span class="opt">optional</span>{{/OPTIONAL}}</span>{{/TITLED}}
{{#INPUT}}<span class="field-box"><input id="f-{{NAME}}" name="{{NAME}}" type="{{TYPE}}"{{#MODE}} inputmode="{{MODE}}"{{/MODE}}{{#RANGE}} min="{{MIN}}" max="{{MAX}}"{{/RANGE}}{{#LIST}} list="zones"{{/LIST}}{{#HINT}} placeholder="{{HINT}}"{{/HINT}} value="{{VALUE}}" autocomplete="off"{{#REQUIRED}} required{{/REQUIRED}} aria-describedby="h-{{NAME}}{{#BAD}} e-{{NAME}}{{/BAD}}"{{#BAD}} aria-invalid="true"{{/BAD}}>{{#UNIT}}<span class="unit">{{UNIT}}</span>{{/UNIT}}</span>{{/INPUT}}
{{#ZONES}}<datalist id="zones">
{{#ZONE}}<option value="{{VALUE}}">
{{/ZONE}}</datalist>{{/ZONES}}
{{#SELECT}}<span class="select"><select id="f-{{NAME}}" name="{{NAME}}" aria-describedby="h-{{NAME}}{{#BAD}} e-{{NAME}}{{/BAD}}"{{#BAD}} aria-invalid="true"{{/BAD}}>
{{#OPTION}}<option value="{{VALUE}}"{{#ON}} selected{{/ON}}>{{TEXT}}</option>
{{/OPTION}}</select><i class="icon i-chevron-down"></i></span>{{/SELECT}}
{{#NO_BOTS}}<div class="notice calm"><i class="icon i-circle-alert"></i><div><p>There are no bots yet.</p>
{{>NEEDS}}</div></div>{{/NO_BOTS}}
{{#CHOICES}}<div class="{{CLASS}}" role="{{ROLE}}" id="f-{{NAME}}" tabindex="-1" aria-labelledby="l-{{NAME}}" aria-describedby="h-{{NAME}}{{#BAD}} e-{{NAME}}{{/BAD}}">
{{#CHOICE}}<label class="day"><input type="{{TYPE}}" name="{{NAME}}" value="{{VALUE}}"{{#ON}} checked{{/ON}}{{#OFF}} disabled{{/OFF}}><span>{{TEXT}}</span></label>
{{/CHOICE}}</div>{{/CHOICES}}
{{#MAP}}<div class="map" role="group" id="f-{{NAME}}" tabindex="-1" aria-labelledby="l-{{NAME}}" aria-describedby="h-{{NAME}}{{#BAD}} e-{{NAME}}{{/BAD}}">
{{#ENTRY}}<label class="entry"><span>{{TEXT}}</span><span class="field-box"><input name="{{NAME}}.{{WORD}}" type="number" inputmode="numeric" min="{{MIN}}" max="{{MAX}}" value="{{VALUE}}" placeholder="{{HINT}}" autocomplete="off"><span class="unit">{{UNIT}}</span></span></label>
{{/ENTRY}}</div>{{/MAP}}
{{#CHECK}}<label class="check"><input type="checkbox" id="f-{{NAME}}" name="{{NAME}}" value="yes"{{#ON}} checked{{/ON}} aria-describedby="h-{{NAME}}{{#BAD}} e-{{NAME}}{{/BAD}}"><span><b>{{LABEL}}</b></span></label>{{/CHECK}}
{{#READ_ONLY}}<p class="fixed" id="f-{{NAME}}"><i class="icon i-lock"></i><bdi>{{VALUE}}</bdi></p>{{/READ_ONLY}}
<p class="help" id="h-{{NAME}}">{{HELP}}{{#LIMITS}} <span class="limits">{{LIMITS}}</span>{{/LIMITS}}{{#MORE}} <a href="{{HREF}}">{{TEXT}}</a>{{/MORE}}</p>
{{#BAD}}<p class="err" id="e-{{NAME}}"><i class="icon i-circle-alert"></i><span>{{WHY}}</span></p>{{/BAD}}
</div>
