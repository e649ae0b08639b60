#include "app/carrier_kind.h"

#include <stddef.h>

const char *const carrier_kind_words[] = {
#define X(name, word) #word,
	CARRIER_KINDS(X)
#undef X
		NULL,
};
