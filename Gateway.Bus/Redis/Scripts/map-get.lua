-- ARGV: -, -, key.
local version, value = current(ARGV[3])
return version and {version, value}
