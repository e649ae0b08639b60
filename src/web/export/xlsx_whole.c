#include "web/export/xlsx_whole.h"

#include <minizip/unzip.h>
#include <stdio.h>
#include <string.h>

#define PART 65536
#define ROOT_MOST 40 /* bytes of a root's name */
#define TAIL_MOST (ROOT_MOST + 8)

/* "</worksheet>": the tag that ends a document of XML, by its first part; ""
 * when that has none. */
static void
end_tag(const char *head, char out[static TAIL_MOST])
{
	const char *at = head;
	size_t len;

	*out = '\0';
	while ((at = strchr(at, '<')) && at[1] == '?')
		at++;
	len = at ? strcspn(at + 1, " >\r\n\t") : 0;
	if (len && len < ROOT_MOST)
		snprintf(out, TAIL_MOST, "</%.*s>", (int)len, at + 1);
}

/* Keeps the last bytes of what was read so far, and of 'len' more. */
static void
keep_tail(char tail[static TAIL_MOST], const char *part, size_t len)
{
	size_t had = strlen(tail), keep = TAIL_MOST - 1;

	if (len >= keep) {
		memcpy(tail, part + len - keep, keep);
		tail[keep] = '\0';
		return;
	}
	if (had + len > keep) {
		memmove(tail, tail + had + len - keep, keep - len);
		had = keep - len;
	}
	memcpy(tail + had, part, len);
	tail[had + len] = '\0';
}

/* The open part of the file ends as it began, and has the sum of its bytes. */
static bool
part_is_whole(unzFile zip)
{
	static _Thread_local char part[PART + 1];
	char end[TAIL_MOST] = "", tail[TAIL_MOST] = "";
	size_t tail_len, end_len;
	int n;

	while ((n = unzReadCurrentFile(zip, part, PART)) > 0) {
		part[n] = '\0';
		if (!*end)
			end_tag(part, end);
		keep_tail(tail, part, (size_t)n);
	}
	end_len = strlen(end);
	tail_len = strlen(tail);
	while (tail_len && strchr("\r\n", tail[tail_len - 1]))
		tail[--tail_len] = '\0';
	return unzCloseCurrentFile(zip) == UNZ_OK && n == 0 && end_len &&
	       tail_len >= end_len && !strcmp(tail + tail_len - end_len, end);
}

bool
xlsx_is_whole(const char *path)
{
	unzFile zip = unzOpen64(path);
	int at = zip ? unzGoToFirstFile(zip) : UNZ_ERRNO;

	while (at == UNZ_OK && unzOpenCurrentFile(zip) == UNZ_OK &&
	       part_is_whole(zip))
		at = unzGoToNextFile(zip);
	if (zip)
		unzClose(zip);
	return at == UNZ_END_OF_LIST_OF_FILE;
}
