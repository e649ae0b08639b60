// load.mjs - what wrk asks for: scripts in Lua.
export const LIST = '/dashboard/campaigns';

// What comes after a time to come is the first page, but under an address that
// was never asked for: the same statements, and nothing of it is cached.
export const future = (n) => `${LIST}?after=c${n}.zzzzzzzzzz`;

export const uncached = () => `local n = 3000000000000000
  + math.floor(os.time() % 100000) * 1000000000
request = function()
  n = n + 1003
  return wrk.format(nil, string.format("${LIST}?after=c%.0f.zzzzzzzzzz", n))
end
`;

// What a button of a row sends, with the code of the page's form.
export function pressHeaders(cookie, base) {
  return { cookie, origin: base, 'HX-Request': 'true',
    'HX-Request-Type': 'partial',
    'Content-Type': 'application/x-www-form-urlencoded' };
}

// Pauses running campaigns, one after another, then resumes them, and so on.
// The first request is made by wrk to look at, and not sent.
export const pressing = (ids, csrf) => `local ids = {
  "${ids.join('",\n  "')}" }
local at, words = -1, { [0] = "/pause?from=running", "/resume?from=paused" }
request = function()
  local path = "${LIST}/" .. ids[at % #ids + 1] ..
    words[math.floor(at / #ids) % 2]
  at = at + 1
  return wrk.format("POST", path, nil, "csrf=${csrf}")
end
`;

// Browsers with the list open: each connection asks every 1.5 s in the mean,
// spread evenly, for what is newer than the last tag that any was told.
export const watching = (tag) => `local tag = "${tag}"
request = function()
  return wrk.format("GET", "${LIST}", { ["Cookie"] = wrk.headers["Cookie"],
    ["HX-Request"] = "true", ["HX-Request-Type"] = "partial",
    ["HX-PTag"] = tag })
end
delay = function() return math.random(0, 3000) end
response = function(status, headers)
  tag = headers["HX-PTag"] or tag
end
`;

// By turns the list and the poll with nothing new, some 400 a second by as many
// connections as pause for 'ms' at most between two.
export const mixed = (tag, ms) => `local tag, poll = "${tag}", false
request = function()
  poll = not poll
  if not poll then return wrk.format("GET", "${LIST}") end
  return wrk.format("GET", "${LIST}", { ["Cookie"] = wrk.headers["Cookie"],
    ["HX-Request"] = "true", ["HX-Request-Type"] = "partial",
    ["HX-PTag"] = tag })
end
delay = function() return math.random(0, ${ms}) end
response = function(status, headers)
  tag = headers["HX-PTag"] or tag
end
`;
