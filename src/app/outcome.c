#include "app/outcome.h"

#include <stddef.h>

const char *const outcome_words[] = {
	"",
#define X(number, name, word, ...) [number] = (word),
	OUTCOMES(X)
#undef X
	NULL,
};
