// load.mjs - what wrk asks for: scripts in Lua.
export const LIST = '/dashboard/campaigns';

// A page before a time to come is the first page, but under an address that
// was never asked for: the same statements, and nothing of it is cached.
export const future = (n) => `${LIST}?before=${n}-zzzzzzzzzz`;

export const uncached = () => `local n = 3000000000000000
  + math.floor(os.time() % 100000) * 1000000000
request = function()
  n = n + 1003
  return wrk.format(nil, string.format("${LIST}?before=%.0f-zzzzzzzzzz", n))
end
`;
