-- ARGV: -, channel, key, time to live.
local version, value = current(ARGV[3])
if not version then return 0 end
place(ARGV[3], version, ARGV[4], value)
return 1
