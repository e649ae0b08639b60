/*
 * fuzz.h - one fuzz target a file: FILE.c says what must hold of any bytes and
 * stops the process where it does not.  tests/fuzz/run.sh lets libFuzzer look
 * for such bytes; what was found once stays in corpus/FILE and is tried again
 * by tests/unit/test_fuzz_FILE (replay.c).
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* Holds in every build, unlike assert(). */
#define MUST(truth)              \
	do {                     \
		if (!(truth))    \
			abort(); \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
