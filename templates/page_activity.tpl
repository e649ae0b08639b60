{{%AUTOESCAPE context="HTML"}}
<nav class="crumbs" aria-label="Breadcrumb"><a href="/dashboard/campaigns">Campaigns</a><i class="icon flip i-chevron-right"></i><a href="/dashboard/campaigns/{{ID}}"><bdi>{{NAME}}</bdi></a><i class="icon flip i-chevron-right"></i><span aria-current="page">Activity</span></nav>
{{>HEAD}}
{{>ENTRIES}}
{{#NONE}}<section class="card prose wide"><h2>No activity</h2><p>Nobody has changed this campaign before then.</p></section>{{/NONE}}
<nav class="pages filter-pages" aria-label="Pages">{{#NEWEST}}<a class="btn page" href="{{HREF}}">Newest</a>{{/NEWEST}}{{#OLDER}}<a class="btn page" href="{{HREF}}" rel="next">Older</a>{{/OLDER}}</nav>
