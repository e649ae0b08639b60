{{%AUTOESCAPE context="HTML"}}
<time class="over" datetime="{{UTC}}" title="{{EXACT}} · {{UTC}}">{{TEXT}}</time>
