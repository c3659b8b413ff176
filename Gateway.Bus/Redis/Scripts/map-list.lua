-- ARGV: -, -, cursor.
local page = redis.call('HSCAN', entries, ARGV[3], 'COUNT', 500)
local found = {page[1]}
for i = 1, #page[2], 2 do
  local version, deadline, start = string.match(page[2][i + 1], '^(%d+):(%d+):()')
  if deadline == '0' or tonumber(deadline) > now then
    found[#found + 1] = page[2][i]
    found[#found + 1] = version
    found[#found + 1] = string.sub(page[2][i + 1], start)
  end
end
return found
