{{%AUTOESCAPE context="HTML"}}
<td colspan="6"><p class="why">{{WHY}}</p>{{>TRAIL}}<button type="button" class="btn" data-close>Close</button></td>
