/* Reads the first rows of an uploaded file from the JSON of its reader. */
#include "contacts/upload.h"

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/fault.h"

static const char *
cell_text(const cJSON *row, size_t i, struct arena *a)
{
	const cJSON *cell = cJSON_GetArrayItem(row, (int)i);

	return cJSON_IsString(cell) ? arena_strdup(a, cell->valuestring) : "";
}

int
upload_head(const struct upload *u, struct upload_head *out, struct arena *a,
	    struct fault *f)
{
	cJSON *root = u->preview ? cJSON_Parse(u->preview) : NULL;
	const cJSON *header = cJSON_GetObjectItem(root, "header");
	const cJSON *rows = cJSON_GetObjectItem(root, "rows"), *row;
	size_t n = 0;

	if (!header) {
		cJSON_Delete(root);
		return fault_set(f, FAULT_ABSENT, "Nothing was read yet.");
	}
	out->columns = (size_t)cJSON_GetArraySize(header);
	out->rows = (size_t)cJSON_GetArraySize(rows);
	out->header = ARENA_ARRAY(a, out->columns + 1, const char *);
	out->cells = ARENA_ARRAY(a, out->columns * out->rows + 1, const char *);
	for (size_t i = 0; i < out->columns; i++)
		out->header[i] = cell_text(header, i, a);
	cJSON_ArrayForEach(row, rows)
	{
		for (size_t i = 0; i < out->columns; i++)
			out->cells[n++] = cell_text(row, i, a);
	}
	cJSON_Delete(root);
	return 0;
}
