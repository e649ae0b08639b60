{{%AUTOESCAPE context="HTML"}}
<div id="poll" data-tag="{{TAG}}" hx-get="" hx-trigger="every 1500ms" hx-target="#campaign" hx-swap="outerMorph" hx-sync="#campaign:abort" hidden></div>
{{>CAMPAIGN}}
