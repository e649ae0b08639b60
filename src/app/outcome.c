#include "app/outcome.h"

#include <stddef.h>

const char *const outcome_words[] = {
	"",
#define X(number, name, word, ...) [number] = (word),
	OUTCOMES(X)
#undef X
	NULL,
};

const char *const hung_by_words[] = { "none", "callee",	 "bot",
				      "us",   "network", NULL };
