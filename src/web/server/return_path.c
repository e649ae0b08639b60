#include "web/server/return_path.h"

#include <string.h>

#include "web/server/request.h"
#include "web/server/route.h"

const char *
return_path_check(const char *path)
{
	size_t len = strlen("/dashboard");

	if (!path || strlen(path) > ADDRESS_MAX ||
	    strncmp(path, "/dashboard", len) != 0 || !strchr("/?", path[len]) ||
	    strpbrk(path, "\\\t\r\n") || !route_is_page(path))
		return HOME_PATH;
	return path;
}

const char *
return_path_of(const struct request *q)
{
	return return_path_check(pairs_get(&q->form, "back"));
}
