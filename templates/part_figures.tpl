{{%AUTOESCAPE context="HTML"}}
<details class="words" id="figures"><summary>What the figures mean</summary><dl class="facts">{{#FIGURE}}<div><dt>{{LABEL}}</dt><dd>{{TEXT}}</dd></div>{{/FIGURE}}</dl></details>
