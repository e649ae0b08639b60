# params.awk - function definitions, whose name begins a line, with more than
# MOST parameters.  Prints FILE:LINE: NAME has COUNT.

FNR == 1 { text = "" }
text == "" && /^[a-z_][a-z0-9_]*\(/ { text = $0; line = FNR; next_is = 1 }
text != "" {
	if (!next_is)
		text = text " " $0
	next_is = 0
	if (text ~ /;/) { text = ""; next }
	if ($0 !~ /^\{/) next
	name = text; sub(/\(.*/, "", name)
	depth = 0; commas = 0
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		if (c == "(") depth++
		else if (c == ")") depth--
		else if (c == "," && depth == 1) commas++
	}
	if (commas + 1 > MOST)
		print FILENAME ":" line ": " name " has " commas + 1
	text = ""
}
