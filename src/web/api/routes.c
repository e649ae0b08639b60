/* The routes of the API, for main.c. */
#include "web/api/api.h"

const struct route *const api_routes[] = {
	campaign_api_routes,
	contact_api_routes,
	trigger_api_routes,
	exclude_api_routes,
	result_api_routes,
	catalog_api_routes,
	report_api_routes,
	number_calls_api_routes,
	dnc_api_routes,
	dnc_file_api_routes,
	event_api_routes,
	webhook_api_routes,
	user_api_routes,
	holiday_api_routes,
	openapi_routes,
	NULL,
};
