{{%AUTOESCAPE context="HTML"}}
<section class="card review" id="review-{{WORD}}" aria-labelledby="r-{{WORD}}"><div class="review-head"><h2 id="r-{{WORD}}">{{LABEL}}</h2><a class="btn small" href="{{ROOT}}/{{WORD}}" aria-label="Change {{LABEL}}"><i class="icon i-pencil"></i>Change</a></div>
{{#SHOWN}}<input type="hidden" name="file" value="{{FILE}}">{{/SHOWN}}
<dl class="facts">
{{#VALUE}}<div{{#CHANGED}} class="changed"{{/CHANGED}}><dt>{{NAME}}{{#CHANGED}}<span class="vh">, changed</span>{{/CHANGED}}</dt><dd><bdi>{{TEXT}}</bdi>{{#FOLD}}<details><summary>{{SUMMARY}}</summary><ul>{{#ONE}}<li><bdi>{{TEXT}}</bdi></li>{{/ONE}}</ul></details>{{/FOLD}}{{#WAS}}<small>was <bdi>{{WAS}}</bdi></small>{{/WAS}}</dd></div>
{{/VALUE}}
</dl></section>
